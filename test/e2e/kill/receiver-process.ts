import { fork } from "node:child_process";
import type { Call, FromReceiver, Mood, ReceiverRequest, ToReceiver } from "./receiver-messages.ts";

/** The harness's side of the receiver. */
export interface Receiver {
  readonly origin: string;
  mood(campaign: string, mood: Mood): Promise<void>;
  mark(campaign: string): Promise<number>;
  cut(campaign: string): Promise<number>;
  calls(campaign: string, ref?: string): Promise<readonly Call[]>;
  forget(campaign: string): Promise<void>;
  close(): void;
}

/** Slow enough that an effect is nearly always open, and unreliable in every way that a server can be. */
export const stormy: Mood = { delayMsMin: 15, delayMsMax: 200, broken: 0.06, closed: 0.04, late: 0.02, busy: 0.04 };
export const calm: Mood = { delayMsMin: 0, delayMsMax: 2, broken: 0, closed: 0, late: 0, busy: 0 };

export async function startReceiver(file: string, seed: number): Promise<Receiver> {
  const child = fork(file, { env: { ...process.env, KILL_SEED: String(seed) }, stdio: ["ignore", 2, 2, "ipc"] });
  const waiting = new Map<number, (reply: FromReceiver["reply"]) => void>();
  let count = 0;
  child.on("message", ({ id, reply }: FromReceiver) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  });
  const answerTo = (id: number): Promise<FromReceiver["reply"]> => new Promise((resolve) => waiting.set(id, resolve));
  const ask = (request: ReceiverRequest): Promise<FromReceiver["reply"]> => {
    const message: ToReceiver = { id: (count += 1), ...request };
    const answer = answerTo(message.id);
    child.send(message);
    return answer;
  };
  const port = Number(await answerTo(0));
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    mood: async (campaign, mood) => void (await ask({ op: "mood", campaign, mood })),
    mark: async (campaign) => Number(await ask({ op: "mark", campaign })),
    cut: async (campaign) => Number(await ask({ op: "cut", campaign })),
    calls: async (campaign, ref) => {
      const calls = await ask(ref === undefined ? { op: "calls", campaign } : { op: "calls", campaign, ref });
      return typeof calls === "number" ? [] : calls;
    },
    forget: async (campaign) => void (await ask({ op: "forget", campaign })),
    close: () => {
      child.disconnect();
    },
  };
}
