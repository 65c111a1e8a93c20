import { failpointNames } from "@omnibase/spi";
import type { LaneFigures } from "./lane.ts";
import { countOf } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** What the lane found, as data: `--json FILE` writes it, and whoever accepts the release reads it. */
export interface KillReport {
  readonly ok: boolean;
  readonly failures: readonly string[];
  readonly kills: number;
  readonly randomKills: number;
  readonly openShare: number;
  readonly powerKills: number;
  readonly lost: number;
  readonly doubled: number;
  readonly unknownIdempotent: number;
  readonly violations: number;
  readonly failpoints: { readonly reached: number; readonly declared: number };
  readonly controls: { readonly red: number; readonly planted: number; readonly green: boolean };
  readonly race: {
    readonly processes: number;
    readonly registrations: number;
    readonly names: number;
    readonly wrong: number;
  };
  readonly counts: { readonly [name: string]: number };
  readonly seconds: number;
}

/** A lane that did nothing finds nothing; each of these must have happened, per hundred kills. */
const leastPerHundredKills = [
  ["acknowledged", 60],
  ["ended", 60],
  ["calls", 300],
  ["timersFired", 40],
  ["attemptsLost", 100],
  ["incidentsResolved", 10],
  ["cancelled", 3],
  ["namesTaken", 10],
] as const;

export function reportOf({ controls, openShareMin, race, seconds, tally }: LaneFigures): KillReport {
  const planted = controls.filter(({ isBreach }) => isBreach);
  const red = planted.filter(({ seen }) => seen.length > 0);
  const green = controls.filter(({ isBreach }) => !isBreach).every(({ seen }) => seen.length === 0);
  const openShare = tally.randomKills === 0 ? 0 : tally.openKills / tally.randomKills;
  const unreached = failpointNames.filter((name) => !tally.failpoints.has(name));
  const { failpoints: _failpoints, violations, ...counts } = tally;
  const failures = [
    ...(violations.length > 0 ? [`${String(violations.length)} violations`] : []),
    ...unreached.map((name) => `nothing died at ${name}`),
    ...(openShare < openShareMin ? [`an effect was open at ${openShare.toFixed(2)} of the random kills`] : []),
    ...planted.filter(({ seen }) => seen.length === 0).map(({ name }) => `nobody saw ${name}`),
    ...(green ? [] : ["two hosts over one store are not harmless"]),
    ...(tally.powerKills > 0 && tally.lostChanges === 0 ? ["no loss of power lost anything"] : []),
    ...race.wrong,
    ...vacuous(tally),
  ];
  return {
    ok: failures.length === 0,
    failures,
    kills: tally.kills,
    randomKills: tally.randomKills,
    openShare,
    powerKills: tally.powerKills,
    lost: countOf(tally, "lost"),
    doubled: countOf(tally, "doubled"),
    unknownIdempotent: countOf(tally, "unknown-idempotent"),
    violations: violations.length,
    failpoints: { reached: failpointNames.length - unreached.length, declared: failpointNames.length },
    controls: { red: red.length, planted: planted.length, green },
    race: { ...race, wrong: race.wrong.length },
    counts,
    seconds: Math.round(seconds),
  };
}

const vacuous = (tally: Tally): readonly string[] =>
  leastPerHundredKills.flatMap(([name, least]) => {
    const count = tally[name];
    return count * 100 >= least * tally.kills ? [] : [`only ${String(count)} ${name} in ${String(tally.kills)} kills`];
  });

export function failpointTable({ failpoints }: Tally): string {
  const width = Math.max(...failpointNames.map(({ length }) => length));
  return failpointNames
    .map((name) => `${name.padEnd(width)}  ${String(failpoints.get(name) ?? 0).padStart(3)}`)
    .join("\n");
}

export function summaryOf(report: KillReport): string {
  const { controls, doubled, failpoints, kills, lost, openShare, powerKills, race, unknownIdempotent, violations } =
    report;
  return [
    `kill-lane: kills=${String(kills)}`,
    `lost=${String(lost)}`,
    `doubled=${String(doubled)}`,
    `unknown-idempotent=${String(unknownIdempotent)}`,
    `violations=${String(violations)}`,
    `failpoints=${String(failpoints.reached)}/${String(failpoints.declared)}`,
    `open-share=${openShare.toFixed(2)}`,
    `power-kills=${String(powerKills)}`,
    `race=${String(race.registrations)}/${String(race.wrong)}-wrong`,
    `controls=${String(controls.red)}/${String(controls.planted)} red`,
    `seconds=${String(report.seconds)}`,
  ].join(" ");
}
