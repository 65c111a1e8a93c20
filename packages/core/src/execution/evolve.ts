import { isPure } from "../graph/graph.ts";
import type { OutcomeName, PlaceName } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { assertNever } from "../value/result.ts";
import { admit } from "./admit.ts";
import type { AttemptFailed, Cancelled, Completed, ExecutionEvent, IncidentOpened } from "./events.ts";
import type { IncidentResolved, Passed, Settled, Started } from "./events.ts";
import { isGiven } from "./events.ts";
import { exitKey, stepAt } from "./program.ts";
import type { PreparedExit, Program, Step } from "./program.ts";
import { outcomeBy } from "./when.ts";
import type { ExecutionState, Live, Running, Stage } from "./state.ts";

/** A step that was passed because an input it cannot do without had no value. */
export const inputMissing = "INPUT_MISSING";

/** Facts that leave an execution running. */
export type Onward = Exclude<ExecutionEvent, Started | Completed | Cancelled>;

/** Folds one fact into the state. Pure. A fact that cannot follow means the log is broken, and that is a crash. */
export function evolve(program: Program, state: ExecutionState, event: ExecutionEvent): ExecutionState {
  if (event.type === "Started") return begin(program, state, event);
  if (state.phase !== "running") throw new Error(`impossible: ${event.type} when ${state.phase}`);
  if (event.type === "Cancelled") return { phase: "cancelled", atMs: state.atMs };
  if (event.type !== "Completed") return follow(program, state, event);
  standingAt(state, { place: event.exit });
  return { phase: "completed", atMs: state.atMs, class: event.class };
}

export function follow(program: Program, before: Running, event: Onward): Running {
  const state = isGiven(event) ? { ...before, atMs: event.atMs } : before;
  switch (event.type) {
    case "Settled":
      return settle(program, openAt(state, event), settledAs(program, event), event.value);
    case "Passed":
      return passed(program, state, event);
    case "AttemptStarted":
      return { ...state, at: { ...standingAt(state, event).at, stage: { kind: "open" }, attempt: event.attempt } };
    case "AttemptFailed":
      return failed(program, openAt(state, event), event);
    case "AttemptLost":
      return lost(program, openAt(state, event));
    case "TimerFired":
      return state.at.stage.kind === "waiting" && state.at.place === event.place ? reopened(program, state, {}) : state;
    case "IncidentOpened":
      return opened(standingAt(state, event), event);
    case "IncidentResolved":
      return resolved(program, standingAt(state, event), event);
    case "CancelRequested":
      return { ...state, cancelling: { reason: event.reason, deadlineMs: event.deadlineMs } };
    case "LateAnswer":
    case "Imported":
      return state;
    default:
      return assertNever(event);
  }
}

export function begin(program: Program, state: ExecutionState, event: Started): Running {
  if (state.phase !== "unborn") throw new Error(`impossible: Started when ${state.phase}`);
  const { atMs, execution, input, tenant } = event;
  const fresh: Running = {
    phase: "running",
    tenant,
    execution,
    atMs,
    arrivedMs: atMs,
    received: input,
    payload: input,
    results: new Map(),
    at: { stage: { kind: "ready" }, place: program.start.name, attempt: 1, failures: 0, lost: 0 },
  };
  return { ...fresh, at: { ...fresh.at, stage: stageOnArrival(program.start, fresh) } };
}

function standingAt(state: Running, { place }: { readonly place: string }): Running {
  if (state.at.place !== place) throw new Error(`impossible: a fact about ${place} when at ${state.at.place}`);
  return state;
}

/** A record keeps what was answered. What it comes to is read off it again, always alike. */
function settledAs(program: Program, { outcome, place, value }: Settled): OutcomeName {
  const decided = outcomeBy(stepAt(program, place), outcome, value);
  if (decided === undefined) throw new Error(`impossible: ${place} answered what leads nowhere`);
  return decided;
}

/** Only an attempt that is open can end. */
function openAt(state: Running, event: { readonly place: string; readonly attempt: number }): Running {
  const { attempt, stage } = standingAt(state, event).at;
  if (stage.kind === "open" && attempt === event.attempt) return state;
  throw new Error(`impossible: attempt ${String(event.attempt)} at ${event.place} ended and was not open`);
}

const opened = (state: Running, { attempt, code }: IncidentOpened): Running => ({
  ...state,
  at: { ...state.at, stage: { kind: "incident", code }, attempt },
});

/** Pure steps are followed again from what the record says; nothing is computed that it does not say. */
function passed(program: Program, state: Running, { steps }: Passed): Running {
  let current = state;
  for (const step of steps) current = settle(program, standingAt(current, step), step.outcome, step.value);
  return current;
}

/**
 * Keeps what a place answered and goes where the outcome says. `undefined`: a value that nobody reads any more. Values
 * whose last reader lies behind are let go, so the state is as large as what is still to be read.
 */
