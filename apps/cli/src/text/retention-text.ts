import { instantText, printable, type Json } from "@omnibase/core";
import { counted } from "../edge/counted.ts";
import type { Applied } from "../data/retention-apply.ts";
import type { Policy } from "../data/retention-policy.ts";
import { ruleText, spanText } from "../data/retention-policy.ts";
import { freedBytes, type Going, type RetentionPlan, type Staying } from "../data/retention-plan.ts";
import { totalBytes } from "../data/disk-use.ts";
import { sizeText } from "./size-text.ts";
import { shownPath, typed } from "./result-text.ts";

/** Why executions stay, in words. */
const reasons: { readonly [Why in Staying]: string } = {
  UNDER_WAY: "under way",
  INCIDENT: "a person must decide on them first",
  NO_RULE: "no rule speaks of them",
  YOUNG: "ended too short a time ago",
  AMONG_LAST: "among the last that are kept",
  FAMILY: "asked for by, or asking for, one that stays",
};

const listedMax = 20;

export function planText(plan: RetentionPlan, policy: Policy): string {
  const { disk, goes, snapshots, stays } = plan;
  const stay = Object.values(stays).reduce((sum, count) => sum + count, 0);
  const left =
    goes.length > listedMax ? [`           and ${String(goes.length - listedMax)} more; --json lists all`] : [];
  return [
    `would go   ${counted(goes.length, "execution")}, ${counted(recordsOf(goes), "record")}`,
    ...goes.slice(0, listedMax).map((one) => `           ${goingText(one)}`),
    ...left,
    ...policy.rules.flatMap((rule, index) => {
      const count = goes.filter((one) => one.rule === index).length;
      return count === 0 ? [] : [`  by rule  ${ruleText(rule)}: ${String(count)}`];
    }),
    ...(snapshots.files === 0 ? [] : [`           ${counted(snapshots.files, "snapshot")} that nothing needs then`]),
    `would stay ${counted(stay, "execution")}`,
    ...Object.entries(reasons).flatMap(([why, reason]) => {
      const count = Object.entries(stays).find(([name]) => name === why)?.[1] ?? 0;
      return count === 0 ? [] : [`           ${String(count)} ${reason}`];
    }),
    `frees      about ${sizeText(freedBytes(plan))} of ${sizeText(totalBytes(disk))}`,
    `archive    ${archiveText(policy)}`,
    `remember   ${policy.rememberMs === undefined ? "for ever" : `for ${spanText(policy.rememberMs)}`}`,
  ].join("\n");
}

const recordsOf = (goes: readonly Going[]): number => goes.reduce((sum, { records }) => sum + records, 0);

function goingText({ end, execution, workflow }: Going): string {
  const ended = end === undefined ? [] : [instantText(end.endedMs), end.class];
  return [execution, workflow, ...ended].join("  ");
}

const archiveText = ({ archive }: Policy): string =>
  archive === "unsaid" ? "nobody said: --archive DIR, or --archive none" : (archive.folder ?? "none");

/** The same facts for programs. */
export function planFacts(plan: RetentionPlan, policy: Policy): { readonly [name: string]: Json } {
  const { disk, goes, snapshots, stays } = plan;
  const executions = goes.map(({ bytes, end, execution, records, rule, workflow }) => ({
    execution,
    workflow,
    class: end?.class ?? null,
    outcome: end?.outcome ?? null,
    ended_at: end === undefined ? null : instantText(end.endedMs),
    records,
    bytes,
    rule,
  }));
  return {
    rules: policy.rules.map(ruleText),
    archive: policy.archive === "unsaid" ? null : (policy.archive.folder ?? "none"),
    remember_ms: policy.rememberMs ?? null,
    goes: { executions, records: recordsOf(goes), snapshots: { ...snapshots } },
    stays: { ...stays },
    frees_bytes: freedBytes(plan),
    disk: diskFacts(disk),
  };
}

const diskFacts = ({ implementations, snapshots, store }: RetentionPlan["disk"]): Json => ({
  store: store === undefined ? null : { bytes: store.bytes, free_bytes: store.freeBytes, records: store.records },
  snapshots: { ...snapshots },
  implementations: { ...implementations },
});

export function appliedText({ archives, damaged, freedBytes: freed, removed, spared, swept }: Applied): string {
  return [
    `removed    ${counted(removed, "execution")}`,
    ...archives.map((folder) => `archive    ${printable(shownPath(folder))}`),
    ...(spared === 0 ? [] : [`spared     ${counted(spared, "execution")} that changed meanwhile`]),
    ...damaged.map((execution) => `damaged    ${execution}: its log does not hold, and it stays`),
    ...(swept.files === 0 ? [] : [`swept      ${counted(swept.files, "file")}, ${sizeText(swept.bytes)}`]),
    `gave back  ${sizeText(freed)}`,
    ...archives.slice(0, 1).map((folder) => `\nomnibase verify ${typed(shownPath(folder))}`),
  ].join("\n");
}

export const appliedFacts = ({ archives, damaged, freedBytes: freed, removed, spared, swept }: Applied): object => ({
  removed,
  spared,
  damaged,
  archives,
  swept,
  freed_bytes: freed,
});
