import { fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Lane } from "./campaign.ts";
import { readAll } from "./reading.ts";

export interface RaceFigures {
  readonly processes: number;
  readonly registrations: number;
  readonly names: number;
  /** Names that were not taken exactly once, replies that never came, processes that failed. */
  readonly wrong: readonly string[];
}

export interface RacerOptions {
  readonly dataRoot: string;
  readonly racer: number;
  readonly snapshot: string;
  readonly text: string;
}

export const noRace: RaceFigures = { processes: 0, registrations: 0, names: 0, wrong: [] };

const processes = 8;
export const registrationsEach = 200;
export const raceNames = 64;

/** Processes that want the same names at once, each through a session of its own: one of them is the owner. */
export async function race(lane: Lane, say: (line: string) => void): Promise<RaceFigures> {
  const dataRoot = join(lane.folder, "race");
  mkdirSync(dataRoot);
  const { digest, text } = lane.project(0);
  const file = join(lane.victimFile, "../racer.js");
  const codes = await Promise.all(
    Array.from({ length: processes }, (_, racer) => run(file, { dataRoot, racer, snapshot: digest, text })),
  );
  const wrong = codes.flatMap((code, racer) =>
    code === 0 ? [] : [`racer ${String(racer)} ended with ${String(code)}`],
  );
  const { journal, logs } = await readAll(dataRoot);
  const taken = new Map<string, number>();
  for (const line of [...logs.values()].flat()) {
    const name = nameTaken(line);
    if (name !== undefined) taken.set(name, (taken.get(name) ?? 0) + 1);
  }
  const twice = [...taken.values()].filter((count) => count !== 1).length;
  if (twice > 0) wrong.push(`${String(twice)} names were taken twice`);
  if (journal.length !== taken.size) wrong.push(`${String(journal.length)} lines for ${String(taken.size)} names`);
  if (taken.size !== raceNames) wrong.push(`${String(taken.size)} names were taken of ${String(raceNames)}`);
  const registrations = logs.size;
  if (registrations !== processes * registrationsEach) wrong.push(`${String(registrations)} executions are there`);
  say(
    `race: ${String(processes)} processes, ${String(registrations)} registrations, ${String(taken.size)} names, ${String(wrong.length)} wrong`,
  );
  for (const one of wrong) say(`  ${one}`);
  return { processes, registrations, names: taken.size, wrong };
}

/** The address stands for the name here: it is made new for whoever wins. */
function nameTaken(line: string): string | undefined {
  const record: {
    readonly type: string;
    readonly body: {
      readonly place?: string;
      readonly outcome?: string;
      readonly value?: { readonly address?: string };
    };
  } = JSON.parse(line);
  const { outcome, place, value } = record.body;
  return record.type === "Settled" && place === "CC_CLAIM/take" && outcome === "SUCCESS" ? value?.address : undefined;
}

function run(file: string, options: RacerOptions): Promise<number | null> {
  const child = fork(file, {
    env: { ...process.env, KILL_RACER: JSON.stringify(options) },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  return new Promise((resolve) => void child.on("exit", resolve));
}