export function settle(program: Program, state: Running, outcome: OutcomeName, value: Json | undefined): Running {
  const step = stepAt(program, state.at.place);
  const results = new Map(state.results);
  if (value !== undefined) results.set(step.name, value);
  const settled = { ...state, arrivedMs: state.atMs, payload: payloadAfter(step, state), results };
  const way = wayOut(program, step, outcome);
  if ("scope" in way) results.set(way.scope, way.outputs(settled));
  const target = stepAt(program, way.to);
  for (const of of results.keys()) {
    if ((program.lastReaders.get(of) ?? -1) < target.order) results.delete(of);
  }
  const fresh = { place: target.name, attempt: 1, failures: 0, lost: 0 };
  return { ...settled, at: { ...fresh, stage: stageOnArrival(target, settled) } };
}

/** Whether what was answered has an edge: only what was declared counts, never what every object has. That no input was missing is known before anyone is asked. */
export const routes = ({ place }: Step, outcome: OutcomeName): boolean =>
  place.kind === "call" && outcome !== inputMissing && Object.hasOwn(place.edges, outcome);

/** Where an outcome leads. A way out of a scope also says what the scope returns, which is kept among the results. */
function wayOut(
  program: Program,
  { name, place }: Step,
  outcome: OutcomeName,
): { readonly to: PlaceName } | PreparedExit {
  if (place.kind === "exit") throw new Error(`impossible: ${name} is an exit and ended in ${outcome}`);
  const edge = outcome === inputMissing ? place.missing : ownValue(place.edges, outcome);
  if (edge === undefined) throw new Error(`impossible: ${name} ended in ${outcome}, which has no edge`);
  if ("undone" in edge) throw new Error("impossible: nothing is undone yet");
  return "to" in edge ? edge : present(program.exits.get(exitKey(place.scope, edge.leave)));
}

/** Admission is computed again, because it is pure and the input stands in the log already. */
function payloadAfter({ place }: Step, { payload, received }: Running): Json {
  return place.kind === "call" && place.work.kind === "admit"
    ? admit(place.work.fields, received, place.work.open).payload
    : payload;
}

/**
 * Work on our own store, and work that may be repeated, is open at once; all else waits for a decision. Once someone has
 * asked to cancel, nothing new is opened.
 */
function stageOnArrival({ place, required }: Step, state: Running): Stage {
  if (place.kind === "exit" || isPure(place.work) || state.cancelling !== undefined) return { kind: "ready" };
  if (place.work.kind === "effect" && !place.work.idempotent) return { kind: "ready" };
  return { kind: required.every((evaluate) => evaluate(state) !== undefined) ? "open" : "ready" };
}

/**
 * With a time to try again it waits. Without one the outcome is FAILED, unless nobody knows what happened: then it stays
 * where it is, and so it does where FAILED has no edge. An incident follows.
 */
function failed(program: Program, state: Running, { certainty, retryAtMs }: AttemptFailed): Running {
  const at: Live = { ...state.at, failures: state.at.failures + 1, lost: 0 };
  if (retryAtMs !== undefined) return { ...state, at: { ...at, stage: { kind: "waiting", dueMs: retryAtMs } } };
  const isUnknown = certainty === "unknown" && !isIdempotentAt(program, state);
  return isUnknown ? { ...state, at } : exhausted(program, { ...state, at });
}

function lost(program: Program, state: Running): Running {
  const lostInRow = state.at.lost + 1;
  if (isIdempotentAt(program, state)) return reopened(program, state, { lost: lostInRow });
  return { ...state, at: { ...state.at, lost: lostInRow } };
}

function exhausted(program: Program, state: Running): Running {
  return routes(stepAt(program, state.at.place), "FAILED") ? settle(program, state, "FAILED", {}) : state;
}

function reopened(program: Program, state: Running, changes: Partial<Live>): Running {
  const stage = stageOnArrival(stepAt(program, state.at.place), state);
  return { ...state, at: { ...state.at, stage, attempt: state.at.attempt + 1, ...changes } };
}

function resolved(program: Program, state: Running, { place, resolution }: IncidentResolved): Running {
  if (state.at.stage.kind !== "incident")
    throw new Error(`impossible: an incident resolved at ${place}, and none open`);
  switch (resolution.kind) {
    case "done":
      return settle(program, state, resolution.outcome, resolution.value);
    case "retry":
      return reopened(program, state, { failures: 0, lost: 0 });
    case "not-done": {
      const failures = state.at.failures + 1;
      if (failures < attemptsMaxAt(program, state)) return reopened(program, state, { failures, lost: 0 });
      return exhausted(program, { ...state, at: { ...state.at, failures } });
    }
  }
}

function isIdempotentAt(program: Program, state: Running): boolean {
  const { place } = stepAt(program, state.at.place);
  return place.kind === "call" && place.work.kind === "effect" && place.work.idempotent;
}

export function attemptsMaxAt(program: Program, state: Running): number {
  const { place } = stepAt(program, state.at.place);
  return place.kind === "call" && place.work.kind === "effect" ? place.work.retry.attemptsMax : 1;
}
