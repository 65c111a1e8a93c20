import { decodeRecord } from "../execution/decode.ts";
import type { DecodedRecord } from "../execution/decode.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import { placeOf } from "../execution/position.ts";
import type { Graph } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import { pointerOf } from "../value/located-value.ts";
import { ownValue } from "../value/present.ts";
import type { Sha256 } from "../value/sha256.ts";
import { resultOf } from "./result.ts";
import { walkOf } from "./walk.ts";
import type { Moment, Visit } from "./walk.ts";

/** One execution as it stands in its log. */
export interface Compared {
  readonly graph: Graph;
  /** Whole and verified. */
  readonly lines: readonly [string, ...string[]];
}

/** In what two executions may differ. Time alone is no difference: no two take the same. */
export type Aspect =
  | "workflow"
  | "snapshot"
  | "engine"
  | "principal"
  | "input"
  | "path"
  | "inputs"
  | "answers"
  | "result"
  | "timing";

/** The first difference in one aspect. */
export interface ExecutionDifference {
  readonly aspect: Aspect;
  /** Where, as a position; absent where it is no place's. */
  readonly place?: string;
  /** Where in the value, as a JSON pointer. */
  readonly path: string;
  /** `null` where there is nothing. */
  readonly before: Json;
  readonly after: Json;
}

/** Every aspect in which they differ, in the order in which one leads to another, and of each the first difference. */
export function compareExecutions(before: Compared, after: Compared, sha256: Sha256): readonly ExecutionDifference[] {
  const [a, b] = [tellOf(before, sha256), tellOf(after, sha256)];
  return [
    ...wholes.flatMap((aspect) => valueDifference(aspect, a.whole[aspect], b.whole[aspect])),
    ...stepDifference("path", a.path, b.path),
    ...stepDifference("inputs", ...shared(a.inputs, b.inputs)),
    ...stepDifference("answers", a.answers, b.answers),
    ...valueDifference("result", a.result, b.result),
    ...timingDifference(a, b),
  ];
}

export const isMoreThanTime = (differences: readonly ExecutionDifference[]): boolean =>
  differences.some(({ aspect }) => aspect !== "timing");

const wholes = ["workflow", "snapshot", "engine", "principal", "input"] as const;

interface Tell {
  readonly whole: { readonly [Name in (typeof wholes)[number]]: Json };
  readonly path: readonly At[];
  readonly inputs: readonly At[];
  readonly answers: readonly At[];
  readonly result: Json;
  readonly durationMs: number;
  /** How long each visit took, by its position. */
  readonly took: ReadonlyMap<string, number>;
}

interface At {
  readonly place: string;
  readonly value: Json;
}

function tellOf({ graph, lines }: Compared, sha256: Sha256): Tell {
  const records = lines.map(decodeRecord);
  const { moments, started } = walkOf(graph, records);
  const { engine, input, principal, snapshot, workflow } = started;
  const result = resultOf({ graph, lines, sha256 });
  const { class: exitClass, duration_ms: durationMs, emitted, exit_node, outcome, outputs, status } = result;
  return {
    whole: { workflow, snapshot, engine, principal, input },
    path: moments.flatMap(leftAt),
    inputs: moments.flatMap(inputsAt),
    answers: records.flatMap((record) => answerIn(graph, record)),
    result: { status, class: exitClass, exit: exit_node, outcome, outputs, emitted },
    durationMs,
    took: new Map(moments.flatMap(tookAt)),
  };
}

const leftAt = (moment: Moment): readonly At[] =>
  moment.kind === "left" ? [{ place: moment.visit.position, value: moment.left?.outcome ?? "CALLED_OFF" }] : [];

const inputsAt = (moment: Moment): readonly At[] =>
  moment.kind === "arrived" ? [{ place: moment.visit.position, value: moment.visit.inputs }] : [];

const tookAt = (moment: Moment): readonly (readonly [string, number])[] =>
  moment.kind === "left" ? [[moment.visit.position, lastingMs(moment.visit, moment.record)]] : [];

const lastingMs = ({ arrivedMs }: Visit, { atMs }: DecodedRecord): number => atMs - arrivedMs;

