import { instantMs } from "../value/instant.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import type { AnswerGiven } from "./command.ts";
import type { ExecutionEvent, Parent, PassedStep, Resolution } from "./events.ts";

export interface DecodedRecord {
  readonly revision: number;
  readonly prev: string | undefined;
  readonly atMs: number;
  readonly event: ExecutionEvent;
}

/**
 * Reads what `recordLine` wrote. Its bytes are verified elsewhere; a record that does not fit its type is a broken log,
 * and that is a crash, never a skip.
 */
export function decodeRecord(line: string): DecodedRecord {
  const record: Json = JSON.parse(line);
  if (!isObject(record)) throw broken("record");
  const { body, prev } = record;
  if (!isObject(body)) throw broken("body");
  if (prev !== null && typeof prev !== "string") throw broken("prev");
  const atMs = instant(record, "at");
  return {
    revision: count(record, "revision"),
    prev: prev ?? undefined,
    atMs,
    event: eventOf(text(record, "type"), atMs, body),
  };
}

const broken = (what: string): Error => new Error(`impossible: a record whose ${what} is not what was written`);

function text(from: JsonObject, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw broken(name);
  return value;
}

function textItem(value: Json): string {
  if (typeof value !== "string") throw broken("list");
  return value;
}

function count(from: JsonObject, name: string): number {
  const value = from[name];
  if (typeof value !== "number") throw broken(name);
  return value;
}

function any(from: JsonObject, name: string): Json {
  const value = from[name];
  if (value === undefined) throw broken(name);
  return value;
}

function list(from: JsonObject, name: string): readonly Json[] {
  const value = from[name];
  if (!Array.isArray(value)) throw broken(name);
  return value;
}

function instant(from: JsonObject, name: string): number {
  const ms = instantMs(text(from, name));
  if (ms === undefined) throw broken(name);
  return ms;
}

/** One row for each event: a new one does not compile until it can be read back. */
const readers: {
  readonly [Type in ExecutionEvent["type"]]: (
    body: JsonObject,
    atMs: number,
  ) => Extract<ExecutionEvent, { readonly type: Type }>;
} = {
  Started: (body, atMs) => ({
    type: "Started",
    atMs,
    engine: text(body, "engine"),
    execution: text(body, "execution"),
    input: any(body, "input"),
    principal: text(body, "principal"),
    snapshot: text(body, "snapshot"),
    tenant: text(body, "tenant"),
    workflow: text(body, "workflow"),
    ...(body["isolation"] === undefined ? {} : { isolation: list(body, "isolation").map(textItem) }),
    ...(body["parent"] === undefined ? {} : { parent: parentOf(body["parent"]) }),
  }),
  Imported: (body, atMs) => ({
    type: "Imported",
    atMs,
    digest: text(body, "digest"),
    file: text(body, "file"),
    store: text(body, "store"),
  }),
  Passed: (body) => ({ type: "Passed", steps: list(body, "steps").map(stepOf) }),
  AttemptStarted: (body) => ({ type: "AttemptStarted", place: text(body, "place"), attempt: count(body, "attempt") }),
  Settled: (body, atMs) => ({
    type: "Settled",
    atMs,
    place: text(body, "place"),
    attempt: count(body, "attempt"),
    outcome: text(body, "outcome"),
    value: any(body, "value"),
  }),
  AttemptFailed: (body, atMs) => ({
    type: "AttemptFailed",
    atMs,
    place: text(body, "place"),
    attempt: count(body, "attempt"),
    certainty: oneOf(["not-done", "unknown"] as const, text(body, "certainty")),
    failure: failureOf(any(body, "failure")),
    ...(body["retry_at"] === undefined ? {} : { retryAtMs: instant(body, "retry_at") }),
  }),
  AttemptLost: (body, atMs) => ({
    type: "AttemptLost",
    atMs,
    place: text(body, "place"),
    attempt: count(body, "attempt"),
  }),
  LateAnswer: (body, atMs) => ({
    type: "LateAnswer",
    atMs,
    place: text(body, "place"),
    attempt: count(body, "attempt"),
    answer: any(body, "answer"),
  }),
  TimerFired: (body, atMs) => ({ type: "TimerFired", atMs, place: text(body, "place") }),
  Signalled: (body, atMs) => ({
    type: "Signalled",
    atMs,
    by: text(body, "by"),
    id: text(body, "id"),
    name: text(body, "name"),
    value: any(body, "value"),
  }),
  TaskSettled: (body, atMs) => ({
    type: "TaskSettled",
    atMs,
    by: text(body, "by"),
    outcome: text(body, "outcome"),
    place: text(body, "place"),
    value: any(body, "value"),
  }),
  IncidentOpened: (body) => ({
    type: "IncidentOpened",
    place: text(body, "place"),
    attempt: count(body, "attempt"),
    code: oneOf(incidentCodes, text(body, "code")),
    detail: text(body, "detail"),
  }),
  IncidentResolved: (body, atMs) => ({
    type: "IncidentResolved",
    atMs,
    place: text(body, "place"),
    by: text(body, "by"),
    resolution: resolutionOf(body),
  }),
  CancelRequested: (body, atMs) => ({
    type: "CancelRequested",
    atMs,
    by: text(body, "by"),
    reason: text(body, "reason"),
    deadlineMs: instant(body, "deadline"),
  }),
  Completed: (body) => ({
    type: "Completed",
    class: oneOf(exitClasses, text(body, "class")),
    emitted: list(body, "emitted").map(textItem),
    exit: text(body, "exit"),
    outcome: text(body, "outcome"),
    outputs: any(body, "outputs"),
  }),
  Cancelled: (body) => ({ type: "Cancelled", reason: text(body, "reason") }),
};

