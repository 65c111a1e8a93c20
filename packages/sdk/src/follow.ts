import { isObject, type Json, type JsonObject } from "@omnibase/core";
import { ClientFault } from "./client-fault.ts";
import { ask, type DoorOptions } from "./http-door.ts";

/** One record of the log of an execution. */
export interface LogEvent {
  readonly revision: number;
  readonly at: string;
  /** `Started`, `Settled`, `Completed`, … */
  readonly type: string;
  readonly body: JsonObject;
}

export interface Following {
  /** Only what comes behind this revision. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/** Between two attempts to come back, so that a door that is away is not run against. */
const pauseMs = 250;

/**
 * The records of an execution as they are committed, until the last. A connection that ends before is taken up again behind
 * the last record that came, so each comes once.
 */
export async function* follow(door: DoorOptions, path: string, following: Following): AsyncGenerator<LogEvent> {
  const { signal } = following;
  let after = following.after ?? 0;
  for (;;) {
    const headers = { accept: "text/event-stream", "last-event-id": String(after) };
    const response = await openedAgain(() => ask(door, `GET ${path}`, { headers, signal }), signal);
    if (response.status === 204 || response.body === null) return;
    for await (const event of recordsIn(response.body, signal)) {
      after = event.revision;
      yield event;
      if (last.has(event.type)) return;
    }
    await pause(signal);
  }
}

/** An end comes with one of these. */
const last: ReadonlySet<string> = new Set(["Completed", "Cancelled"]);

async function openedAgain(open: () => Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof ClientFault) || !error.retryable) throw error;
      await pause(signal);
    }
  }
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await Promise.race([
    new Promise((resolve) => {
      setTimeout(resolve, pauseMs);
    }),
    abortOf(signal),
  ]);
  if (signal?.aborted === true) throw nobody();
}

const nobody = (): DOMException => new DOMException("nobody listens any more", "AbortError");

const abortOf = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });

/** Server-sent events, of which only records are handed on. A stream that breaks is one that has ended. */
async function* recordsIn(body: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<LogEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const aborted = abortOf(signal);
  let rest = "";
  try {
    for (;;) {
      const chunk = await Promise.race([reader.read().catch(() => broken), aborted]);
      if (chunk === undefined) throw nobody();
      if (chunk.value === undefined) return;
      const blocks = (rest + decoder.decode(chunk.value, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      yield* blocks.flatMap(recordIn);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const broken = { value: undefined } as const;

function recordIn(block: string): readonly LogEvent[] {
  const lines = block.split("\n");
  const data = lines.find((line) => line.startsWith("data: "))?.slice("data: ".length);
  if (data === undefined || lines.includes("event: problem")) return [];
  const record: Json = JSON.parse(data);
  if (!isObject(record)) return [];
  const { at, body = {}, revision, type } = record;
  if (typeof at !== "string" || typeof type !== "string" || typeof revision !== "number") return [];
  return [{ revision, at, type, body: isObject(body) ? body : {} }];
}
