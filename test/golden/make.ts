import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { play, sets } from "./scenes.ts";
import { key } from "./world.ts";

/**
 * Writes the golden executions of this version. By hand, once, before a release: what is committed is kept for ever, so
 * a folder that is there is never written again.
 *
 *     node --conditions=@omnibase/source --import tsx test/golden/make.ts
 */
for (const [set, scenes] of Object.entries(sets)) {
  const folder = fileURLToPath(new URL(set, import.meta.url));
  if (existsSync(folder)) {
    process.stderr.write(`the golden executions of ${set} exist already, and are never changed\n`);
    continue;
  }
  for (const name of Object.keys(scenes)) {
    const { log, receipt, snapshot } = await play(set, name);
    const home = join(folder, name);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "log.jsonl"), log.map((line) => `${line}\n`).join(""));
    writeFileSync(join(home, "snapshot.snapshot"), snapshot);
    writeFileSync(join(home, "key.pub.pem"), key.publicKeyPem);
    if (receipt !== undefined) writeFileSync(join(home, "receipt.json"), `${receipt}\n`);
    process.stderr.write(`${name}: ${String(log.length)} records${receipt === undefined ? ", not ended" : ""}\n`);
  }
}
