import { compose } from "./composition.ts";
import type { Composition } from "./composition.ts";
import { readAll, readLog } from "./reading.ts";
import type { FromVictim, SentLogs, ToVictim, VictimOptions } from "./victim-messages.ts";

/** The process that dies. It owns a data root and serves it, and does the rest over a channel that dies with it. */
const options: VictimOptions = JSON.parse(process.env["KILL_VICTIM"] ?? "{}");
const composition = await compose(options);

const say = (message: FromVictim): void => void process.send?.(message);

process.on("message", (message: ToVictim) => {
  void answer(message);
});
process.on("disconnect", () => process.exit(0));
say({ id: 0 });

async function answer(message: ToVictim): Promise<void> {
  try {
    const reply = await perform(composition, message);
    say({ id: message.id, reply });
    if (message.op === "leave") process.exit(0);
  } catch (error) {
    say({ id: message.id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function perform(driver: Composition, message: ToVictim): Promise<unknown> {
  switch (message.op) {
    case "keep":
      return driver.keep(`sha256:${message.digest}`, message.text);
    case "log":
      return readLog(options.dataRoot, message.key);
    case "contents":
      return readAll(options.dataRoot).then(({ logs }): SentLogs => [...logs]);
    case "leave":
      return driver.close();
  }
}
