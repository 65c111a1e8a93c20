import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { OwnerGone } from "@omnibase/infra/owner";
import type { FailpointName } from "@omnibase/spi";
import { allWorkflows, newClient, pause } from "./client.ts";
import type { Client } from "./client.ts";
import { newHistory } from "./history.ts";
import type { History } from "./history.ts";
import { losePower } from "./power-loss.ts";
import type { Project } from "./project.ts";
import { diceOf } from "./random.ts";
import type { Dice } from "./random.ts";
import { readAll } from "./reading.ts";
import type { Contents } from "./reading.ts";
import type { Call } from "./receiver-messages.ts";
import { calm, stormy } from "./receiver-process.ts";
import type { Receiver } from "./receiver-process.ts";
import type { Sabotage } from "./victim-messages.ts";
import { startVictim } from "./victim-process.ts";
import type { Victim } from "./victim-process.ts";

/** When a victim dies. */
export type Death =
  | { readonly kind: "failpoint"; readonly name: FailpointName; readonly hit: number }
  /** So long after it was at work: on a slow machine that comes late. */
  | { readonly kind: "random"; readonly afterMs: number }
  /** So long after its process was made. */
  | { readonly kind: "young"; readonly afterMs: number };

export interface Kill {
  readonly death: Death;
  /** Whether it died as planned; a failpoint that was not reached in time is followed by a kill all the same. */
  readonly planned: boolean;
  /** Calls that lost their caller by it. */
  readonly open: number;
}

export interface CampaignPlan {
  readonly name: string;
  readonly seed: number;
  readonly deaths: readonly Death[];
  readonly inline: boolean;
  readonly threads: number;
  readonly startsMax: number;
  /** What is asked for; all of it where nothing is said. */
  readonly workflows?: readonly string[];
  readonly sabotage?: Sabotage;
  /** How long everything may take to come to an end when nobody disturbs it any more. */
  readonly endMsMax: number;
  /** The library that makes a kill a loss of power. */
  readonly shim?: string;
}

/** What there is to judge: everything that anybody outside saw, and everything that the data root says. */
export interface Evidence {
  readonly history: History;
  readonly contents: Contents;
  readonly calls: readonly Call[];
  readonly kills: readonly Kill[];
  readonly lostChanges: number;
  /** How long it took from the birth of the last owner until everything was over. */
  readonly endMs: number;
}

export interface Lane {
  readonly receiver: Receiver;
  readonly victimFile: string;
  readonly folder: string;
  readonly project: (variant: number) => Project;
}

interface CampaignState extends CampaignPlan {
  readonly lane: Lane;
  readonly dataRoot: string;
  readonly history: History;
  readonly dice: Dice;
  readonly client: Client;
  /** Who lives at the moment, or lived last. */
  victim: Victim | undefined;
  variants: number;
  lostChanges: number;
}

const reachMsMax = 2_500;

/** Kills owners of one data root, one after the other, lets the last one live, and collects what everybody knows then. */
export async function runCampaign(lane: Lane, plan: CampaignPlan): Promise<Evidence> {
  const campaign = await begin(lane, plan);
  const kills: Kill[] = [];
  for (const death of plan.deaths) {
    kills.push(await round(campaign, death));
    if (isHopeless(campaign)) break;
  }
  const endMs = await comeToAnEnd(campaign);
  const { dataRoot, history } = campaign;
  const contents = await contentsOf(dataRoot, history);
  const calls = await lane.receiver.calls(plan.name);
  await lane.receiver.forget(plan.name);
  rmSync(dataRoot, { recursive: true, force: true });
  return { history, contents, calls, kills, lostChanges: campaign.lostChanges, endMs };
}

/** A store that a planted breach has torn tells nothing any more. */
async function contentsOf(dataRoot: string, history: History): Promise<Contents> {
  try {
    return await readAll(dataRoot);
  } catch (error) {
    history.complaints.push(`lost: the store cannot be read: ${String(error)}`);
    return { rows: [], logs: new Map(), journal: [] };
  }
}

async function begin(lane: Lane, plan: CampaignPlan): Promise<CampaignState> {
  const dataRoot = join(lane.folder, plan.name);
  mkdirSync(dataRoot, { recursive: true });
  const history = newHistory(plan.name);
  const dice = diceOf(plan.seed);
  const { digest, text } = lane.project(0);
  await lane.receiver.mood(plan.name, stormy);
  const { startsMax, workflows = allWorkflows } = plan;
  const client = newClient({
    dataRoot,
    snapshot: digest,
    history,
    receiver: lane.receiver,
    dice,
    readLog: (key) => campaign.victim?.log(key) ?? Promise.reject(new OwnerGone("nobody lives yet")),
    startsMax,
    workflows,
  });
  const campaign: CampaignState = {
    ...plan,
    lane,
    dataRoot,
    history,
    dice,
    client,
    victim: undefined,
    variants: 0,
    lostChanges: 0,
  };
  const first = born(campaign, {});
  await first.ready;
  await first.keep(digest, text);
  // Without power nobody leaves in order, and what a new data root promised is the first thing to be lost.
  if (plan.shim === undefined) await first.leave();
  first.kill();
  await first.exited;
  loseWhatWasNotSynced(campaign);
  campaign.client.work(plan.threads);
  return campaign;
}

