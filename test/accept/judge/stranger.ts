import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ran, root } from "./programs.ts";
import type { Control } from "./verdict.ts";

const verifier = join(root, "../shared/tools/verify.mjs");

/** What a stranger's verifier says of a receipt, and whether it notices a log in which one word was changed. */
export interface Stranger {
  readonly says: "absent" | "accepts" | "refuses";
  readonly controls: readonly Control[];
}

/** Asks the verifier that we did not write. Changes the log that lies there. */
export function strangerOf(proof: string, from: string, to: string): Stranger {
  if (!existsSync(verifier)) return { says: "absent", controls: [] };
  const says = accepts(proof) ? "accepts" : "refuses";
  const file = join(proof, "log.jsonl");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (text.includes(from)) writeFileSync(file, text.replace(from, to));
  return { says, controls: [{ name: "a log with one word changed", red: text.includes(from) && !accepts(proof) }] };
}

const accepts = (proof: string): boolean =>
  ran(process.execPath, [
    verifier,
    join(proof, "receipt.json"),
    "--log",
    join(proof, "log.jsonl"),
    "--key",
    join(proof, "key.pub.pem"),
  ]).status === 0;
