import type { CommandSpec } from "./command.ts";
import { archive, classes, execution, mode, principal, statuses, where } from "./shared-options.ts";

/** What begins, tells and moves executions. */
export const executionCommands: readonly CommandSpec[] = [
  {
    name: "run",
    summary: "Execute a workflow and wait for its end",
    about:
      "Compiles what has changed, starts the execution, drives it on, and says what it came to. WAITING (for a person, a signal, or a far timer) ends with 0, and says how to go on. The first Ctrl-C lets go: what was acknowledged is kept, and `resume` takes it up. Another process may own the data root; then that one is asked.",
    options: [
      { name: "wf", value: "NS::CODE", summary: "the workflow", known: "workflow" },
      {
        name: "ti",
        value: "NS::CODE",
        summary: "or the ingress by which to come in; what it would reply is told",
        known: "ingress",
      },
      { name: "payload", value: "FILE", summary: "its input as JSON; - is stdin", required: true, file: true },
      ...where(),
      { name: "idempotency-key", value: "KEY", summary: "the same key again is the same execution" },
      { name: "id", value: "ID", optional: true, summary: "print the id and nothing else; with ID: give it that id" },
      { name: "detach", summary: "return as soon as the start is durable" },
      { name: "accept-files", summary: "import data files that were changed by hand" },
      {
        name: "trace",
        value: "WHAT",
        summary: "what is written of it afterwards (text)",
        values: ["none", "text", "all"],
      },
      mode(),
      ...principal(),
    ],
    example: `echo '{"name":"Ada"}' | omnibase run --wf demo::WF_GREET_V0 --payload -`,
    examples: [
      "omnibase run --wf demo::WF_GREET_V0 --payload ada.json --idempotency-key order-17",
      "omnibase run --ti desk::TI_OPEN_TICKET_V0 --payload ticket.json --as 'desk::AC_MEMBER_V0 member_id=M-7'",
      "omnibase run --wf demo::WF_GREET_V0 --payload ada.json --detach --json",
    ],
    load: () => import("../commands/run.ts"),
  },
  {
    name: "show",
    summary: "Show what an execution came to",
    about:
      "The status, the route, the outputs, what went wrong, and what it waits for. Looking ends with 0, whatever there is to see.",
    args: [execution()],
    options: [...where(), archive(), { name: "graph", summary: "draw the path that it took, too" }],
    example: "omnibase show 019aa5d2-7c00-7000-8000-000000000001",
    examples: ["omnibase show 019aa5d2-7c00-7000-8000-000000000001 --format yaml"],
    load: () => import("../commands/show.ts"),
  },
  {
    name: "history",
    summary: "List executions, newest first, or what happened in one",
    args: [{ ...execution(), required: false }],
    options: [
      ...where(),
      { name: "wf", value: "NS::CODE", summary: "only of this workflow", known: "workflow" },
      { name: "status", value: "STATUS", summary: "only with this status", values: statuses() },
      { name: "class", value: "CLASS", summary: "only what ended so", values: classes() },
      { name: "outcome", value: "NAME", summary: "only what ended with this outcome" },
      { name: "principal", value: "NAME", summary: "only what they began" },
      { name: "parent", value: "ID", summary: "only what this execution asked for", known: "execution" },
      { name: "since", value: "WHEN", summary: "begun at this instant or later; PT1H is an hour ago" },
      { name: "until", value: "WHEN", summary: "begun before this instant" },
      { name: "idempotency-key", value: "KEY", summary: "only what was begun with this key" },
      { name: "limit", value: "N", summary: "at most so many (20)" },
      { name: "after", value: "N", summary: "behind N, as `next` of the page before says" },
      { name: "follow", summary: "also whatever begins or changes, until Ctrl-C; of one, until it ends" },
    ],
    example: "omnibase history --class failed --since P1D --json",
    examples: ["omnibase history --follow", "omnibase history 019aa5d2-7c00-7000-8000-000000000001 --follow"],
    load: () => import("../commands/history.ts"),
  },
  {
    name: "events",
    summary: "List what was emitted, oldest first",
    options: [
      ...where(),
      { name: "event", value: "NS::CODE", summary: "only this event", known: "event" },
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
    about: "Any command that opens the data root to drive does the same on the way; this does nothing else.",
    args: [{ ...execution(), required: false }],
    options: where(),
    example: "omnibase resume",
    load: () => import("../commands/resume.ts"),
  },
  {
    name: "serve",
    summary: "Own the data root, drive on what waits, and let the world ask over HTTP",
    options: [
      { name: "listen", value: "HOST:PORT", summary: "where, or unix:PATH (127.0.0.1:7070)" },
      {
        name: "token",
        value: "SECRET",
        summary: "secret://NAME, or secret://NAME=ACTOR: lets in who sends it",
        repeat: true,
      },
      ...where(),
    ],
    example: "omnibase serve --listen 127.0.0.1:7070",
    load: () => import("../commands/serve.ts"),
  },
  {
    name: "cancel",
    summary: "Cancel an execution",
    about:
      "Nothing new is started, what is under way is recorded, and what was done is undone where the workflow says how.",
    args: [execution()],
    options: [...where(), { name: "reason", value: "TEXT", summary: "why, for the log" }, ...principal()],
    example: 'omnibase cancel 019aa5d2-7c00-7000-8000-000000000001 --reason "ordered twice"',
    load: () => import("../commands/cancel.ts"),
  },
  {
    name: "signal",
    summary: "Say something to an execution that waits for it, or will",
    about:
      "What is said early is kept until a place waits for it. It is checked against what the workflow declares before anything is recorded.",
    args: [execution(), { name: "NAME", summary: "the signal, as the workflow calls it", required: true }],
    options: [
      { name: "payload", value: "FILE", summary: "what is said, as JSON ({}); - is stdin", file: true },
      { name: "id", value: "ID", summary: "the same id again is the same signal; without one it is a new one" },
      ...where(),
      ...principal(),
    ],
    example: `echo '{"cents":450}' | omnibase signal 019aa5d2-7c00-7000-8000-000000000001 PAID --payload -`,
    examples: ["omnibase signal 019aa5d2-7c00-7000-8000-000000000001 PAID --id payment-7 --principal bank"],
    load: () => import("../commands/signal.ts"),
  },
  {
    name: "export",
    summary: "Write the readable files that show the stores",
    about:
      "The stores of a data root are shown as files below it, for people and other programs. They are written after each execution; this writes them again.",
    options: [...where(), { name: "wf", value: "NS::CODE", summary: "only those of this workflow", known: "workflow" }],
    example: "omnibase export --wf demo::WF_GREET_V0",
    load: () => import("../commands/export.ts"),
  },
];
