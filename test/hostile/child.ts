import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Called, Timed } from "./case.ts";
import { differences, openHome, type Home } from "./home.ts";
import { documentIn } from "./problem.ts";

const program = fileURLToPath(new URL("../../apps/cli/bin/omnibase.mjs", import.meta.url));
const hook = fileURLToPath(new URL("peak.mjs", import.meta.url));

/** Whoever is not done by then is ended. */
const msMax = 10_000;

let count = 0;

/** Calls the product in a home of its own and says all that can be seen of it from outside. */
export async function callIn(called: Called): Promise<{ readonly said: Timed; readonly home: Home }> {
  const home = openHome(called.files);
  called.arrange?.(home);
  const before = home.data();
  count += 1;
  const peakFile = join(tmpdir(), `omnibase-peak-${String(process.pid)}-${String(count)}`);
  const began = performance.now();
  const child = start(called, home, peakFile);
  feed(child, called);
  const [stdout, stderr, exit] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
  const ms = performance.now() - began;
  const { document, problem } = documentIn(stdout);
  const peakKib = peakIn(peakFile);
  const changed = differences(before, home.data());
  return { home, said: { exit, stdout, stderr, document, problem, ms, peakKib, changed } };
}

function start({ argv, env = {}, shell, stdin, uid }: Called, home: Home, peakFile: string): ChildProcess {
  const command = [process.execPath, "--import", pathToFileURL(hook).href, program, ...argv];
  const words = shell === undefined ? command : ["/bin/sh", "-c", shell, "sh", ...command];
  const [file = "", ...args] = words;
  const { FORCE_COLOR: _, NO_COLOR: __, NODE_OPTIONS: ___, ...inherited } = process.env;
  return spawn(file, args, {
    cwd: home.path,
    env: { ...inherited, OMNIBASE_TEST_PEAK: peakFile, ...env },
    stdio: [stdin === undefined || stdin === "none" ? "ignore" : "pipe", "pipe", "pipe"],
    timeout: msMax,
    killSignal: "SIGKILL",
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

/** A reader that goes away is none of our business. */
function feed({ stdin: pipe }: ChildProcess, { stdin }: Called): void {
  if (pipe === null) return;
  pipe.on("error", () => undefined);
  if (stdin instanceof Uint8Array) pipe.end(stdin);
  else if (stdin === "endless") pour(pipe);
  else pipe.end();
}

function pour(pipe: Writable): void {
  const piece = Buffer.alloc(65_536, 0x20);
  const more = (): void => {
    while (pipe.writable && pipe.write(piece));
  };
  pipe.on("drain", more);
  more();
}

async function textOf(stream: ChildProcess["stdout"]): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream ?? []) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

async function exitOf(child: ChildProcess): Promise<number> {
  await once(child, "close");
  return child.exitCode ?? 128;
}

function peakIn(file: string): number {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return Number.NaN;
  } finally {
    rmSync(file, { force: true });
  }
}
