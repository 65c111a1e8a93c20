import type { ArgSpec, CommandSpec, OptionSpec } from "./command.ts";

/** Every command of the program. The rest of this file is what they share. */
export const tree: readonly CommandSpec[] = [
  {
    name: "compile",
    summary: "Compile the project into a sealed, signed snapshot",
    options: [
      ...where(),
      ...wanted(),
      { name: "out", value: "FILE", summary: "also write the snapshot to FILE", file: true },
      findingsFormat(),
    ],
    example: "omnibase compile --workspace examples/01-greet",
    load: () => import("../commands/compile.ts"),
  },
  {
    name: "check",
    summary: "Say everything that is wrong with the project, and write nothing",
    options: [...where(), ...wanted(), findingsFormat()],
    example: "omnibase check --workspace examples/01-greet",
    load: () => import("../commands/check.ts"),
  },
  {
    name: "authority",
    summary: "Say all that a snapshot may touch, where, and what keeps it back",
    args: [snapshotFile()],
    options: [...where(), ...wanted(), keyOption()],
    example: "omnibase authority --workspace examples/01-greet",
    load: () => import("../commands/authority.ts"),
  },
  {
    name: "diff",
    summary: "Say what one snapshot can do that another cannot; ends with 1 if anything",
    args: [
      { name: "A", summary: "a snapshot file, or a folder to compile", required: true },
      { name: "B", summary: "the same; the project as it stands if absent", required: false },
    ],
    options: [...where(), ...wanted(), keyOption()],
    example: "omnibase diff released.snapshot",
    load: () => import("../commands/diff.ts"),
  },
  {
    name: "snapshot show",
    summary: "Show what a snapshot holds and what it may touch",
    args: [snapshotFile()],
    options: [...where(), keyOption()],
    example: "omnibase snapshot show --workspace examples/01-greet",
    load: () => import("../commands/snapshot-show.ts"),
  },
  {
    name: "snapshot verify",
    summary: "Recompute every hash of a snapshot and verify its signature",
    args: [snapshotFile()],
    options: [...where(), keyOption()],
    example: "omnibase snapshot verify greet.snapshot --key key.pub.pem",
    load: () => import("../commands/snapshot-verify.ts"),
  },
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
    name: "incident list",
    summary: "List executions that a person must decide on",
    options: where(),
    example: "omnibase incident list",
    load: () => import("../commands/incident-list.ts"),
  },
  {
    name: "incident show",
    summary: "Show what stands still, and why",
    args: [execution()],
    options: where(),
    example: "omnibase incident show 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/incident-show.ts"),
  },
  {
    name: "incident resolve",
    summary: "Say what happened, or what shall happen; it is recorded with your name",
    args: [execution()],
    options: [
      ...where(),
      { name: "done", value: "OUTCOME", summary: "it was done, with this outcome" },
      { name: "output", value: "FILE", summary: "with --done: what came back, as JSON; - is stdin", file: true },
      { name: "not-done", summary: "it was certainly not done" },
      { name: "retry", summary: "ask the world again" },
      { name: "place", value: "PLACE", summary: "which place, where it is not obvious" },
      ...principal(),
    ],
    example: "omnibase incident resolve 019aa5d2-7c00-7000-8000-000000000001 --done SUCCESS",
    load: () => import("../commands/incident-resolve.ts"),
  },
  {
    name: "receipt",
    summary: "Write the signed receipt of an execution, its log and the public key",
    args: [execution()],
    options: [...where(), { name: "out", value: "DIR", summary: "where to", required: true, file: true }],
    example: "omnibase receipt 019aa5d2-7c00-7000-8000-000000000001 --out receipts/ada",
    load: () => import("../commands/receipt.ts"),
  },
  {
    name: "verify",
    summary: "Verify a receipt with nothing but the log and the public key",
    args: [{ name: "RECEIPT", summary: "receipt.json", required: true }],
    options: [
      { name: "log", value: "LOG", summary: "log.jsonl", required: true, file: true },
      { name: "key", value: "KEY", summary: "the public key in PEM", required: true, file: true },
    ],
    example: "omnibase verify receipt.json --log log.jsonl --key key.pub.pem",
    load: () => import("../commands/verify.ts"),
  },
  {
    name: "replay",
    summary: "Compute an execution again from what was given, and compare every record",
    args: [execution()],
    options: where(),
    example: "omnibase replay 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/replay.ts"),
  },
  {
    name: "export",
    summary: "Write the readable files that show the stores",
    options: [...where(), { name: "wf", value: "NS::CODE", summary: "only those of this workflow" }],
    example: "omnibase export --wf demo::WF_GREET_V0",
    load: () => import("../commands/export.ts"),
  },
  {
    name: "explain",
    summary: "Explain a code that a problem or an error has",
    args: [{ name: "CODE", summary: "as it was printed", required: true }],
    example: "omnibase explain OUTCOME_WITHOUT_EDGE",
    load: () => import("../commands/explain.ts"),
  },
  {
    name: "test",
    summary: "Execute the cases of transforms, and say what came of each",
    options: [...where(), { name: "transform", value: "NS::CODE", summary: "only those of this transform" }],
    example: "omnibase test --transform library::CT_MAY_BORROW_V0",
    load: () => import("../commands/test.ts"),
  },
  {
    name: "schema",
    summary: "Print the JSON Schema of a kind of artifact, for editors; without one, list the kinds",
    args: [{ name: "KIND", summary: "contract, workflow, one-file, …", required: false }],
    options: [{ name: "out", value: "DIR", summary: "write them into this folder, a file for each", file: true }],
    example: "omnibase schema contract",
    load: () => import("../commands/schema.ts"),
  },
  {
    name: "reference",
    summary: "Print what a capability of the standard library takes and gives; without one, list them",
    args: [{ name: "CAPABILITY", summary: "CS_REGISTRY_V0, CT_PURE_LOOKUP_V0, …", required: false }],
    options: [{ name: "out", value: "DIR", summary: "write the pages into this folder", file: true }],
    example: "omnibase reference CS_SEND_EMAIL_V0",
    load: () => import("../commands/reference.ts"),
  },
  {
    name: "completion",
    summary: "Print a script that completes commands and options in a shell",
    args: [{ name: "SHELL", summary: "bash, zsh or fish", required: true, values: ["bash", "zsh", "fish"] }],
    example: "omnibase completion bash > ~/.local/share/bash-completion/completions/omnibase",
    load: () => import("../commands/completion.ts"),
  },
];

