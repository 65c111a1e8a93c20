import { err, ok, parseDuration, type Result, type RetentionRule } from "@omnibase/core";
import { relative, resolve } from "node:path";
import { count } from "../edge/count.ts";
import { counted } from "../edge/counted.ts";
import type { Refused } from "../edge/report.ts";
import type { Context, Given } from "../program/command.ts";
import { forever, isWorkflow, noArchive, retentionClasses } from "../project/config-retention.ts";
import type { Place } from "../project/open.ts";

/** A policy as it is applied: flags say more than the project file. */
export interface Policy {
  readonly rules: readonly RetentionRule[];
  /** Absolute; `undefined`: what goes is kept nowhere. `unsaid`: nobody said. */
  readonly archive: { readonly folder: string | undefined } | "unsaid";
  /** Absent: for ever. */
  readonly rememberMs: number | undefined;
}

export function policyFor(given: Given, place: Place, { io }: Pick<Context, "io">): Result<Policy, Refused> {
  const { config, workspaces } = place;
  const flagged = ruleGiven(given);
  if (!flagged.ok) return flagged;
  const rules = flagged.value === undefined ? (config.retention?.rules ?? []) : [flagged.value];
  if (rules.length === 0) return err(noPolicy);
  const rememberMs = rememberGiven(given, config.retention?.rememberMs);
  if (!rememberMs.ok) return rememberMs;
  const [flag, declared] = [given.text("archive"), config.retention?.archive];
  const [said, base] = flag === undefined ? [declared, workspaces[0]?.root ?? ""] : [flag, io.cwd()];
  if (said === "") return err({ exit: 2, code: "CONFIG_VALUE", message: "--archive names no folder" });
  const folder = said === undefined || said === noArchive ? undefined : resolve(base, said);
  if (folder !== undefined && isWithin(place.dataRoot, folder)) return err(archiveWithin);
  return ok({ rules, archive: said === undefined ? "unsaid" : { folder }, rememberMs: rememberMs.value });
}

const isWithin = (root: string, folder: string): boolean => !relative(root, folder).startsWith("..");

/** Logs that lie in a data root are told to gates that ask for what happened: those of an archive would be told twice. */
const archiveWithin: Refused = {
  exit: 2,
  code: "CONFIG_VALUE",
  message: "the archive would lie in the data root",
  hint: "name a folder outside of it",
};

const noPolicy: Refused = {
  exit: 2,
  code: "RETENTION_NO_RULE",
  message: "nothing says what may go",
  hint: "declare rules under `retention:` in omnibase.yaml, or give --older-than, --keep or both",
};

/** One rule by flags takes the place of all that are declared. */
function ruleGiven(given: Given): Result<RetentionRule | undefined, Refused> {
  const olderThanMs = durationGiven(given, "older-than");
  if (!olderThanMs.ok) return olderThanMs;
  const keep = given.text("keep") === "0" ? ok(0) : count(given, "keep", undefined);
  if (!keep.ok) return keep;
  const workflow = workflowGiven(given);
  if (!workflow.ok) return workflow;
  const classes = retentionClasses.filter((one) => given.list("class").includes(one));
  const bounds = {
    ...(olderThanMs.value === undefined ? {} : { olderThanMs: olderThanMs.value }),
    ...(keep.value === undefined ? {} : { keep: keep.value }),
  };
  const which = {
    ...(workflow.value === undefined ? {} : { workflow: workflow.value }),
    ...(classes.length === 0 ? {} : { classes }),
  };
  if (Object.keys(bounds).length > 0) return ok({ ...which, ...bounds });
  if (Object.keys(which).length === 0) return ok(undefined);
  const message = "--wf and --class say of what, and nothing says when it goes";
  return err({ exit: 2, code: "USAGE_MISSING_OPTION", message, hint: "give --older-than, --keep or both" });
}

function workflowGiven(given: Given): Result<string | undefined, Refused> {
  const workflow = given.text("wf");
  if (workflow === undefined || isWorkflow(workflow)) return ok(workflow);
  return err({ exit: 2, code: "USAGE_INVALID_VALUE", message: "--wf is a workflow like demo::WF_GREET_V0" });
}

function durationGiven(given: Given, option: string): Result<number | undefined, Refused> {
  const text = given.text(option);
  if (text === undefined) return ok(undefined);
  const parsed = parseDuration(text);
  if (parsed.ok) return parsed;
  return err({ exit: 2, code: "USAGE_INVALID_VALUE", message: `--${option} is a duration like P30D or PT12H` });
}

const rememberGiven = (given: Given, declared: number | undefined): Result<number | undefined, Refused> => {
  if (given.text("remember") === undefined) return ok(declared);
  return given.text("remember") === forever ? ok(undefined) : durationGiven(given, "remember");
};

/** A rule as it is printed, and as a tombstone remembers it. */
export function ruleText({ classes, keep, olderThanMs, workflow }: RetentionRule): string {
  const which = [workflow ?? "every workflow", ...(classes === undefined ? [] : [classes.join(" or ")])];
  const bounds = [
    ...(olderThanMs === undefined ? [] : [`ended ${spanText(olderThanMs)} ago or earlier`]),
    ...(keep === undefined ? [] : [`not among the last ${String(keep)}`]),
  ];
  return [...which, ...bounds].join(", ");
}

/** In the largest unit that says it whole. */
export function spanText(ms: number): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
    ["second", 1_000],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ["millisecond", 1];
  return counted(ms / size, unit);
}
