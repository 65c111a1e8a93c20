import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { canonical, TransformFault, type Json, type PureTransform } from "@omnibase/core";
import { cell } from "./cell.ts";

export interface IsolationLimits {
  /** For one call. */
  readonly timeMsMax: number;
  /** For all that the thread holds. */
  readonly memoryMiBMax: number;
}

/** Long enough that only an endless loop meets it on a machine that is busy with something else. */
export const isolationLimits: IsolationLimits = { timeMsMax: 2_000, memoryMiBMax: 64 };

/** A thread that executes transforms, and nothing else. */
export interface Isolation {
  /** Makes JavaScript that names `execute` callable. The name tells it from other code. */
  code(name: string, javascript: string): PureTransform;
  /** Ends the thread. A later call would begin another. */
  close(): Promise<void>;
}

/**
 * Executes code where it can neither reach the platform nor go on for ever.
 *
 * The caller waits for the answer, because the machine does not: a call costs two messages between threads. What does not
 * answer in time, or needs more memory, is ended together with its thread and throws {@link TransformFault}; the next
 * call begins a new one. It keeps honest code within bounds. It is no cell for those who mean to break out.
 */
export function openIsolation({ memoryMiBMax, timeMsMax }: IsolationLimits = isolationLimits): Isolation {
  let thread: Thread | undefined;
  const leave = (): Promise<unknown> => {
    const left = thread?.worker.terminate() ?? Promise.resolve();
    thread = undefined;
    return left;
  };
  return {
    code: (name, javascript) => {
      const source = asScript(javascript);
      return (input) => {
        thread ??= begun(memoryMiBMax);
        const answer = asked(thread, { name, source, input: canonical(input) }, timeMsMax);
        if (answer !== undefined) return said(answer);
        void leave();
        throw new TransformFault(
          `it was ended, because it needed more than ${String(timeMsMax)} ms or ${String(memoryMiBMax)} MiB`,
        );
      };
    },
    close: async () => {
      await leave();
    },
  };
}

/** A transform exports one thing, and its value is asked for by name. */
const asScript = (javascript: string): string =>
  javascript.replaceAll(/^([\t ]*)export(?=\s+(?:const|function)\b)/gm, "$1");

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** 1 as soon as there is an answer. */
  readonly signal: Int32Array;
}

/** A thread takes its time to begin, and that is nobody's code. */
const beginMsMax = 30_000;

function begun(memoryMiBMax: number): Thread {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(cell, {
    eval: true,
    env: {},
    execArgv: [],
    stdin: false,
    workerData: { port: port2, signal },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: memoryMiBMax, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  // Who needs too much memory is told so here, later than to whoever waits for the answer.
  worker.on("error", () => undefined);
  worker.unref();
  port1.unref();
  const thread = { worker, port: port1, signal };
  if (heard(thread, beginMsMax) === undefined) throw new Error("the thread for transforms does not begin");
  return thread;
}

interface Question {
  readonly name: string;
  readonly source: string;
  readonly input: string;
}

type Answer = { readonly outcome: string; readonly value: Json } | { readonly threw: string | undefined };

function asked(thread: Thread, question: Question, timeMsMax: number): Answer | undefined {
  Atomics.store(thread.signal, 0, 0);
  thread.port.postMessage(question);
  return heard(thread, timeMsMax);
}

/** The next message, or nothing in time. */
function heard({ port, signal }: Thread, waitMsMax: number): Answer | undefined {
  const untilMs = performance.now() + waitMsMax;
  // Who is woken may have been meant by the answer before, so the signal is looked at, and not only heard.
  for (let leftMs = waitMsMax; leftMs > 0 && Atomics.load(signal, 0) === 0; leftMs = untilMs - performance.now()) {
    Atomics.wait(signal, 0, 0, leftMs);
  }
  const received: { readonly message: Answer } | undefined = receiveMessageOnPort(port);
  return received?.message;
}

/** The same that the same code says inline, so that it does not matter to a log where it was executed. */
function said(answer: Answer): ReturnType<PureTransform> {
  if ("threw" in answer) throw new Error(answer.threw ?? "a transform threw what is no error");
  return { outcome: answer.outcome, value: JSON.parse(canonical(answer.value)) };
}
