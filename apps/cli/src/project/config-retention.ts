import { parseDuration, parseIdentifier } from "@omnibase/core";
import type { Located, LocatedEntry, Problem, RetentionClass, RetentionRule } from "@omnibase/core";
import { dataRule, mapAt, textAt, textsAt, unknownKey, type Rule } from "./config-values.ts";

/** What stays of what has ended, and for how long. */
export interface RetentionPolicy {
  /** A folder, relative to the project file; `none`: what goes is kept nowhere. Absent: a flag must say it. */
  readonly archive?: string;
  /** For how long what is gone is remembered, and a repeated start recognised. Absent: for ever. */
  readonly rememberMs?: number;
  readonly rules: readonly RetentionRule[];
}

/** The word that stands for no archive. */
export const noArchive = "none";

/** The word that stands for no end. */
export const forever = "forever";

export const retentionClasses: readonly RetentionClass[] = ["completed", "rejected", "failed", "cancelled"];

export function retentionIn(entry: LocatedEntry, problems: Problem[]): RetentionPolicy {
  const policy: { archive?: string; rememberMs?: number; rules: readonly RetentionRule[] } = { rules: [] };
  for (const inner of mapAt(entry.value, "retention", problems)) {
    if (inner.key === "archive") policy.archive = textAt(inner, problems, dataRule) ?? "";
    else if (inner.key === "remember") Object.assign(policy, rememberIn(inner, problems));
    else if (inner.key === "rules") policy.rules = rulesIn(inner, problems);
    else problems.push(unknownKey(inner, ["archive", "remember", "rules"]));
  }
  return policy;
}

const durationRule: Rule = (text) => (parseDuration(text).ok ? undefined : "a duration is written like P30D or PT12H");

/** A duration that the rule let through. */
function msIn(text: string): number | undefined {
  const parsed = parseDuration(text);
  return parsed.ok ? parsed.value : undefined;
}

const rememberRule: Rule = (text) => (text === forever ? undefined : durationRule(text));

function rememberIn(entry: LocatedEntry, problems: Problem[]): { readonly rememberMs?: number } {
  const rememberMs = msIn(textAt(entry, problems, rememberRule) ?? "");
  return rememberMs === undefined ? {} : { rememberMs };
}

function rulesIn({ key, value }: LocatedEntry, problems: Problem[]): readonly RetentionRule[] {
  if (value.kind === "list") return value.items.map((item) => ruleIn(item, problems));
  problems.push({ code: "CONFIG_TYPE", severity: "error", message: `${key} is a list of maps`, at: value.at });
  return [];
}

export function isWorkflow(text: string): boolean {
  const [space = "", code = "", ...more] = text.split("::");
  return parseIdentifier(space, "namespace").ok && parseIdentifier(code, "name").ok && more.length === 0;
}

const workflowRule: Rule = (text) => (isWorkflow(text) ? undefined : "a workflow is written like demo::WF_GREET_V0");

const isClass = (text: string): text is RetentionClass => retentionClasses.some((one) => one === text);
const classRule: Rule = (text) => (isClass(text) ? undefined : `a class is one of ${retentionClasses.join(", ")}`);

function ruleIn(item: Located, problems: Problem[]): RetentionRule {
  const rule: { -readonly [Key in keyof RetentionRule]: RetentionRule[Key] } = {};
  for (const inner of mapAt(item, "a rule", problems)) {
    if (inner.key === "workflow") rule.workflow = textAt(inner, problems, workflowRule) ?? "";
    else if (inner.key === "class") rule.classes = textsAt(inner, problems, classRule).filter(isClass);
    else if (inner.key === "older_than") rule.olderThanMs = msIn(textAt(inner, problems, durationRule) ?? "") ?? 0;
    else if (inner.key === "keep") rule.keep = countIn(inner, problems);
    else problems.push(unknownKey(inner, ["workflow", "class", "older_than", "keep"]));
  }
  if (rule.olderThanMs === undefined && rule.keep === undefined) {
    const message = "a rule says older_than, keep, or both";
    problems.push({ code: "CONFIG_VALUE", severity: "error", message, at: item.at });
  }
  return rule;
}

const countMax = 1_000_000_000;

function countIn({ key, value }: LocatedEntry, problems: Problem[]): number {
  const count = value.kind === "scalar" ? value.value : undefined;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= countMax) return count;
  problems.push({ code: "CONFIG_TYPE", severity: "error", message: `${key} is a number from 0`, at: value.at });
  return 0;
}
