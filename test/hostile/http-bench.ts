import { cpSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { isObject, type JsonObject } from "@omnibase/core";
import { listeningDoorIn, type DoorAsked } from "../serve/door.ts";
import { serving, type Serving } from "../serve/serving.ts";
import type { Expected, HostileInput, Said } from "./case.ts";
import { openHome, type Home } from "./home.ts";

/** The product as it serves, in a process of its own, and what must be true of it whatever it was sent. */
export interface Bench {
  readonly serving: Serving;
  readonly home: Home;
  /** What is not as it was before, as sentences. */
  readonly guarded: () => Promise<readonly string[]>;
}

let opened: Promise<Bench> | undefined;

/** One for all inputs: what one leaves behind, the next would meet. */
export const bench = (): Promise<Bench> => (opened ??= openBench());

export async function closeBench(): Promise<void> {
  const one = await opened;
  opened = undefined;
  one?.serving.signal("SIGKILL");
  await one?.serving.ended;
  one?.home.remove();
  (await compiled)?.remove();
  compiled = undefined;
}

const growthKibMax = 65_536;

async function openBench(): Promise<Bench> {
  const home = openHome();
  const one = await serving(home.path);
  await canary(one.url);
  const [rss, files] = [rssKib(one.pid), filesOf(one.pid)];
  return {
    serving: one,
    home,
    guarded: async () => {
      const told = await canary(one.url);
      const grown = rssKib(one.pid) - rss;
      const open = await settledTo(() => filesOf(one.pid), files + 10);
      return [
        ...(told === undefined ? [] : [told]),
        ...(grown <= growthKibMax ? [] : [`its memory grew by ${String(grown)} KiB`]),
        ...(open <= files + 10 ? [] : [`${String(open - files)} more files are open than before`]),
      ];
    },
  };
}

/** Whoever means no harm is served meanwhile. */
export async function canary(url: string): Promise<string | undefined> {
  const answered = await fetch(`${url}/v1/executions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ workflow: "demo::WF_GREET_V0", input: { name: "Ada" } }),
  });
  const text = await answered.text();
  return answered.status === 200 && text.includes('"SUCCESS"') ? undefined : `a canary was told ${text}`;
}

const rssKib = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1]);

const filesOf = (pid: number): number => readdirSync(`/proc/${String(pid)}/fd`).length;

/** A socket takes a moment to be gone, and another input may have a thousand open. */
async function settledTo(read: () => number, most: number): Promise<number> {
  for (let looks = 0; looks < 500 && read() > most; looks += 1) await pause(20);
  return read();
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let compiled: Promise<Home> | undefined;

/** What is compiled once need not be compiled for every input. */
async function compiledHome(): Promise<Home> {
  const home = openHome();
  await (await listeningDoorIn(home.path)).close();
  return home;
}

/** A door with other bounds, in this process, on a socket and a data root of its own. */
export async function narrowDoor<T>(asked: DoorAsked, work: (url: string) => Promise<T>): Promise<T> {
  const home = openHome();
  cpSync(join((await (compiled ??= compiledHome())).path, ".omnibase"), join(home.path, ".omnibase"), {
    recursive: true,
  });
  const door = await listeningDoorIn(home.path, asked);
  try {
    return await work(door.address);
  } finally {
    await door.close();
    home.remove();
  }
}

export interface Heard {
  /** Of every answer that came back, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
  readonly closed: boolean;
}

export interface Sending {
  /** How long to listen where nobody hangs up. */
  readonly ms?: number;
  /** How many answers are enough. */
  readonly answers?: number;
}

/** Sends bytes as they are, and hears what comes. */
export function send(
  port: number,
  bytes: string | Uint8Array,
  { answers = 1, ms = 1_500 }: Sending = {},
): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const heard = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ statuses: statusesIn(text), text, closed });
    };
    const timer = setTimeout(() => heard(false), ms);
    socket.setEncoding("latin1").on("data", (piece: string) => {
      text += piece;
      // An answer that is whole: where the server goes on listening, it will not say more.
      if (statusesIn(text).length >= answers && isWhole(text)) setTimeout(() => heard(socket.closed), 20);
    });
    socket.on("error", () => heard(true));
    socket.on("close", () => heard(true));
    socket.on("connect", () => socket.write(bytes));
  });
}

const statusesIn = (text: string): readonly number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

function isWhole(text: string): boolean {
  const last = text.slice(text.lastIndexOf("HTTP/1.1 "));
  const [head = "", body] = last.split("\r\n\r\n");
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  return body !== undefined && (length === undefined || body.length >= Number(length));
}

/** A request as text, with the headers that every one must have. */
export const requestText = (line: string, headers: readonly string[] = [], body = ""): string =>
  [`${line} HTTP/1.1`, "Host: 127.0.0.1", ...headers, "", body].join("\r\n");

/** What a row says of an answer: accepted is 0, refused is 4. */
export function saidOf(status: number, text: string, complaints: readonly string[] = []): Said {
  const document = documentIn(text);
  const code = document?.["code"];
  const problem = typeof code === "string" ? { code, message: "", related: [] } : undefined;
  const exit = status >= 200 && status < 300 ? 0 : 4;
  return { exit, status, stdout: text, stderr: complaints.join("; "), document, problem };
}

function documentIn(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? "");
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const json = "Content-Type: application/json";
export const greet = '{"workflow":"demo::WF_GREET_V0","input":{"name":"Ada"}}';
export const start = (body = greet, ...headers: readonly string[]): string =>
  requestText("POST /v1/executions", [json, `Content-Length: ${String(Buffer.byteLength(body))}`, ...headers], body);

export const refused = (...status: readonly number[]): Expected => ({ exit: [4], status });
export const accepted: Expected = { exit: [0], status: [200] };

export type Call = () => Promise<Said>;

export const asked = (row: string, name: string, expect: Expected, call: Call): HostileInput => ({
  row,
  name,
  lane: "http",
  expect,
  ask: { call },
});

export const portOf = (url: string): number => Number(new URL(url).port);

export const bodyIn = (text: string): string => text.slice(text.indexOf("\r\n\r\n") + 4);

/** A whole request. */
export const hidden = "GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

/** Bytes to the server that ships, and then everything that must still be true of it. */
export const sent =
  (bytes: string | Uint8Array, also: (heard: Heard) => string | undefined = () => undefined): Call =>
  async () => {
    const { guarded, serving: served } = await bench();
    const heard = await send(served.port, bytes);
    const complaint = also(heard);
    const wrong = [...(await guarded()), ...(complaint === undefined ? [] : [complaint])];
    return saidOf(heard.statuses[0] ?? 0, bodyIn(heard.text), wrong);
  };
