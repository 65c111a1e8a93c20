import type { HostileInput, Said } from "./case.ts";
import {
  accepted,
  asked,
  bench,
  bodyIn,
  canary,
  greet,
  hidden,
  json,
  narrowDoor,
  pause,
  portOf,
  refused,
  requestText,
  saidOf,
  send,
  sent,
  start,
  type Heard,
} from "./http-bench.ts";

const keyed = (key: string, body = greet): Promise<Response> =>
  bench().then(({ serving }) =>
    fetch(`${serving.url}/v1/executions`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body,
    }),
  );

const executionIn = async (answered: Response): Promise<string> => {
  const document: { readonly execution: string } = JSON.parse(await answered.text());
  return document.execution;
};

async function sameKey(): Promise<Said> {
  const answers = await Promise.all(Array.from({ length: 200 }, () => keyed("same")));
  const ids = new Set(await Promise.all(answers.map(executionIn)));
  const later = await executionIn(await keyed("same"));
  const wrong = [
    ...(ids.size === 1 ? [] : [`${String(ids.size)} executions came to be`]),
    ...(ids.has(later) ? [] : ["the key names another execution after the end"]),
  ];
  return saidOf(answers[0]?.status ?? 0, "", wrong);
}

async function answerTo(answering: Promise<Response>): Promise<Said> {
  const answered = await answering;
  return saidOf(answered.status, await answered.text());
}

/** Whoever hangs up at any byte, and asks again, has asked once. Only who asks again is answered. */
async function cutAnywhere(): Promise<Said> {
  const { guarded: guards, serving } = await bench();
  const bytes = start(greet, "Idempotency-Key: cut");
  for (let at = 0; at < bytes.length; at += 1) {
    await send(serving.port, bytes.slice(0, at), { ms: at === 0 ? 1 : 3 });
  }
  const began = performance.now();
  const ids = new Set([await executionIn(await keyed("cut")), await executionIn(await keyed("cut"))]);
  const ms = performance.now() - began;
  return { ...saidOf(200, "", [...(ids.size === 1 ? [] : ["a retry began another"]), ...(await guards())]), ms };
}

const keys: readonly HostileInput[] = [
  asked("K10", "200 starts with one key at once", accepted, sameKey),
  asked("K10", "the key of another payload", { ...refused(409), code: "IDEMPOTENCY_MISMATCH" }, () =>
    answerTo(keyed("same", greet.replace("Ada", "Eve"))),
  ),
  asked("K10", "a key of 256 characters", { ...refused(400), code: "ID_LENGTH" }, () =>
    answerTo(keyed("k".repeat(256))),
  ),
  asked("K11", "hung up at every byte", accepted, cutAnywhere),
];

/** Two come so slowly that they never end, and everybody else is served. */
async function slowly(first: string): Promise<Said> {
  return narrowDoor({ limits: { headersMsMax: 300, requestMsMax: 300, slownessLookMs: 50 } }, async (url) => {
    const slow = drip(portOf(url), first);
    const served = await canary(url);
    const { statuses, text } = await slow;
    return saidOf(statuses.at(-1) ?? 0, bodyIn(text), served === undefined ? [] : [served]);
  });
}

/** Says no more than it has to, and waits. */
const drip = (port: number, first: string): Promise<Heard> => send(port, first, { ms: 1_800, answers: 9 });

/** How long they keep silent is ours to say; whom they must not keep waiting is the one who speaks. */
async function idle(): Promise<Said> {
  const { guarded: guards, serving } = await bench();
  const silent = Array.from({ length: 1_500 }, () => send(serving.port, "", { ms: 1_000 }));
  await pause(200);
  const began = performance.now();
  const served = await canary(serving.url);
  const ms = performance.now() - began;
  await Promise.all(silent);
  return { ...saidOf(200, "", [...(served === undefined ? [] : [served]), ...(await guards())]), ms };
}

/** Ten times as many as there is room for: who is let in is answered as ever, and who is not is told when to come back. */
const burst = (): Promise<Said> =>
  narrowDoor({ limits: { commandsMax: 2 } }, async (url) => {
    const { statuses, text } = await send(portOf(url), start().repeat(20), { answers: 20 });
    const full = statuses.filter((status) => status === 429);
    const told = text.match(/^retry-after: 1\r$/gim) ?? [];
    const wrong = [
      ...(statuses.length === 20 ? [] : [`${String(statuses.length)} were answered`]),
      ...(statuses.every((status) => status === 200 || status === 429) ? [] : ["somebody was told something else"]),
      ...(told.length === full.length ? [] : ["somebody was not told when to come back"]),
      ...(full.length < statuses.length ? [] : ["nobody was let in"]),
    ];
    return saidOf(full.length > 0 ? 429 : 200, "", wrong);
  });

const startAt = (url: string): Promise<Response> =>
  fetch(`${url}/v1/executions`, { method: "POST", headers: { "content-type": "application/json" }, body: greet });

/** More watchers than there is room for: some are turned away, and the others are told everything. */
const watchers = (): Promise<Said> =>
  narrowDoor({ limits: { streamsMax: 20 } }, async (url) => {
    const execution = await executionIn(await startAt(url));
    const all = await Promise.all(Array.from({ length: 60 }, () => fetch(`${url}/v1/executions/${execution}/events`)));
    const texts = await Promise.all(all.map((one) => one.text()));
    const told = texts.filter((_, index) => all[index]?.status === 200);
    const wrong = told.every((text) => text.includes("event: Completed")) ? [] : ["a stream ended before the end"];
    const others = all.every(({ status }) => status === 200 || status === 429)
      ? []
      : ["somebody was told something else"];
    return saidOf(200, "", [...wrong, ...others, ...(await watchedAgain(url))]);
  });

const watchedAgain = async (url: string): Promise<readonly string[]> => {
  const told = await canary(url);
  return told === undefined ? [] : [told];
};

const crowds: readonly HostileInput[] = [
  asked("K01", "headers that never end", refused(408), () => slowly("GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ")),
  asked("K01", "a body that never ends", refused(408), () =>
    slowly(requestText("POST /v1/executions", [json, "Content-Length: 100"], "{")),
  ),
  asked("K01", "1,500 that say nothing", accepted, idle),
  asked("K12", "60 watchers", accepted, watchers),
  asked("K13", "ten times too many", refused(429), burst),
  asked("K14", "a promise of a body that never comes", refused(408), () =>
    slowly(requestText("POST /v1/executions", [json, "Content-Length: 100", "Expect: 100-continue"])),
  ),
  asked("K14", "1,000 requests in one breath", accepted, async () => {
    const { guarded: guards, serving } = await bench();
    const { statuses } = await send(serving.port, hidden.repeat(1_000), { answers: 1_000, ms: 5_000 });
    const wrong = statuses.length === 1_000 ? [] : [`${String(statuses.length)} were answered`];
    return saidOf(statuses[0] ?? 0, "", [...wrong, ...(await guards())]);
  }),
  ...["h2c", "websocket"].map((protocol) =>
    asked(
      "K14",
      `an upgrade to ${protocol}`,
      accepted,
      sent(
        requestText("GET /livez", ["Connection: Upgrade", `Upgrade: ${protocol}`, "HTTP2-Settings: AAMAAABkAAQAAP__"]) +
          "\r\n",
      ),
    ),
  ),
];

/** What many can do to a server, or one who comes again and again. */
export const crowdInputs: readonly HostileInput[] = [...keys, ...crowds];
