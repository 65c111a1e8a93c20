import type { CommandSpec } from "./command.ts";
import { where, execution, place, principal, tracing } from "./shared-options.ts";

/** What people are asked. */
export const peopleCommands: readonly CommandSpec[] = [
  {
    name: "task list",
    summary: "List what people and agents are asked to do, oldest first",
    options: [
      ...where(),
      { name: "actor", value: "NS::AC_CODE", summary: "only what this actor may settle", known: "actor" },
      { name: "execution", value: "ID", summary: "only of this execution", known: "execution" },
      { name: "limit", value: "N", summary: "at most so many (20)" },
      { name: "after", value: "N", summary: "later than number N, as `next` of the page before says" },
    ],
    example: "omnibase task list --actor shop::AC_MANAGER_V0",
    load: () => import("../commands/task-list.ts"),
  },
  {
    name: "task show",
    summary: "Show what is to be done, with what, by whom and until when",
    args: [execution()],
    options: [...where(), place()],
    example: "omnibase task show 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/task-show.ts"),
  },
  {
    name: "task complete",
    summary: "Say how a task ended; it is recorded with your name, and the execution goes on",
    about:
      "Who may is said by the workflow; as whom you speak is said by --as. What comes with it is checked before anything is recorded.",
    args: [execution()],
    options: [
      {
        name: "outcome",
        value: "OUTCOME",
        summary: "how it ended, as `task show` lists it",
        required: true,
        known: "task-outcome",
      },
      { name: "output", value: "FILE", summary: "what comes with it, as JSON ({}); - is stdin", file: true },
      place(),
      ...where(),
      ...tracing(),
      ...principal(),
    ],
    example: "omnibase task complete 019aa5d2-7c00-7000-8000-000000000001 --outcome APPROVED --as shop::AC_MANAGER_V0",
    load: () => import("../commands/task-complete.ts"),
  },
  {
    name: "incident list",
    summary: "List what a person must decide on, of the newest execution first",
    options: [
      ...where(),
      { name: "limit", value: "N", summary: "at most so many (20)" },
      { name: "after", value: "N", summary: "behind number N, as `next` of the page before says" },
    ],
    example: "omnibase incident list",
    load: () => import("../commands/incident-list.ts"),
  },
  {
    name: "incident show",
    summary: "Show what stands still, and why",
    args: [execution()],
    options: [...where(), place()],
    example: "omnibase incident show 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/incident-show.ts"),
  },
  {
    name: "incident resolve",
    summary: "Say what happened, or what shall happen; it is recorded with your name",
    about:
      "One of --done, --not-done and --retry. Ask the world first: nobody checks what you say, and it stands in the log under your name for ever.",
    args: [execution()],
    options: [
      ...where(),
      { name: "done", value: "OUTCOME", summary: "it was done, with this outcome", known: "incident-outcome" },
      { name: "output", value: "FILE", summary: "with --done: what came back, as JSON; - is stdin", file: true },
      { name: "not-done", summary: "it was certainly not done" },
      { name: "retry", summary: "ask the world again" },
      place(),
      ...tracing(),
      ...principal(),
    ],
    example: "omnibase incident resolve 019aa5d2-7c00-7000-8000-000000000001 --done SUCCESS",
    examples: [
      "omnibase incident resolve 019aa5d2-7c00-7000-8000-000000000001 --not-done",
      "omnibase incident resolve 019aa5d2-7c00-7000-8000-000000000001 --retry --principal ada",
    ],
    load: () => import("../commands/incident-resolve.ts"),
  },
];