function born(campaign: CampaignState, environment: NodeJS.ProcessEnv): Victim {
  const { dataRoot, inline, lane, sabotage, shim } = campaign;
  const shimmed =
    shim === undefined ? {} : { LD_PRELOAD: shim, SHIM_ROOT: dataRoot, SHIM_JOURNAL: `${dataRoot}.journal` };
  const options = { dataRoot, inline, ...(sabotage === undefined ? {} : { sabotage }) };
  const victim = startVictim(lane.victimFile, options, { ...environment, ...shimmed });
  campaign.victim = victim;
  return victim;
}

/** One life and one death. */
async function round(campaign: CampaignState, death: Death): Promise<Kill> {
  const trap = death.kind === "failpoint" ? { FAILPOINTS: `${death.name}=kill@${String(death.hit)}` } : {};
  const victim = born(campaign, trap);
  const stop = cue(campaign, victim, death);
  const isOver = await isDeadAfter(campaign, victim, death);
  const open = isOver ? 0 : await kill(campaign, victim);
  stop();
  const { code, signal } = await victim.exited;
  if (signal !== "SIGKILL") campaign.history.complaints.push(`victim: ended by itself with ${String(code ?? signal)}`);
  loseWhatWasNotSynced(campaign);
  return { death, planned: death.kind === "failpoint" ? isOver : !isOver, open };
}

/** Waits for the moment. `true`: the victim died before it, at a failpoint. */
async function isDeadAfter(campaign: CampaignState, victim: Victim, death: Death): Promise<boolean> {
  const died = victim.exited.then(() => true);
  if (death.kind === "young") return Promise.race([died, pause(death.afterMs).then(() => false)]);
  if (death.kind === "failpoint") return Promise.race([died, pause(reachMsMax).then(() => false)]);
  return Promise.race([died, atWork(campaign, victim, death.afterMs).then(() => false)]);
}

/** Calls somebody, or has long had the chance to. */
async function atWork({ history, lane, name }: CampaignState, victim: Victim, afterMs: number): Promise<void> {
  try {
    await victim.ready;
  } catch (error) {
    history.complaints.push(`victim: ${String(error)}`);
  }
  const beganMs = performance.now();
  while (performance.now() - beganMs < reachMsMax && (await lane.receiver.mark(name)) === 0) await pause(8);
  await pause(afterMs);
}

async function kill({ lane, name }: CampaignState, victim: Victim): Promise<number> {
  await lane.receiver.mark(name);
  victim.kill();
  await victim.exited;
  await pause(2);
  return lane.receiver.cut(name);
}

/** What does not happen by itself: snapshots that are kept, files that are written, an owner that is asked to leave. */
function cue(campaign: CampaignState, victim: Victim, death: Death): () => void {
  const { client, dice, lane } = campaign;
  const wanted = death.kind === "failpoint" ? death.name.split(".")[0] : "";
  const over = new AbortController();
  const whenReady = async (): Promise<void> => {
    await victim.ready;
    if (wanted === "snapshot" || dice.chance(0.05)) {
      campaign.variants += 1;
      const { digest, text } = lane.project(campaign.variants);
      quietly(victim.keep(digest, text));
    }
    if (death.kind === "failpoint" && death.name === "owner.drain") {
      await pause(100);
      quietly(victim.leave());
    }
    if (dice.chance(0.3)) await fetchLogs(campaign, victim);
    const { digest } = lane.project(0);
    const times = wanted === "project" ? 100 : dice.between(0, 2);
    for (let time = 0; time < times && !over.signal.aborted; time += 1) {
      const owner = await client.owner();
      await owner.project({ tenant: "default", snapshot: digest, workflow: "kill::WF_CLAIM_V0" });
      await pause(30);
    }
  };
  quietly(whenReady());
  return () => {
    over.abort();
  };
}

/** For work that a kill may end at any moment. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

/** Nobody may have the store open meanwhile, and what nobody syncs, the memory that is shared, goes too. */
function loseWhatWasNotSynced(campaign: CampaignState): void {
  const { dataRoot, dice, shim } = campaign;
  if (shim === undefined) return;
  rmSync(join(dataRoot, ".omnibase/store.db-shm"), { force: true });
  const isStrict = dice.chance(0.5);
  const { lost } = losePower(`${dataRoot}.journal`, (unsynced) => (isStrict ? 0 : dice.between(0, unsynced)));
  campaign.lostChanges += lost;
}

/** What was read once must stay: everything that comes later only follows it. */
async function fetchLogs({ history }: CampaignState, victim: Victim): Promise<void> {
  for (const [execution, lines] of await victim.logs()) {
    const before = history.fetched.get(execution) ?? [];
    if (before.some((line, index) => lines[index] !== line)) history.complaints.push(`prefix: ${execution} changed`);
    history.fetched.set(execution, lines);
  }
}

/** A planted breach is often so bad that nothing works any more; then it has been seen. */
const isHopeless = ({ history }: CampaignState): boolean => history.complaints.length > 20;

async function comeToAnEnd(campaign: CampaignState): Promise<number> {
  const { client, endMsMax, history, lane, name } = campaign;
  await lane.receiver.mood(name, calm);
  const began = performance.now();
  const last = born(campaign, {});
  const over = client.finish().then(() => undefined);
  const early = last.exited.then(({ code, signal }) => `the last owner ended by itself with ${String(code ?? signal)}`);
  const late = pause(endMsMax).then(() => `not everything came to an end in ${String(endMsMax)} ms`);
  const trouble = await Promise.race([over, early, late]);
  if (trouble !== undefined) history.complaints.push(`end: ${trouble}`);
  const endMs = Math.round(performance.now() - began);
  client.abandon();
  await Promise.race([last.leave().catch(() => undefined), pause(2_000)]);
  last.kill();
  await last.exited;
  return endMs;
}
