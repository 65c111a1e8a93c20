import { fork } from "node:child_process";
import type { FromVictim, ToVictim, VictimOptions, VictimRequest } from "./victim-messages.ts";

/** The harness's side of a victim. Every call rejects when it dies first. */
export interface Victim {
  readonly ready: Promise<void>;
  readonly exited: Promise<Exit>;
  keep(digest: string, text: string): Promise<void>;
  leave(): Promise<void>;
  kill(): void;
}

export interface Exit {
  readonly signal: string | null;
  readonly code: number | null;
}

export function startVictim(file: string, options: VictimOptions, environment: NodeJS.ProcessEnv): Victim {
  const child = fork(file, {
    env: { ...process.env, UV_USE_IO_URING: "0", ...environment, KILL_VICTIM: JSON.stringify(options) },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  let isGone = false;
  let count = 0;
  const answerTo = (id: number): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    });
  const ready = answerTo(0);
  ready.catch(() => undefined);
  const ask = (request: VictimRequest): Promise<void> => {
    if (isGone) return Promise.reject(new Error("the victim is dead"));
    const message: ToVictim = { id: (count += 1), ...request };
    const answer = answerTo(message.id);
    child.send(message, () => undefined);
    return answer;
  };
  child.on("message", ({ fault, id }: FromVictim) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) one?.resolve();
    else one?.reject(new Error(fault));
  });
  const exited = new Promise<Exit>((resolve) => {
    child.on("exit", (code, signal) => {
      isGone = true;
      for (const one of waiting.values()) one.reject(new Error("the victim is dead"));
      waiting.clear();
      resolve({ code, signal });
    });
  });
  return {
    ready,
    exited,
    keep: (digest, text) => ask({ op: "keep", digest: digest.replace("sha256:", ""), text }),
    leave: () => ask({ op: "leave" }),
    kill: () => void child.kill("SIGKILL"),
  };
}
