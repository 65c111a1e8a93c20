import type { Graph } from "../../graph/graph.ts";
import { present } from "../../value/present.ts";
import type { Trace, TraceEntry } from "../trace.ts";
import { endingOf } from "./ending.ts";
import { isStructural, type Finding, type Rule } from "./finding.ts";
import { admissionDenied } from "./rules/admission-denied.ts";
import { admissionFieldMissing } from "./rules/admission-field-missing.ts";
import { cancelled } from "./rules/cancelled.ts";
import { childEnded } from "./rules/child-ended.ts";
import { declaredOutcome } from "./rules/declared-outcome.ts";
import { earlyExit } from "./rules/early-exit.ts";
import { effectFailed } from "./rules/effect-failed.ts";
import { incidentAt } from "./rules/incident.ts";
import { inputMissing } from "./rules/input-missing.ts";
import { noTransition } from "./rules/no-transition.ts";
import { notAcknowledged } from "./rules/not-acknowledged.ts";
import { roundsExhausted } from "./rules/rounds-exhausted.ts";
import { timedOut } from "./rules/timed-out.ts";
import { transformError } from "./rules/transform-error.ts";
import { objectsAt, storyOf, text, type Story } from "./story.ts";
import { waitsIn, type Wait } from "./waits.ts";

/** `business`: it did what was declared for what was sent. `structural`: something must be repaired or decided. */
export type Verdict = "clean" | "waiting" | "business" | "structural";

/** What became of an execution, and why. */
export interface Examination {
  readonly execution: string;
  readonly workflow: string;
  readonly status: string;
  readonly verdict: Verdict;
  /** The first is the one to look at. */
  readonly findings: readonly Finding[];
  /** Incidents that a person has resolved. */
  readonly resolved: readonly Resolved[];
  /** What the contracts came to, in their order. */
  readonly outcomes: readonly NodeOutcome[];
  readonly waits: readonly Wait[];
  /** Where something was undone, and how it ended. */
  readonly undone: readonly NodeOutcome[];
  /** Executions that were asked for and have something to say of it. */
  readonly children: readonly string[];
}

export interface Resolved {
  readonly node: string;
  readonly by: string;
  /** `done SUCCESS`, `not-done`, `retry`. */
  readonly resolution: string;
}

export interface NodeOutcome {
  readonly node: string;
  readonly code: string;
  readonly outcome: string;
}

/** In this order, and the first that holds is why; where none does, an outcome was declared to end it so. */
const rules: readonly Rule[] = [
  notAcknowledged,
  admissionDenied,
  admissionFieldMissing,
  noTransition,
  childEnded,
  inputMissing,
  transformError,
  effectFailed,
  timedOut,
  roundsExhausted,
];

/** Classifies what a trace tells. With the graph it knows what was needed and had no value. */
export function examine(trace: Trace, graph?: Graph): Examination {
  const story = storyOf(trace, graph);
  const { entries } = story;
  const last = present(entries.at(-1));
  const isOver = last.kind === "workflow_complete";
  const findings = isOver ? whyEnded(story, last) : incidentsIn(story, last);
  const waits = isOver ? [] : waitsIn(story, last);
  const children = [...findings, ...waits].flatMap(({ child }) => child ?? []);
  const { execution, workflow } = trace;
  return {
    execution,
    workflow,
    status: text(last, "status"),
    verdict: verdictOf(findings, isOver),
    findings,
    resolved: resolvedIn(story),
    outcomes: outcomesIn(story),
    waits,
    undone: undoneIn(story),
    children,
  };
}

function whyEnded(story: Story, end: TraceEntry): readonly Finding[] {
  const meaning = text(end, "class");
  if (meaning === "cancelled") return [cancelled(story, end)];
  const ending = endingOf(story, end);
  if (ending === undefined) return [];
  if (meaning !== "completed") return [firstOf(rules, (rule) => rule(ending)) ?? declaredOutcome(ending)];
  const found = earlyExit(ending);
  return found === undefined ? [] : [found];
}

function firstOf<A, B>(all: readonly A[], ask: (one: A) => B | undefined): B | undefined {
  for (const one of all) {
    const found = ask(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every incident that is open, in the order in which it stands at its places. */
const incidentsIn = (story: Story, standing: TraceEntry): readonly Finding[] =>
  standingAt(standing).flatMap((node) => {
    const opened = story.entries.findLast(
      (entry) => text(entry, "error_type") === "IncidentOpened" && text(entry, "node_id") === node,
    );
    return opened === undefined ? [] : [incidentAt(story, opened)];
  });

const standingAt = (standing: TraceEntry): readonly string[] =>
  objectsAt(standing, "standing").flatMap((payload) =>
    payload["stage"] === "incident" ? [text({ payload }, "node_id")] : [],
  );

function verdictOf(findings: readonly Finding[], isOver: boolean): Verdict {
  if (findings.some(isStructural)) return "structural";
  if (findings.length > 0) return "business";
  return isOver ? "clean" : "waiting";
}

const resolvedIn = ({ entries }: Story): readonly Resolved[] =>
  entries.flatMap((entry) => {
    if (text(entry, "audit_type") !== "IncidentResolved") return [];
    const resolution = [text(entry, "resolution"), text(entry, "outcome")].filter((word) => word !== "").join(" ");
    return [{ node: text(entry, "place"), by: text(entry, "by"), resolution }];
  });

/** Contracts at the workflow's own level. */
const outcomesIn = (story: Story): readonly NodeOutcome[] =>
  story.entries.flatMap((entry) => {
    const node = text(entry, "node_id");
    const start = story.starts.get(node);
    const isContract = start !== undefined && text(start, "node_type") === "capability_contract";
    return entry.kind === "node_end" && isContract ? [outcomeOf(entry, start)] : [];
  });

const undoneIn = (story: Story): readonly NodeOutcome[] =>
  story.entries.flatMap((entry) => {
    const start = story.starts.get(text(entry, "node_id"));
    const isEnd = entry.kind === "side_effect_end" || entry.kind === "transform_end";
    return isEnd && start?.payload["undoes"] === true ? [outcomeOf(entry, start)] : [];
  });

const outcomeOf = (end: TraceEntry, start: TraceEntry): NodeOutcome => ({
  node: text(end, "node_id"),
  code: text(start, "capability_code"),
  outcome: text(end, "status"),
});
