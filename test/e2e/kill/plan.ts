import { failpointNames } from "@omnibase/spi";
import type { FailpointName } from "@omnibase/spi";
import type { CampaignPlan, Death } from "./campaign.ts";
import type { OracleName } from "./oracles/violation.ts";
import type { Dice } from "./random.ts";
import type { Sabotage } from "./victim-messages.ts";

export interface LaneSize {
  readonly kills: number;
  /** How many of them are losses of power. */
  readonly shimKills: number;
  /** At how many of its hits each failpoint kills. */
  readonly hits: number;
  /** At which share of the random moments an effect must have been open. */
  readonly openShareMin: number;
}

export const full: LaneSize = { kills: 520, shimKills: 48, hits: 3, openShareMin: 0.8 };
/** Too few random moments for more than a rough share. */
export const quick: LaneSize = { kills: 70, shimKills: 10, hits: 1, openShareMin: 0.6 };

const deathsPerCampaign = 24;
/** A new data root has most to lose. */
const powerDeathsPerCampaign = 8;
const threads = 14;
const startsMax = 500;
const endMsMax = 20_000;

/** Every failpoint as often as the size says, and random moments for the rest, well mixed, in campaigns. */
export function plansFor(size: LaneSize, dice: Dice, shim: string): readonly CampaignPlan[] {
  const atFailpoints = failpointNames.flatMap((name) =>
    Array.from({ length: size.hits }, (_, index): Death => ({
      kind: "failpoint",
      name,
      hit: isPassedOnce(name) ? 1 : index + 1,
    })),
  );
  const randomCount = Math.max(size.kills - size.shimKills - atFailpoints.length, Math.round(size.kills * 0.2));
  const sound = shuffled([...atFailpoints, ...Array.from({ length: randomCount }, () => moment(dice))], dice);
  const powerless = Array.from({ length: size.shimKills }, () => powerMoment(dice));
  return [
    ...dealt(powerless, powerDeathsPerCampaign).map((deaths, index) =>
      planOf(`power${String(index)}`, deaths, dice, { shim }),
    ),
    ...dealt(sound, deathsPerCampaign).map((deaths, index) => planOf(`kill${String(index)}`, deaths, dice, {})),
  ];
}

/** A life has one beginning and one end, and is asked for little that does not happen by itself. */
const isPassedOnce = (name: FailpointName): boolean =>
  /^(?:owner|snapshot|project|incident)\.|^recover\.(?:begin|end)$|^store\.opened$/.test(name);

/** One more try for what was not reached in the crowd: each alone, at its first hit. */
export function secondPlan(names: readonly FailpointName[], attempt: number, dice: Dice): CampaignPlan {
  const deaths = names.flatMap((name): readonly Death[] => [moment(dice), { kind: "failpoint", name, hit: 1 }]);
  return planOf(`again${String(attempt)}`, deaths, dice, {});
}

function planOf(name: string, deaths: readonly Death[], dice: Dice, more: Partial<CampaignPlan>): CampaignPlan {
  const seed = dice.between(1, 1_000_000_000);
  return { name, seed, deaths, inline: dice.chance(0.3), threads, startsMax, endMsMax, ...more };
}

const moment = (dice: Dice): Death =>
  dice.chance(0.05)
    ? { kind: "young", afterMs: dice.between(30, 160) }
    : { kind: "random", afterMs: dice.between(0, 180) };

const powerPoints: readonly FailpointName[] = [
  "store.group.after-commit",
  "store.group.before-commit",
  "start.before-acknowledge",
  "start.after-acknowledge",
  "operate.after-commit",
  "snapshot.before-rename",
  "snapshot.after-rename",
  "project.before-write",
  "project.after-write",
  "owner.listening",
];

const powerMoment = (dice: Dice): Death =>
  dice.chance(0.3) ? { kind: "failpoint", name: dice.pick(powerPoints), hit: dice.between(1, 3) } : moment(dice);

function dealt(deaths: readonly Death[], each: number): readonly (readonly Death[])[] {
  const count = Math.ceil(deaths.length / each);
  return Array.from({ length: count }, (_, index) => deaths.filter((_death, at) => at % count === index));
}

function shuffled<T>(items: readonly T[], dice: Dice): readonly T[] {
  return items
    .map((item) => ({ item, rank: dice.next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A breach, and the deaths within which it must be seen. */
export interface Control {
  readonly name: string;
  readonly plan: CampaignPlan;
  /** The oracles that must see it. Anything else that they all see is a consequence. */
  readonly seenBy: readonly OracleName[];
  /** `twins` is no breach: it shows that what turns its sister red is the missing check and nothing else. */
  readonly isBreach: boolean;
}

export function controlsFor(dice: Dice, shim: string): readonly Control[] {
  const control = (
    sabotage: Sabotage,
    seenBy: readonly OracleName[],
    deaths: readonly Death[],
    more: Partial<CampaignPlan> = {},
  ): Control => ({
    name: sabotage,
    seenBy,
    plan: planOf(`control-${sabotage}`.replaceAll("-", ""), deaths, dice, {
      sabotage,
      inline: false,
      endMsMax: 6_000,
      ...more,
    }),
    isBreach: sabotage !== "twins",
  });
  const some = (count: number): readonly Death[] => Array.from({ length: count }, () => moment(dice));
  return [
    control("acknowledge-before-commit", ["lost"], some(12)),
    control("dispatch-before-commit", ["doubled"], some(14), { workflows: ["WF_ONCE_V0"] }),
    control("attempt-in-key", ["key"], some(4)),
    control("twins-without-revision-check", doubleTruth, some(4)),
    control("synchronous-off", ["lost"], some(4), { shim }),
    control("timer-not-durable", ["timer", "stuck"], some(8), { workflows: ["WF_RETRY_V0"] }),
    // Each of two hosts gives up when it sees that it is not alone, so not everything ends. Nothing may be wrong.
    control("twins", doubleTruth, some(6)),
  ];
}

const doubleTruth: readonly OracleName[] = ["chain", "doubled", "lost", "untrue", "key", "unknown-idempotent"];
