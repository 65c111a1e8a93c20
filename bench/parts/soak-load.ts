import { appendFileSync } from "node:fs";
import { Agent, request } from "node:http";

/** A server under load, and the ledger of what it acknowledged. */
export interface Door {
  readonly url: string;
  readonly ledger: string;
  readonly agent: Agent;
  /** Starts so far: each has a name of its own. */
  count: number;
  close(): void;
}

const connections = 64;
/** Below the bound of the door, which would say BUSY. */
const underWayMax = 400;
/** Every so many starts are followed on a stream, too. */
const followedEvery = 20;

export function open(url: string, ledger: string): Door {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return { url, ledger, agent, count: 0, close: () => agent.destroy() };
}

export interface Loaded {
  readonly answered: number;
  readonly failed: number;
  readonly busy: number;
  /** Asked again because the line was cut. */
  readonly again: number;
  readonly ms: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Tally {
  answered: number;
  failed: number;
  busy: number;
  again: number;
  readonly tookMs: number[];
}

const emptyTally = (): Tally => ({ answered: 0, failed: 0, busy: 0, again: 0, tookMs: [] });

/** As fast as it goes: whoever is answered asks again. */
export async function burst(door: Door, ms: number): Promise<Loaded> {
  const tally = emptyTally();
  const began = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - began < ms) await one(door, tally);
  };
  await Promise.all(Array.from({ length: connections }, client));
  return loaded(tally, performance.now() - began);
}

/** At a pace, whoever is answered or not, as the world comes. */
export async function paced(
  door: Door,
  { ms, perSecond }: { readonly ms: number; readonly perSecond: number },
): Promise<Loaded> {
  const tally = emptyTally();
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  for (let sent = 0; performance.now() - began < ms;) {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
    for (; sent < due && underWay.size < underWayMax; sent += 1) {
      const asking = one(door, tally).finally(() => underWay.delete(asking));
      underWay.add(asking);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(underWay);
  return loaded(tally, performance.now() - began);
}

function loaded({ tookMs, ...counts }: Tally, ms: number): Loaded {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { ...counts, ms, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function one(door: Door, tally: Tally): Promise<void> {
  door.count += 1;
  const name = `Guest ${String(door.count)}`;
  const began = performance.now();
  const { status, text } = await started(door, name, tally);
  if (status === 429) {
    tally.busy += 1;
    return;
  }
  const execution = /"execution":"(.*?)"/.exec(text)?.[1];
  if (status !== 200 || execution === undefined) {
    tally.failed += 1;
    return;
  }
  tally.answered += 1;
  tally.tookMs.push(performance.now() - began);
  appendFileSync(door.ledger, `${execution}\n`);
  if (door.count % followedEvery !== 0) return;
  const followed = await ask(door, "GET", `/v1/executions/${execution}/events`);
  if (!followed.text.includes("event: Completed")) tally.failed += 1;
}

/** A server hangs up on whoever was silent for a while, and now and then just when they speak: the same key asks again. */
async function started(door: Door, name: string, tally: Tally): Promise<Answered> {
  const start = { workflow: "demo::WF_GREET_V0", input: { name } };
  const key = name.replaceAll(" ", "-");
  for (let asked = 1; ; asked += 1) {
    const answered = await ask(door, "POST", "/v1/executions", { body: start, key });
    if (answered.status !== 0 || asked === asksMax) return answered;
    tally.again += 1;
  }
}

const asksMax = 3;

interface Answered {
  readonly status: number;
  readonly text: string;
}

interface Asking {
  readonly body: object;
  readonly key: string;
}

/** What is cut off has no status. */
function ask({ agent, url }: Door, method: string, path: string, asking?: Asking): Promise<Answered> {
  const text = asking === undefined ? "" : JSON.stringify(asking.body);
  const headers =
    asking === undefined
      ? {}
      : {
          "content-type": "application/json",
          "content-length": String(text.length),
          "idempotency-key": asking.key,
        };
  return new Promise((resolve) => {
    const sending = request(`${url}${path}`, { method, agent, headers }, (response) => {
      let said = "";
      response.setEncoding("utf8").on("data", (piece: string) => void (said += piece));
      response.on("close", () => resolve({ status: response.statusCode ?? 0, text: said }));
    });
    sending.on("error", () => resolve({ status: 0, text: "" }));
    sending.end(text);
  });
}
