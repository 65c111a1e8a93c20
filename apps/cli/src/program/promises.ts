import type { ExitCode } from "../edge/report.ts";

/** How a process ends. There are no others: a code that is added to the type must be explained here. */
export const exitCodes: Readonly<Record<ExitCode, string>> = {
  0: "completed, or waiting, or detached",
  1: "rejected, failed, cancelled, an incident; `diff` found more; a check of `doctor` failed",
  2: "usage or configuration",
  3: "not found",
  4: "refused: by the compiler, IDEMPOTENCY_MISMATCH, STORE_LOCKED",
  5: "integrity or security: tampered, untrusted, denied",
};

/** What lies where on disk. */
export const files: Readonly<Record<string, string>> = {
  "omnibase.yaml": "the project file: namespace, data, implementations, grants, trust, published",
  "contracts/": "declared artifacts",
  "keys/": "public keys that `trust` names",
  ".omnibase/key.pem": "the key of the project, made on first use; whoever has it can sign for the project",
  ".omnibase/cache/": "what was compiled last time; it may be removed",
  "DATA/.omnibase/store.db": "the store of a data root: logs, entities, timers; never edit it",
  "DATA/.omnibase/snapshots/": "the snapshots that executions are pinned to",
  "DATA/.omnibase/implementations/": "the transforms that those snapshots seal",
};
