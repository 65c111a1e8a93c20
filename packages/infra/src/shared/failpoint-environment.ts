import { openSync, writeSync } from "node:fs";
import { failpointNames, noFailpoint, retentionFailpointNames } from "@omnibase/spi";
import type { Failpoint, FailpointName } from "@omnibase/spi";

/** What stands in the environment of a process under test. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Action = "kill" | "exit" | "throw";

/** At which hit what happens. */
interface Trap {
  readonly action: Action;
  readonly hit: number;
}

/**
 * Failpoints as a test sets them: `FAILPOINTS="store.group.before-commit=kill@3;effect.after-dispatch=throw@1"`. `kill` is
 * SIGKILL, so nothing is flushed and nobody is told; without `@` it is the first hit.
 *
 * `FAILPOINT_LOG=<file>` gets the name of every failpoint when it is hit first, before anything happens there, which is
 * how a test proves that it was reached. Without either variable this is {@link noFailpoint}.
 */
export function failpointFromEnvironment(environment: Environment): Failpoint {
  const traps = trapsIn(environment["FAILPOINTS"] ?? "");
  const log = environment["FAILPOINT_LOG"];
  if (traps.size === 0 && log === undefined) return noFailpoint;
  const file = log === undefined ? undefined : openSync(log, "a");
  const hits = new Map<FailpointName, number>();
  return (name) => {
    const hit = (hits.get(name) ?? 0) + 1;
    hits.set(name, hit);
    if (hit === 1 && file !== undefined) writeSync(file, `${name}\n`);
    const trap = traps.get(name);
    if (trap?.hit === hit) spring(trap.action, name);
  };
}

function trapsIn(text: string): ReadonlyMap<FailpointName, Trap> {
  const parts = text.split(";").filter((part) => part.trim() !== "");
  return new Map(
    parts.map((part) => {
      const [, name, action, hit = "1"] = /^\s*([\w.-]+)=(kill|exit|throw)(?:@(\d+))?\s*$/.exec(part) ?? [];
      if (!isName(name) || !isAction(action)) throw new Error(`FAILPOINTS: ${part} is not NAME=kill|exit|throw[@HIT]`);
      return [name, { action, hit: Number(hit) }];
    }),
  );
}

const isName = (name: string | undefined): name is FailpointName =>
  [...failpointNames, ...retentionFailpointNames].some((known) => known === name);
const isAction = (action: string | undefined): action is Action =>
  action === "kill" || action === "exit" || action === "throw";

function spring(action: Action, name: FailpointName): void {
  switch (action) {
    case "kill":
      process.kill(process.pid, "SIGKILL");
      // The signal may take a moment to arrive, and until then nothing more may happen on this thread.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      return;
    case "exit":
      process.exit(70);
      return;
    case "throw":
      throw new Error(`failpoint ${name}`);
  }
}
