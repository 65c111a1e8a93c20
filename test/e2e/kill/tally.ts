import type { FailpointName } from "@omnibase/spi";
import type { CampaignPlan, Evidence } from "./campaign.ts";
import type { OracleName, Violation } from "./oracles/violation.ts";

/** What was done and seen in all campaigns together. */
export interface Tally {
  kills: number;
  randomKills: number;
  /** Random kills that cut at least one call. */
  openKills: number;
  powerKills: number;
  lostChanges: number;
  acknowledged: number;
  ended: number;
  records: number;
  calls: number;
  timersFired: number;
  attemptsLost: number;
  incidentsResolved: number;
  cancelled: number;
  namesTaken: number;
  /** The longest that an owner took to bring everything to an end. */
  endMsMax: number;
  readonly failpoints: Map<FailpointName, number>;
  readonly violations: Violation[];
}

export const newTally = (): Tally => ({
  kills: 0,
  randomKills: 0,
  openKills: 0,
  powerKills: 0,
  lostChanges: 0,
  acknowledged: 0,
  ended: 0,
  records: 0,
  calls: 0,
  timersFired: 0,
  attemptsLost: 0,
  incidentsResolved: 0,
  cancelled: 0,
  namesTaken: 0,
  endMsMax: 0,
  failpoints: new Map(),
  violations: [],
});

export function record(tally: Tally, evidence: Evidence, violations: readonly Violation[], plan: CampaignPlan): void {
  recordKills(tally, evidence, plan);
  const { calls, contents, history, lostChanges } = evidence;
  const events = [...contents.logs.values()].flat();
  const count = (type: string): number => events.filter((line) => line.endsWith(`"type":"${type}"}`)).length;
  tally.endMsMax = Math.max(tally.endMsMax, evidence.endMs);
  tally.lostChanges += lostChanges;
  tally.acknowledged += history.starts.filter(({ acknowledged }) => acknowledged).length;
  tally.ended += contents.rows.filter(({ status }) => status === "ended").length;
  tally.records += events.length;
  tally.calls += calls.length;
  tally.timersFired += count("TimerFired");
  tally.attemptsLost += count("AttemptLost");
  tally.incidentsResolved += count("IncidentResolved");
  tally.cancelled += count("Cancelled");
  tally.namesTaken += contents.journal.length;
  tally.violations.push(...violations);
}

function recordKills(tally: Tally, { kills }: Evidence, { shim }: CampaignPlan): void {
  for (const { death, open, planned } of kills) {
    tally.kills += 1;
    if (shim !== undefined) tally.powerKills += 1;
    if (death.kind === "failpoint") {
      if (planned) tally.failpoints.set(death.name, (tally.failpoints.get(death.name) ?? 0) + 1);
      continue;
    }
    tally.randomKills += 1;
    if (open > 0) tally.openKills += 1;
  }
}

export const countOf = ({ violations }: Tally, oracle: OracleName): number =>
  violations.filter((one) => one.oracle === oracle).length;