/** What the world said, without when. */
function answerIn(graph: Graph, { event }: DecodedRecord): readonly At[] {
  switch (event.type) {
    case "Settled":
    case "TaskSettled": {
      const { outcome, place, type } = event;
      return [{ place, value: { type, outcome, value: answered(graph, event) } }];
    }
    case "AttemptFailed": {
      const { attempt, certainty, failure, place, type } = event;
      return [{ place, value: { type, attempt, certainty, failure: { ...failure } } }];
    }
    case "AttemptLost":
      return [{ place: event.place, value: { type: event.type, attempt: event.attempt } }];
    case "Signalled":
      return [{ place: event.name, value: { type: event.type, value: event.value } }];
    case "IncidentResolved":
      return [{ place: event.place, value: { type: event.type, resolution: { ...event.resolution } } }];
    case "CancelRequested":
      return [{ place: "", value: { type: event.type, reason: event.reason } }];
    case "Started":
    case "Imported":
    case "LateAnswer":
    case "TimerFired":
    case "Passed":
    case "AttemptStarted":
    case "IncidentOpened":
    case "Completed":
    case "Cancelled":
      return [];
  }
}

/** A child has an id of its own in every execution, and that is no difference. */
function answered(
  graph: Graph,
  { place, value }: Extract<ExecutionEvent, { readonly type: "Settled" | "TaskSettled" }>,
): Json {
  const at = ownValue(graph.places, placeOf(place));
  if (at?.kind !== "call" || at.work.kind !== "child" || !isObject(value)) return value;
  const { execution: _, ...came } = value;
  return came;
}

/** As far as both went the same way: what comes behind differs because the way does. */
function shared(a: readonly At[], b: readonly At[]): readonly [readonly At[], readonly At[]] {
  const end = a.findIndex(({ place }, index) => place !== b[index]?.place);
  const length = end < 0 ? a.length : end;
  return [a.slice(0, length), b.slice(0, length)];
}

function stepDifference(aspect: Aspect, a: readonly At[], b: readonly At[]): readonly ExecutionDifference[] {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === undefined || other === undefined || one.place !== other.place) {
      return [{ aspect, path: "", before: toldAt(one), after: toldAt(other) }];
    }
    const [found] = valueDifference(aspect, one.value, other.value);
    if (found !== undefined) return [{ ...found, place: one.place }];
  }
  return [];
}

const toldAt = (at: At | undefined): Json => (at === undefined ? null : { place: at.place, value: at.value });

function valueDifference(aspect: Aspect, before: Json, after: Json): readonly ExecutionDifference[] {
  const found = firstIn(before, after, []);
  return found === undefined ? [] : [{ aspect, ...found }];
}

type Found = Pick<ExecutionDifference, "path" | "before" | "after">;

/** The first value that differs, in the order of lists, and of keys. */
function firstIn(
  before: Json | undefined,
  after: Json | undefined,
  keys: readonly (string | number)[],
): Found | undefined {
  const here = { path: pointerOf(keys), before: before ?? null, after: after ?? null };
  if (before === undefined || after === undefined) return here;
  if (canonical(before) === canonical(after)) return undefined;
  const inside = insideOf(before, after);
  return inside === undefined ? here : firstOf(inside, (key, one, other) => firstIn(one, other, [...keys, key]));
}

type Inside = readonly (readonly [key: string | number, before: Json | undefined, after: Json | undefined])[];

/** What two lists, or two objects, hold under the same keys. */
function insideOf(before: Json, after: Json): Inside | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = [...(before.length < after.length ? after : before).keys()];
    return indexes.map((index) => [index, before[index], after[index]]);
  }
  if (!isObject(before) || !isObject(after)) return undefined;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.map((name) => [name, ownValue(before, name), ownValue(after, name)]);
}

function firstOf(inside: Inside, ask: (...one: Inside[number]) => Found | undefined): Found | undefined {
  let found: Found | undefined;
  inside.some((one) => {
    found = ask(...one);
    return found !== undefined;
  });
  return found;
}

/** How long each took, and the place at which they differ the most. */
function timingDifference(a: Tell, b: Tell): readonly ExecutionDifference[] {
  const apart = [...a.took].flatMap(([place, ms]) => {
    const other = b.took.get(place);
    return other === undefined || other === ms ? [] : [{ place, ms, other, by: Math.abs(ms - other) }];
  });
  const [most] = apart.toSorted((one, other) => other.by - one.by);
  if (most !== undefined) {
    return [{ aspect: "timing", place: most.place, path: "", before: most.ms, after: most.other }];
  }
  return valueDifference("timing", a.durationMs, b.durationMs);
}
