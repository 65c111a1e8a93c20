import type { CommandSpec } from "./command.ts";
import { where, execution, principal, statuses } from "./shared-options.ts";

/** What begins, tells and moves executions. */
export const executionCommands: readonly CommandSpec[] = [
  {
    name: "run",
    summary: "Execute a workflow and wait for its end",
    options: [
      { name: "wf", value: "NS::CODE", summary: "the workflow" },
      { name: "ti", value: "NS::CODE", summary: "or the ingress by which to come in; what it would reply is told" },
      { name: "payload", value: "FILE", summary: "its input as JSON; - is stdin", required: true, file: true },
      ...where(),
      { name: "idempotency-key", value: "KEY", summary: "the same key again is the same execution" },
      { name: "id", value: "ID", optional: true, summary: "print the id and nothing else; with ID: give it that id" },
      { name: "detach", summary: "return as soon as the start is durable" },
      { name: "accept-files", summary: "import data files that were changed by hand" },
      { name: "mode", value: "MODE", summary: "how much a trace says (authoring)", values: ["runtime", "authoring"] },
      ...principal(),
    ],
    example: `echo '{"name":"Ada"}' | omnibase run --wf demo::WF_GREET_V0 --payload -`,
    load: () => import("../commands/run.ts"),
  },
  {
    name: "show",
    summary: "Show what an execution came to",
    args: [execution()],
    options: where(),
    example: "omnibase show 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/show.ts"),
  },
  {
    name: "history",
    summary: "List executions, newest first",
    options: [
      ...where(),
      { name: "wf", value: "NS::CODE", summary: "only of this workflow" },
      { name: "status", value: "STATUS", summary: "only with this status", values: statuses() },
      { name: "limit", value: "N", summary: "at most so many (20)" },
      { name: "before", value: "N", summary: "older than number N, as `next` of the page before says" },
    ],
    example: "omnibase history --status incident --json",
    load: () => import("../commands/history.ts"),
  },
  {
    name: "events",
    summary: "List what was emitted, oldest first",
    options: [
      ...where(),
      { name: "event", value: "NS::CODE", summary: "only this event" },
      { name: "field", value: "NAME=VALUE", summary: "only where a field has this value", repeat: true },
      { name: "limit", value: "N", summary: "at most so many (20)" },
      { name: "after", value: "N", summary: "later than N, as `next` of the page before says" },
    ],
    example: "omnibase events --event shop::EV_PAID_V0 --field order=A-17",
    load: () => import("../commands/events.ts"),
  },
  {
    name: "resume",
    summary: "Drive on what was under way when its process ended",
    args: [{ ...execution(), required: false }],
    options: where(),
    example: "omnibase resume",
    load: () => import("../commands/resume.ts"),
  },
  {
    name: "cancel",
    summary: "Cancel an execution",
    args: [execution()],
    options: [...where(), { name: "reason", value: "TEXT", summary: "why, for the log" }, ...principal()],
    example: 'omnibase cancel 019aa5d2-7c00-7000-8000-000000000001 --reason "ordered twice"',
    load: () => import("../commands/cancel.ts"),
  },
  {
    name: "signal",
    summary: "Say something to an execution that waits for it, or will",
    args: [execution(), { name: "NAME", summary: "the signal, as the workflow calls it", required: true }],
    options: [
      { name: "payload", value: "FILE", summary: "what is said, as JSON ({}); - is stdin", file: true },
      { name: "id", value: "ID", summary: "the same id again is the same signal; without one it is a new one" },
      ...where(),
      ...principal(),
    ],
    example: `echo '{"cents":450}' | omnibase signal 019aa5d2-7c00-7000-8000-000000000001 PAID --payload -`,
    load: () => import("../commands/signal.ts"),
  },
  {
    name: "export",
    summary: "Write the readable files that show the stores",
    options: [...where(), { name: "wf", value: "NS::CODE", summary: "only those of this workflow" }],
    example: "omnibase export --wf demo::WF_GREET_V0",
    load: () => import("../commands/export.ts"),
  },
];
