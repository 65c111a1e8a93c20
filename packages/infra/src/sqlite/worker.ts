import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { StoreFault } from "@omnibase/spi";
import type { Store } from "@omnibase/spi";
import type { Database } from "./driver.ts";
import { errorOf, received } from "./messages.ts";
import type { FromWorker, ToWorker, WorkerTask } from "./messages.ts";
import type { GroupAnswer } from "./group.ts";
import type { GroupAnswered, GroupCommitting } from "./queue.ts";
import { readerOf } from "./reader.ts";
import { openReader } from "./schema.ts";
import type { Opening } from "./schema.ts";
import { statementsOf } from "./statements.ts";
import { storeOf } from "./store.ts";

export interface WorkerOptions extends Opening {
  /** Where the worker's own file is; a bundle keeps it elsewhere. */
  readonly workerUrl?: URL | undefined;
  readonly grouped?: GroupCommitting["grouped"];
}

/**
 * The store in a thread of its own: for a process that lives long, whose loop should not stand still at every sync.
 *
 * Questions are answered on the calling thread by a connection that can only read: it sees what was committed, and never
 * waits for the group that is under way.
 */
export async function workerStore(
  file: string,
  { grouped, workerUrl = besideThis(), ...opening }: WorkerOptions,
): Promise<Store> {
  const task: WorkerTask = { file, opening };
  const worker = withSmallNursery(() => started(workerUrl, task));
  const line = lineTo(worker, file);
  await line.ready;
  const database = await openedOr(file, line.close);
  return storeOf({
    reader: readerOf(statementsOf(database)),
    file,
    elsewhere: true,
    grouped,
    send: line.send,
    async close() {
      database.close();
      await line.close();
    },
  });
}

async function openedOr(file: string, close: () => Promise<void>): Promise<Database> {
  try {
    return openReader(file);
  } catch (error) {
    await close();
    throw error;
  }
}

interface Line {
  readonly ready: Promise<void>;
  readonly send: GroupCommitting["send"];
  readonly close: () => Promise<void>;
}

/** One message to the worker for a group, and one back. When the worker is gone, everything fails, loudly. */
function lineTo(worker: Worker, file: string): Line {
  let gone: StoreFault | undefined;
  let underWay: GroupAnswered | undefined;
  let size = 0;

  const post = (message: ToWorker): void => worker.postMessage(message);

  function answer(answers: readonly GroupAnswer[], ms: number): void {
    const give = underWay;
    underWay = undefined;
    give?.(answers, ms);
  }

  const ready = new Promise<void>((resolve, reject) => {
    worker.on("message", (message: FromWorker) => {
      if (message === "ready") resolve();
      else if ("error" in message) reject(errorOf(message));
      else answer(received(message.answers), message.ms);
    });
    const fail = (cause: unknown): void => {
      gone ??= new StoreFault("STORE_FAILED", `the store's worker is gone (${file})`, { retryable: false, cause });
      reject(gone);
      answer(
        Array.from({ length: size }, () => gone ?? new Error("impossible")),
        0,
      );
    };
    worker.on("error", fail);
    worker.on("exit", fail);
  });

  return {
    ready,
    send(group, answered) {
      if (gone !== undefined) {
        const fault = gone;
        answered(
          group.map(() => fault),
          0,
        );
        return;
      }
      size = group.length;
      underWay = answered;
      post(group);
    },
    close: () =>
      new Promise((resolve) => {
        if (gone !== undefined) return resolve();
        worker.once("exit", () => resolve());
        post("close");
      }),
  };
}

const isSource = (path: string): boolean => path.endsWith(".ts");

const besideThis = (): URL =>
  new URL(isSource(import.meta.url) ? "./worker-entry.ts" : "./worker-entry.js", import.meta.url);

/**
 * What this thread is told is forgotten with the group, so the smallest nursery does, and it needs ten megabytes less. The
 * nursery that the process was started with would count more than a limit of the thread's own, so that is changed until the
 * thread is there.
 */
function withSmallNursery(start: () => Worker): Worker {
  const nursery = "--max-semi-space-size=";
  const flags = [...(process.env["NODE_OPTIONS"] ?? "").split(" "), ...process.execArgv];
  const asStarted = flags.findLast((flag) => flag.replaceAll("_", "-").startsWith(nursery)) ?? `${nursery}0`;
  const restore = (): void => setFlagsFromString(asStarted);
  setFlagsFromString(`${nursery}1`);
  return start().once("online", restore).once("exit", restore);
}

function started(url: URL, workerData: WorkerTask): Worker {
  const options = { workerData, execArgv: ["--disable-warning=ExperimentalWarning"] };
  if (!isSource(url.pathname)) return new Worker(url, options);
  // Sources are what tests and tools run. A thread has to be told how to read them.
  const read = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(url.href)})))`;
  return new Worker(read, { ...options, eval: true, execArgv: [...options.execArgv, "--conditions=@omnibase/source"] });
}
