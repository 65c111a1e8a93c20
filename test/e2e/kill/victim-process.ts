import { fork } from "node:child_process";
import { OwnerGone } from "@omnibase/infra/owner";
import type { ExecutionKey } from "@omnibase/spi";
import type { FromVictim, SentLogs, ToVictim, VictimOptions, VictimRequest } from "./victim-messages.ts";

/** The harness's side of a victim. Every call rejects when it dies first. */
export interface Victim {
  readonly ready: Promise<void>;
  readonly exited: Promise<Exit>;
  keep(digest: string, text: string): Promise<void>;
  log(key: ExecutionKey): Promise<readonly string[]>;
  logs(): Promise<SentLogs>;
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
  const waiting = new Map<number, { resolve(reply: unknown): void; reject(error: Error): void }>();
  let isGone = false;
  let count = 0;
  const answerTo = <T>(id: number): Promise<T> =>
    new Promise((resolve, reject) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are ours, and built together
      waiting.set(id, { resolve: (reply) => resolve(reply as T), reject });
    });
  const ready = answerTo<void>(0);
  ready.catch(() => undefined);
  const ask = <T>(request: VictimRequest): Promise<T> => {
    if (isGone) return Promise.reject(new OwnerGone("the victim is dead"));
    const message: ToVictim = { id: (count += 1), ...request };
    const answer = answerTo<T>(message.id);
    child.send(message, () => undefined);
    return answer;
  };
  child.on("message", ({ fault, id, reply }: FromVictim) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) one?.resolve(reply);
    else one?.reject(new Error(fault));
  });
  const exited = new Promise<Exit>((resolve) => {
    child.on("exit", (code, signal) => {
      isGone = true;
      for (const one of waiting.values()) one.reject(new OwnerGone("the victim is dead"));
      waiting.clear();
      resolve({ code, signal });
    });
  });
  return {
    ready,
    exited,
    keep: (digest, text) => ask({ op: "keep", digest: digest.replace("sha256:", ""), text }),
    log: (key) => ask({ op: "log", key }),
    logs: () => ask({ op: "contents" }),
    leave: () => ask({ op: "leave" }),
    kill: () => void child.kill("SIGKILL"),
  };
}
