import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeSnapshotFile, replay } from "@omnibase/core";
import { sha256, trustOf } from "@omnibase/infra/crypto";
import { failpointNames } from "@omnibase/spi";
import { runCampaign } from "./campaign.ts";
import type { CampaignPlan, Lane } from "./campaign.ts";
import { judge } from "./oracles/judge.ts";
import type { Replayer } from "./oracles/reading-evidence.ts";
import type { Violation } from "./oracles/violation.ts";
import { controlsFor, plansFor, secondPlan } from "./plan.ts";
import type { LaneSize } from "./plan.ts";
import { buildShim } from "./power-loss.ts";
import { compileProject, laneKey, transformOf } from "./project.ts";
import type { Project } from "./project.ts";
import { noRace, race } from "./race.ts";
import type { RaceFigures } from "./race.ts";
import { diceOf } from "./random.ts";
import type { Dice } from "./random.ts";
import { startReceiver } from "./receiver-process.ts";
import { newTally, record } from "./tally.ts";
import type { Tally } from "./tally.ts";

export interface LaneOptions {
  readonly root: string;
  /** Where the bundled processes lie. */
  readonly programs: string;
  readonly size: LaneSize;
  readonly seed: number;
  /** Only campaigns whose name begins so, to look at one again. */
  readonly only: string;
  readonly say: (line: string) => void;
}

export interface LaneFigures {
  readonly tally: Tally;
  readonly controls: readonly {
    readonly name: string;
    readonly isBreach: boolean;
    readonly seen: readonly Violation[];
  }[];
  readonly race: RaceFigures;
  readonly openShareMin: number;
  readonly seconds: number;
}

/** How often a breach may escape before it counts as unseen. */
const attemptsMax = 4;

/** Data roots that are worked on at once. */
const atOnce = 2;

/** Kills, breaches and races, with everything that anybody could see of them counted. */
export async function runLane({ only, programs, root, say, seed, size }: LaneOptions): Promise<LaneFigures> {
  const began = performance.now();
  const dice = diceOf(seed);
  const folder = mkdtempSync(join(tmpdir(), "kill-"));
  const shim = join(programs, "shim.so");
  buildShim(join(root, "test/e2e/kill/shim.c"), shim);
  const receiver = await startReceiver(join(programs, "receiver.js"), seed);
  try {
    const project = projectsOf(root, receiver.origin);
    const lane: Lane = { receiver, victimFile: join(programs, "victim.js"), folder, project };
    const world: World = { lane, replayer: replayerOf(project(0)), say };
    const tally = newTally();
    const plans = plansFor(size, dice, shim).filter(({ name }) => name.startsWith(only));
    await inParallel(plans, (plan) => witness(world, plan, tally));
    const { openShareMin } = size;
    if (only !== "") {
      return {
        tally,
        controls: await runControls(world, { dice, only, shim }),
        race: noRace,
        openShareMin,
        seconds: 0,
      };
    }
    await reachTheRest(world, tally, dice);
    const controls = await runControls(world, { dice, only, shim });
    const raced = await race(lane, say);
    return { tally, controls, race: raced, openShareMin, seconds: (performance.now() - began) / 1_000 };
  } finally {
    receiver.close();
    tidy(folder, say);
  }
}

/** Where something went wrong a victim may still live, and what it leaves must not hide what went wrong. */
function tidy(folder: string, say: (line: string) => void): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    say(`${folder} is left: ${String(error)}`);
  }
}

interface World {
  readonly lane: Lane;
  readonly replayer: Replayer;
  readonly say: (line: string) => void;
}

async function witness({ lane, replayer, say }: World, plan: CampaignPlan, tally: Tally): Promise<void> {
  const evidence = await runCampaign(lane, plan);
  const violations = judge(evidence, replayer);
  record(tally, evidence, violations, plan);
  const { acknowledged } = tally;
  say(
    `${plan.name}: ${String(evidence.kills.length)} kills, ${String(violations.length)} violations; ${String(tally.kills)} kills, end ${String(evidence.endMs)} ms, ${String(acknowledged)} acknowledged so far`,
  );
  for (const { detail, oracle } of violations.slice(0, 10)) say(`  ${oracle}: ${detail} (seed ${String(plan.seed)})`);
}

/** A failpoint that nobody died at is asked for again, in a quieter place. */
async function reachTheRest(world: World, tally: Tally, dice: Dice): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const missing = failpointNames.filter((name) => (tally.failpoints.get(name) ?? 0) === 0);
    if (missing.length === 0) return;
    await witness(world, secondPlan(missing, attempt, dice), tally);
  }
}

interface Breaches {
  readonly dice: Dice;
  readonly only: string;
  readonly shim: string;
}

async function runControls(
  { lane, replayer, say }: World,
  { dice, only, shim }: Breaches,
): Promise<LaneFigures["controls"]> {
  const results: LaneFigures["controls"][number][] = [];
  const planted = controlsFor(dice, shim).filter(({ plan }) => plan.name.startsWith(only));
  await inParallel(planted, async ({ isBreach, name, plan, seenBy }) => {
    let seen: readonly Violation[] = [];
    // Chance may spare a breach; it does not do so again and again.
    for (let attempt = 0; attempt < (isBreach ? attemptsMax : 1) && seen.length === 0; attempt += 1) {
      const evidence = await runCampaign(lane, { ...plan, seed: plan.seed + attempt });
      seen = judge(evidence, replayer).filter(({ oracle }) => seenBy.includes(oracle));
    }
    results.push({ name, isBreach, seen });
    const oracles = [...new Set(seen.map(({ oracle }) => oracle))].join(", ");
    say(`control ${name}: ${seen.length === 0 ? "green" : `red (${oracles})`}, must be ${isBreach ? "red" : "green"}`);
    if (!isBreach) for (const { detail, oracle } of seen.slice(0, 10)) say(`  ${oracle}: ${detail}`);
  });
  return results;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function projectsOf(root: string, origin: string): (variant: number) => Project {
  const projects = new Map<number, Project>();
  return (variant) => {
    const project = projects.get(variant) ?? compileProject(root, origin, variant);
    projects.set(variant, project);
    return project;
  };
}

function replayerOf({ text }: Project): Replayer {
  const decoded = decodeSnapshotFile(Buffer.from(text), { sha256, trust: trustOf([laneKey()]) });
  if (!decoded.ok) throw new Error(decoded.error.detail);
  const { graphs } = decoded.value;
  return (workflow, lines) => {
    const graph = graphs[workflow];
    if (graph === undefined) throw new Error(`impossible: no ${workflow}`);
    return replay(graph, { sha256, transform: transformOf }, lines);
  };
}
