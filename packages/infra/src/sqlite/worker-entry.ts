import { parentPort, workerData } from "node:worker_threads";
import { failpointFromEnvironment } from "../shared/failpoint-environment.ts";
import { groupCommitter } from "./group.ts";
import { sent, sentError } from "./messages.ts";
import type { FromWorker, ToWorker, WorkerTask } from "./messages.ts";
import { openWriter } from "./schema.ts";

/** The thread that owns the connection which writes. It does nothing but commit groups. */
if (parentPort !== null) serve(parentPort, workerData);

function serve(port: NonNullable<typeof parentPort>, { file, opening }: WorkerTask): void {
  const say = (message: FromWorker): void => port.postMessage(message);
  try {
    const failpoint = failpointFromEnvironment(process.env);
    const database = openWriter(file, opening);
    const commitGroup = groupCommitter(database, { file, failpoint });
    port.on("message", (message: ToWorker) => {
      if (message === "close") {
        database.close();
        port.close();
      } else {
        const beganMs = performance.now();
        const answers = commitGroup(message).map(sent);
        say({ answers, ms: performance.now() - beganMs });
      }
    });
    failpoint("store.opened");
    say("ready");
  } catch (error) {
    say(sentError(error));
    port.close();
  }
}
