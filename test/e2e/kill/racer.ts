import { compose } from "./composition.ts";
import { executionOf, tenant } from "./history.ts";
import { raceNames, registrationsEach } from "./race.ts";
import type { RacerOptions } from "./race.ts";

/** One of many processes that register the same names, as owner or as client, whichever it happens to be. */
const options: RacerOptions = JSON.parse(process.env["KILL_RACER"] ?? "{}");
const { dataRoot, racer, snapshot, text } = options;
const driver = await compose({ dataRoot, inline: racer % 2 === 0 });
await driver.keep(`sha256:${snapshot.replace("sha256:", "")}`, text);

/** Each begins elsewhere, and all come by everywhere. */
async function register(index: number): Promise<void> {
  const ref = `race-${String(racer)}-${String(index)}`;
  const key = { tenant, execution: executionOf(ref) };
  const name = `name ${String((index * 7 + racer * 13) % raceNames)}`;
  const started = await driver.owner.start({
    ...key,
    workflow: "kill::WF_CLAIM_V0",
    snapshot,
    input: { name, ref },
    principal: "racer",
  });
  if (!started.ok) throw new Error(`${ref}: ${started.error.code}`);
  const ended = await driver.owner.wait(key);
  if (!ended.ok || ended.value.status !== "ended") throw new Error(`${ref} did not end`);
}

const atOnce = 8;
for (let index = 0; index < registrationsEach; index += atOnce) {
  await Promise.all(Array.from({ length: atOnce }, (_, more) => register(index + more)));
}
await driver.close();
process.disconnect();
