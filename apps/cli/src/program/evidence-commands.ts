import type { CommandSpec } from "./command.ts";
import { archive, where, execution, mode, open, pictureFormat, theme, traceFormat } from "./shared-options.ts";

/** What proves what happened. */
export const evidenceCommands: readonly CommandSpec[] = [
  {
    name: "trace",
    summary: "Write what an execution did, to be read and looked at",
    args: [execution()],
    options: [
      ...where(),
      archive(),
      { name: "out", value: "DIR", summary: "where its folder is made (traces of the project)", file: true },
      traceFormat(),
      mode(),
      theme(),
    ],
    example: "omnibase trace 019aa5d2-7c00-7000-8000-000000000001 --format all",
    load: () => import("../commands/trace.ts"),
  },
  {
    name: "examine",
    summary: "Say why an execution came to what it came to, and what to change",
    args: [
      { name: "TRACE|ID", summary: "a trace file, or the id of an execution", required: true, known: "execution" },
    ],
    options: where(),
    example: "omnibase examine 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/examine.ts"),
  },
  {
    name: "graph",
    summary: "Draw a workflow, or the path that an execution took through it",
    args: [
      { ...execution(), summary: "the id of an execution; without one, what the project declares", required: false },
    ],
    options: [
      ...where(),
      { name: "wf", value: "NS::CODE", summary: "the workflow, where the project declares several" },
      pictureFormat(),
      { name: "out", value: "FILE", summary: "into this file", file: true },
      theme(),
      open(),
    ],
    example: "omnibase graph --wf demo::WF_GREET_V0 --format svg --out greet.svg",
    load: () => import("../commands/graph.ts"),
  },
  {
    name: "receipt",
    summary: "Write the signed receipt of an execution, its log and the public key",
    about:
      "Three files: receipt.json (an in-toto statement in a DSSE envelope over the head of the log), log.jsonl and key.pub.pem. Whoever has them and trusts the key needs nothing else.",
    args: [execution()],
    options: [...where(), archive(), { name: "out", value: "DIR", summary: "where to", required: true, file: true }],
    example: "omnibase receipt 019aa5d2-7c00-7000-8000-000000000001 --out receipts/ada",
    load: () => import("../commands/receipt.ts"),
  },
  {
    name: "verify",
    summary: "Verify a receipt or an archive, with nothing but the public key",
    about:
      "Of a receipt it recomputes the chain of the log, compares its head, and verifies the signature: no project, no store " +
      "and no network. Ends with 5 where anything does not hold, and says at which revision. Without a log it is verified against the data root, where the head of an " +
      "execution that was removed is remembered. An archive is a folder that `retention apply` made: all of it is " +
      "verified. Without --key the keys that the project trusts count.",
    args: [{ name: "PATH", summary: "receipt.json, or the folder of an archive", required: true }],
    options: [
      { name: "log", value: "LOG", summary: "log.jsonl, of the receipt", file: true },
      { name: "key", value: "KEY", summary: "the public key in PEM", file: true },
      ...where(),
    ],
    example: "omnibase verify receipt.json --log log.jsonl --key key.pub.pem",
    examples: ["omnibase verify archive/2026-11-21-0123456789ab --key key.pub.pem"],
    load: () => import("../commands/verify.ts"),
  },
  {
    name: "replay",
    summary: "Compute an execution again from what was given, and compare every record",
    about:
      "Takes what was given from the log (start, answers, signals, timers), computes everything else again under the code that the snapshot seals, and compares byte for byte. Ends with 5 where a record comes out otherwise.",
    args: [execution()],
    options: [...where(), archive()],
    example: "omnibase replay 019aa5d2-7c00-7000-8000-000000000001",
    load: () => import("../commands/replay.ts"),
  },
];
