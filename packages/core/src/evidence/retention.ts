import type { ExitClass } from "../graph/graph.ts";
import { present } from "../value/present.ts";

/** One rule of a policy. Of several the first that speaks of an execution decides about it, and no other. */
export interface RetentionRule {
  /** Absent: of every workflow, each for itself. */
  readonly workflow?: string;
  /** Absent: however it ended. */
  readonly classes?: readonly RetentionClass[];
  /** What ended less long ago stays. */
  readonly olderThanMs?: number;
  /** Of each workflow so many of the last that began stay. */
  readonly keep?: number;
}

export type RetentionClass = ExitClass | "cancelled";

/** What a policy looks at. */
export interface Retained {
  readonly execution: string;
  readonly workflow: string;
  readonly status: "open" | "parked" | "incident" | "ended";
  /** Who asked for it, where that was an execution. */
  readonly parent?: string;
  readonly end?: { readonly class: RetentionClass; readonly endedMs: number };
}

export type RetentionVerdict =
  /** By this rule, from 0. */
  | { readonly goes: true; readonly rule: number }
  | { readonly goes: false; readonly why: Staying }
  /** It may go, and one of those that asked for each other stays. */
  | { readonly goes: false; readonly why: "FAMILY"; readonly because: string };

/** Why one stays that is looked at alone. */
type Staying = "UNDER_WAY" | "INCIDENT" | "NO_RULE" | "YOUNG" | "AMONG_LAST";

/**
 * Which of all executions of a tenant may go, oldest first, each with the reason. Where a rule says an age and a number,
 * only what both let go goes. Executions that asked for each other go together or not at all, so that no log speaks of one
 * that is gone while its own is there.
 */
export function retentionOf(
  rules: readonly RetentionRule[],
  executions: readonly Retained[],
  nowMs: number,
): readonly RetentionVerdict[] {
  const alone = alonesOf(rules, executions, nowMs);
  const roots = rootsOf(executions);
  const staying = new Map<string, string>();
  for (const [index, { execution }] of executions.entries()) {
    const root = present(roots.get(execution));
    if (!present(alone[index]).goes && !staying.has(root)) staying.set(root, execution);
  }
  return executions.map(({ execution }, index): RetentionVerdict => {
    const verdict = present(alone[index]);
    const because = staying.get(present(roots.get(execution)));
    return verdict.goes && because !== undefined ? { goes: false, why: "FAMILY", because } : verdict;
  });
}

type Alone = Exclude<RetentionVerdict, { readonly why: "FAMILY" }>;

/** Each for itself. Those that began last are counted from the end. */
function alonesOf(rules: readonly RetentionRule[], executions: readonly Retained[], nowMs: number): readonly Alone[] {
  const later = new Map<string, number>();
  const verdicts: Alone[] = [];
  for (const one of executions.toReversed()) {
    const rule = rules.findIndex((some) => speaksOf(some, one));
    const name = `${String(rule)} ${one.workflow}`;
    const laterOnes = later.get(name) ?? 0;
    verdicts.push(verdictOn(one, { rule, nowMs, laterOnes, ...rules[rule] }));
    if (one.status === "ended") later.set(name, laterOnes + 1);
  }
  return verdicts.toReversed();
}

function speaksOf({ classes, workflow }: RetentionRule, one: Retained): boolean {
  const isOfClass = classes === undefined || (one.end !== undefined && classes.includes(one.end.class));
  return isOfClass && (workflow === undefined || workflow === one.workflow);
}

interface Asked extends RetentionRule {
  readonly rule: number;
  readonly nowMs: number;
  readonly laterOnes: number;
}

function verdictOn({ end, status }: Retained, { keep = 0, laterOnes, nowMs, olderThanMs = 0, rule }: Asked): Alone {
  if (status === "incident") return { goes: false, why: "INCIDENT" };
  if (status !== "ended" || end === undefined) return { goes: false, why: "UNDER_WAY" };
  if (rule < 0) return { goes: false, why: "NO_RULE" };
  if (nowMs - end.endedMs < olderThanMs) return { goes: false, why: "YOUNG" };
  return laterOnes < keep ? { goes: false, why: "AMONG_LAST" } : { goes: true, rule };
}

/** The first of all who asked for it, as far as they are there. Who asks began before. */
function rootsOf(executions: readonly Retained[]): ReadonlyMap<string, string> {
  const roots = new Map<string, string>();
  for (const { execution, parent } of executions) {
    roots.set(execution, parent === undefined ? execution : (roots.get(parent) ?? execution));
  }
  return roots;
}
