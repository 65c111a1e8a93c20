import { decodeRecord, err, isTerminal, ok } from "@omnibase/core";
import type { Result } from "@omnibase/core";
import type { ExecutionKey } from "@omnibase/spi";
import type { Door, Leaving } from "./door.ts";
import type { Refusal } from "./port.ts";
import { problemOf, refusal } from "./problem.ts";
import type { Answer, Asked } from "./route.ts";

/** How records are put on a stream. */
interface Form {
  readonly type: string;
  readonly record: (line: string, revision: number, event: string) => string;
  readonly heartbeat: string;
  /** The last word, where there is more that the reader has not seen. */
  readonly last: (problem: string) => string;
}

const forms: readonly Form[] = [
  {
    type: "text/event-stream",
    record: (line, revision, event) => `id: ${String(revision)}\nevent: ${event}\ndata: ${line}\n\n`,
    heartbeat: ": nothing new\n\n",
    last: (problem) => `event: problem\ndata: ${problem}\n\n`,
  },
  {
    type: "application/x-ndjson",
    record: (line) => `${line}\n`,
    heartbeat: "\n",
    last: (problem) => `{"problem":${problem}}\n`,
  },
];

/**
 * The records of one execution as they are committed, from after the revision that `Last-Event-ID` names, until the last.
 * What follows after an end is nothing: whoever comes back for more is told so with 204, and stays away.
 */
export async function follow(asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const { accept, execution, gone, lastEventId = "0", query } = asked;
  const form = forms.find(({ type }) => accept.includes(type)) ?? (accept.includes("*/*") ? forms[0] : undefined);
  if (form === undefined) {
    return err(refusal("NOT_ACCEPTABLE", `a stream is told as ${forms.map(({ type }) => type).join(" or ")}`));
  }
  const after = query["after"] ?? (/^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined);
  if (typeof after !== "number") return err(refusal("HEADER_INVALID", "Last-Event-ID is the number of a revision"));
  const { limits, load, parts } = door;
  const key = { tenant: parts.tenant, execution };
  const row = await parts.store.find(key);
  if (row === undefined) return err(parts.words.refusal({ code: "EXECUTION_NOT_FOUND", execution }));
  if (row.status === "ended" && (await parts.store.read(key, after, 1)).length === 0) {
    return ok({ status: 204, body: { kind: "none" }, execution });
  }
  if (load.streams >= limits.streamsMax) {
    return err(parts.words.refusal({ code: "BUSY", retryAfterMs: limits.busyRetryMs }));
  }
  const stream = recordStream(door, { key, after, form, gone });
  return ok({ status: 200, body: { kind: "stream", type: form.type, stream }, execution });
}

interface Following {
  readonly key: ExecutionKey;
  readonly after: number;
  readonly form: Form;
  readonly gone: Leaving;
}

/**
 * Nothing is kept for a reader: the store is asked when the reader has taken what it was given. So a slow one costs one look
 * and its socket, and is let go when it takes nothing for too long.
 */
function recordStream(door: Door, following: Following): ReadableStream<Uint8Array> {
  const reading: Reading = {
    after: following.after,
    isOver: false,
    forgetLag: nothing,
    bell: bellFor(door, following),
  };
  door.load.streams += 1;
  const end = (): void => {
    reading.forgetLag();
    if (reading.isOver) return;
    reading.isOver = true;
    reading.bell.stop();
    door.load.streams -= 1;
  };
  const tell = (controller: Controller, { isLast, text }: Told): void => {
    if (reading.isOver) return;
    controller.enqueue(utf8.encode(text));
    if (!isLast) return;
    controller.close();
    end();
  };
  const pull = async (controller: Controller): Promise<void> => {
    reading.forgetLag();
    tell(controller, await nextOf(door, following, reading));
    if (reading.isOver) return;
    reading.forgetLag = door.parts.clock.after(door.limits.lagMsMax, () => {
      door.parts.metrics.count("omnibase_streams_lagged_total");
      const facts = { last_event_id: String(reading.after) };
      const lagged = refusal("WATCH_LAGGED", "nothing was taken for too long; come back with Last-Event-ID", facts);
      tell(controller, lastWord(door, following, lagged));
    });
  };
  return new ReadableStream({ pull, cancel: end }, { highWaterMark: 0 });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

interface Reading {
  /** The revision that was told last. */
  after: number;
  isOver: boolean;
  forgetLag: () => void;
  readonly bell: Bell;
}

interface Told {
  readonly text: string;
  readonly isLast: boolean;
}

const utf8 = new TextEncoder();
const nothing = (): void => undefined;

/** What is told next: records, a sign of life where there are none for long, or that we are leaving. */
async function nextOf(door: Door, following: Following, reading: Reading): Promise<Told> {
  const { form, gone, key } = following;
  const { words } = door.parts;
  for (;;) {
    if (gone.isSo()) return lastWord(door, following, words.refusal({ code: "OWNER_LEAVING" }));
    reading.bell.mute();
    const lines = await door.parts.store.read(key, reading.after, door.limits.recordsPerLook);
    if (lines.length > 0) {
      reading.after += lines.length;
      const records = lines.map(decodeRecord);
      const texts = records.map(({ event, revision }, index) => form.record(lines[index] ?? "", revision, event.type));
      return { text: texts.join(""), isLast: records.some(({ event }) => isTerminal(event)) };
    }
    if (!(await reading.bell.rung())) return { text: form.heartbeat, isLast: false };
  }
}

const lastWord = ({ parts }: Door, { form }: Following, said: Refusal): Told => ({
  text: form.last(JSON.stringify(problemOf(said, parts.words))),
  isLast: true,
});

/** Rings when something was committed, or nobody is there any more. */
interface Bell {
  /** Forgets that it rang: what follows is looked at anew. */
  mute(): void;
  /** Whether it rang, before a sign of life is due. */
  rung(): Promise<boolean>;
  stop(): void;
}

function bellFor({ limits, parts }: Door, { gone, key }: Following): Bell {
  let rang = false;
  let wake = nothing;
  const ring = (): void => {
    rang = true;
    wake();
  };
  const unfollow = parts.commits.follow(key, ring);
  const ungone = gone.hear(ring);
  return {
    mute: () => {
      rang = false;
    },
    rung: () =>
      new Promise((resolve) => {
        if (rang) return resolve(true);
        const forget = parts.clock.after(limits.heartbeatMs, () => resolve(false));
        wake = () => {
          forget();
          resolve(true);
        };
      }),
    stop: () => {
      unfollow();
      ungone();
      ring();
    },
  };
}
