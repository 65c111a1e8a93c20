import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { diceOf } from "./random.ts";
import type { Call, FromReceiver, Mood, ToReceiver } from "./receiver-messages.ts";

/**
 * The world, in a process of its own: whoever kills the victim does not touch what was counted here.
 *
 * A PUT is remembered by its key, so that repetition is harmless; a POST is done once for every time it is asked. Whether
 * it was done says nothing about whether the caller hears of it.
 */
interface OpenCall extends Call {
  answeredMs: number | undefined;
  status: number | undefined;
  receipt: string | undefined;
  cut: boolean;
}

const calls = new Map<string, OpenCall[]>();
const receipts = new Map<string, string>();
const marked = new Map<string, readonly OpenCall[]>();
const dice = diceOf(Number(process.env["KILL_SEED"] ?? 1));
const moods = new Map<string, Mood>();
const even: Mood = { delayMsMin: 0, delayMsMax: 0, broken: 0, closed: 0, late: 0, busy: 0 };
let receiptCount = 0;

const moodFor = (ref: string): Mood => moods.get(campaignOf(ref)) ?? even;
const campaignOf = (ref: string): string => ref.split("-")[0] ?? "";

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    receive(request, response);
  });
});

function receive(request: IncomingMessage, response: ServerResponse): void {
  const [, verb = "", kind = "", mark = "", ref = ""] = (request.url ?? "").split("/");
  const key = String(request.headers["idempotency-key"] ?? "");
  const call: OpenCall = {
    ref,
    mark,
    key,
    receivedMs: Date.now(),
    applied: false,
    answeredMs: undefined,
    status: undefined,
    receipt: undefined,
    cut: false,
  };
  const known = calls.get(campaignOf(ref)) ?? [];
  calls.set(campaignOf(ref), known);
  const refusals = known.filter((one) => one.mark === mark && one.ref === ref && one.status === 503).length;
  known.push(call);
  response.on("close", () => {
    call.cut = call.answeredMs === undefined;
  });
  const failsYet = kind === "flaky" && refusals < 2;
  answerLater(call, response, failsYet ? 503 : statusFor(call, verb === "put"));
}

/** Decides what is done, and then what is said about it. */
function statusFor(call: OpenCall, isRemembered: boolean): number {
  const mood = moodFor(call.ref);
  if (dice.chance(mood.busy)) return 429;
  const isBroken = dice.chance(mood.broken);
  if (isBroken && dice.chance(0.5)) return 500;
  call.applied = true;
  const name = isRemembered ? `${call.ref}/${call.key}` : "";
  call.receipt = receipts.get(name) ?? `R${String((receiptCount += 1))}`;
  if (isRemembered) receipts.set(name, call.receipt);
  return isBroken ? 500 : 200;
}

function answerLater(call: OpenCall, response: ServerResponse, status: number): void {
  const mood = moodFor(call.ref);
  const isClosed = dice.chance(mood.closed);
  const delayMs = dice.between(mood.delayMsMin, mood.delayMsMax) + (dice.chance(mood.late) ? 700 : 0);
  setTimeout(() => {
    if (call.cut) return;
    call.answeredMs = Date.now();
    if (isClosed) {
      response.destroy();
      return;
    }
    call.status = status;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(status === 200 ? JSON.stringify({ receipt: call.receipt }) : "{}");
  }, delayMs);
}

const isOpen = ({ answeredMs, cut }: OpenCall): boolean => answeredMs === undefined && !cut;

function hear(message: ToReceiver): FromReceiver["reply"] {
  switch (message.op) {
    case "mood":
      moods.set(message.campaign, message.mood);
      return 0;
    case "mark": {
      const open = (calls.get(message.campaign) ?? []).filter(isOpen);
      marked.set(message.campaign, open);
      return open.length;
    }
    case "cut":
      return (marked.get(message.campaign) ?? []).filter(({ cut }) => cut).length;
    case "calls": {
      const all = calls.get(message.campaign) ?? [];
      return message.ref === undefined ? all : all.filter(({ ref }) => ref === message.ref);
    }
    case "forget":
      calls.delete(message.campaign);
      marked.delete(message.campaign);
      moods.delete(message.campaign);
      return 0;
  }
}

const say = (message: FromReceiver): void => void process.send?.(message);

process.on("message", (message: ToReceiver) => {
  say({ id: message.id, reply: hear(message) });
});
process.on("disconnect", () => process.exit(0));

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  say({ id: 0, reply: typeof address === "object" && address !== null ? address.port : 0 });
});
