import type { Called, HostileInput, Timed, Waiting } from "./case.ts";
import { callIn } from "./child.ts";
import { judge, msMaxOf, type Baseline } from "./judge.ts";
import { rememberUnbroken } from "./rows-artifacts.ts";
import { runEcho } from "./rows-payloads.ts";
import { inputs, waiting } from "./rows.ts";

export interface Failed {
  readonly row: string;
  readonly name: string;
  readonly wrong: readonly string[];
}

export interface Summary {
  /** Rows of the corpus with at least one input. */
  readonly rows: number;
  readonly inputs: number;
  readonly passed: number;
  readonly failed: readonly Failed[];
  readonly waiting: readonly Waiting[];
  readonly slowestMs: number;
}

/** As many as there are processors in the smallest machine that runs this. */
const atOnce = 2;

/** Runs every input, or those that are given, in the lane where a user can reach it. */
export async function runHostile(asked: readonly HostileInput[] = inputs): Promise<Summary> {
  const baseline = await baselineOf();
  const failed: Failed[] = [];
  const late: HostileInput[] = [];
  let slowestMs = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let input = asked[next++]; input !== undefined; input = asked[next++]) {
      const answered = await once(input, baseline);
      if (answered.ms > msMaxOf(input)) late.push(input);
      else note(input, answered);
    }
  };
  const note = (input: HostileInput, { ms, wrong }: Held): void => {
    slowestMs = Math.max(slowestMs, ms);
    if (wrong.length > 0) failed.push({ row: input.row, name: input.name, wrong });
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const input of late) note(input, await aloneInTime(input, baseline));
  const rows = new Set(asked.map(({ row }) => row)).size;
  return { rows, inputs: asked.length, passed: asked.length - failed.length, failed, waiting, slowestMs };
}

/** The unbroken project compiles and runs. Without that, every refusal below would say nothing. */
async function baselineOf(): Promise<Baseline> {
  const peaks: number[] = [];
  const unbroken: readonly Called[] = [
    { argv: ["check", "--json"] },
    { argv: ["compile", "--json"] },
    { argv: runEcho, files: { "payload.json": '{"value":1}' } },
  ];
  for (const called of unbroken) {
    const { home, said } = await callIn(called);
    home.remove();
    if (said.exit !== 0) throw new Error(`the unbroken project is refused: ${said.stdout}${said.stderr}`);
    if (called.argv[0] === "compile") rememberUnbroken(said.document);
    peaks.push(said.peakKib ?? 0);
  }
  return { peakKib: Math.max(...peaks) };
}

interface Held {
  readonly wrong: readonly string[];
  readonly ms: number;
}

/** A machine that is busy with something else is no fault of ours: what was late is asked again, alone. */
async function aloneInTime(input: HostileInput, baseline: Baseline): Promise<Held> {
  const msMax = msMaxOf(input);
  let answered = await once(input, baseline);
  for (let asked = 1; asked < asksMax && answered.ms > msMax; asked += 1) answered = await once(input, baseline);
  return answered;
}

const asksMax = 3;

async function once(input: HostileInput, baseline: Baseline): Promise<Held> {
  const { ask } = input;
  if ("argv" in ask) {
    const { home, said } = await callIn(ask);
    const wrong = judge(input, said, home, baseline);
    home.remove();
    return { wrong, ms: said.ms };
  }
  const began = performance.now();
  const answered = await ask.call();
  const said: Timed = { ms: performance.now() - began, ...answered };
  const complaint = said.stderr === "" ? [] : [said.stderr];
  return { wrong: [...complaint, ...judge(input, said, undefined, baseline)], ms: said.ms };
}
