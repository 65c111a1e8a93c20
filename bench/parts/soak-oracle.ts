import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import type { Store } from "@omnibase/spi";

/**
 * What was acknowledged, held against what is stored. Shares nothing with the process that served but the files, and knows of
 * a log only that each line names the hash of the one before.
 */
const [, , folder = "", plant] = process.argv;
const acknowledged = readFileSync(join(folder, "ledger"), "utf8")
  .split("\n")
  .filter((line) => line !== "");
// A planted fault: something was acknowledged that is nowhere.
if (plant === "--lose") acknowledged.push("acknowledged-and-lost");

const store = await openSqliteStore(join(folder, "data/.omnibase/store.db"), { readOnly: true });
const counts = { acknowledged: acknowledged.length, lost: 0, unended: 0, broken: 0 };
for (const execution of acknowledged) await look(store, execution);
await store.close();
process.stdout.write(JSON.stringify(counts));

async function look(from: Store, execution: string): Promise<void> {
  const key = { tenant: "default", execution };
  const row = await from.find(key);
  if (row === undefined) counts.lost += 1;
  else if (row.status !== "ended") counts.unended += 1;
  else if (!holds(await from.read(key), execution)) counts.broken += 1;
}

interface Line {
  readonly prev: string | null;
  readonly type: string;
  readonly body: { readonly execution?: string };
}

function holds(lines: readonly string[], execution: string): boolean {
  let head: string | null = null;
  for (const line of lines) {
    const { prev }: Line = JSON.parse(line);
    if (prev !== head) return false;
    head = `sha256:${createHash("sha256").update(line).digest("hex")}`;
  }
  const [first, last]: readonly (Line | undefined)[] = [lines[0], lines.at(-1)].map((line) => line && JSON.parse(line));
  return first?.body.execution === execution && last?.type === "Completed";
}