function where(): readonly OptionSpec[] {
  return [
    { name: "workspace", value: "DIR", summary: "a folder of the project (here)", repeat: true, file: true },
    { name: "implementations", value: "DIR", summary: "a folder of transforms (as omnibase.yaml says)", file: true },
    { name: "data-root", value: "DIR", summary: "where the data is (as omnibase.yaml says)", file: true },
  ];
}

function execution(): ArgSpec {
  return { name: "ID", summary: "the id of an execution", required: true };
}

function snapshotFile(): ArgSpec {
  return { name: "FILE", summary: "a snapshot; that of the project if absent", required: false };
}

function keyOption(): OptionSpec {
  return { name: "key", value: "KEY", summary: "trust this public key and no other", file: true };
}

function principal(): readonly OptionSpec[] {
  return [
    { name: "principal", value: "NAME", summary: "who asks, for the log (local)" },
    { name: "as", value: "ACTOR", summary: "the same as an actor: 'NS::AC_CODE name=value'" },
  ];
}

function wanted(): readonly OptionSpec[] {
  return [
    { name: "wf", value: "NS::CODE", summary: "of published artifacts, only what this workflow needs" },
    { name: "strict", summary: "refuse published artifacts for what their own engine let through" },
  ];
}

/** Whoever finds problems can tell them to other tools, too. */
function findingsFormat(): OptionSpec {
  const values = ["human", "json", "sarif", "github"];
  return { name: "format", value: "FORMAT", summary: "human, json, sarif 2.1.0 or github annotations", values };
}

function statuses(): readonly string[] {
  return ["open", "parked", "incident", "ended"];
}