const exitClasses = ["completed", "rejected", "failed"] as const;

const incidentCodes = [
  "OUTCOME_UNKNOWN",
  "POISON_EFFECT",
  "RETRIES_EXHAUSTED",
  "TRANSFORM_ERROR",
  "TRANSFORM_LIMIT",
  "INPUT_MISSING",
  "UNDECLARED_OUTCOME",
  "IMPLEMENTATION_CHANGED",
  "EVENT_SCHEMA",
] as const;

function oneOf<Name extends string>(names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) throw broken(given);
  return found;
}

function eventOf(type: string, atMs: number, body: JsonObject): ExecutionEvent {
  if (!isEventType(type)) throw broken(`type ${type}`);
  return readers[type](body, atMs);
}

const isEventType = (type: string): type is ExecutionEvent["type"] => Object.hasOwn(readers, type);

function stepOf(step: Json): PassedStep {
  if (!isObject(step)) throw broken("step");
  const { value } = step;
  return {
    place: text(step, "place"),
    outcome: text(step, "outcome"),
    ...(value === undefined ? {} : { value }),
    ...(step["digest"] === undefined ? {} : { digest: text(step, "digest") }),
  };
}

function failureOf(failure: Json): { readonly code: string; readonly message: string } {
  if (!isObject(failure)) throw broken("failure");
  return { code: text(failure, "code"), message: text(failure, "message") };
}

function parentOf(parent: Json): Parent {
  if (!isObject(parent)) throw broken("parent");
  return { execution: text(parent, "execution"), place: text(parent, "place") };
}

function resolutionOf(body: JsonObject): Resolution {
  const kind = oneOf(["done", "not-done", "retry"] as const, text(body, "resolution"));
  return kind === "done" ? { kind, outcome: text(body, "outcome"), value: any(body, "value") } : { kind };
}

/** Reads back what was kept of a late answer. Whether a late "not done" might have been retried is of no account. */
export function answerIn(evidence: Json): AnswerGiven {
  if (!isObject(evidence)) throw broken("answer");
  const kind = oneOf(["done", "not-done", "unknown"] as const, text(evidence, "kind"));
  if (kind === "done") return { kind, outcome: text(evidence, "outcome"), value: any(evidence, "value") };
  const failure = failureOf(any(evidence, "failure"));
  return kind === "not-done" ? { kind, failure, retryable: false } : { kind, failure };
}
