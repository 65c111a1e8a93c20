import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../apps/cli/bin/omnibase.mjs", import.meta.url));

/** `omnibase serve` as a process of its own, as it ships. */
export interface Serving {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Every line of its log so far. */
  readonly said: readonly string[];
  signal(name: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export interface ServingOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Resolves when it listens. */
export async function serving(folder: string, { args = [], env = {} }: ServingOptions = {}): Promise<Serving> {
  const child = spawn(process.execPath, [program, "serve", "--listen", "127.0.0.1:0", ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  const ended = once(child, "close").then(() => child.signalCode ?? child.exitCode ?? -1);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const address = /"msg":"listening","address":"(.*?)"/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    void ended.then((how) => reject(new Error(`serve ended with ${String(how)}: ${said.join("\n")}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? -1,
    said,
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Asks, as a client that knows HTTP. */
export const ask = (url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(
    url,
    body === undefined
      ? { headers }
      : { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) },
  );
