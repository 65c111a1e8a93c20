import { assertNever } from "../value/result.ts";
import { stageAt } from "./arrival.ts";
import type { AttemptFailed, Cancelled, Completed, ExecutionEvent, IncidentResolved, LateAnswer } from "./events.ts";
import type { Passed, Settled, Signalled, Started } from "./events.ts";
import { isGiven } from "./events.ts";
import { enter, inputMissing, nextRound, settle } from "./move.ts";
import { stepAt } from "./program.ts";
import type { Program } from "./program.ts";
import { cancelTimer, isCalledOff, isIn, open, ready, replaced, standingAt, tokenAt } from "./state.ts";
import type { ExecutionState, Running, Stage, Token } from "./state.ts";
import { callOf } from "./step.ts";
import type { Step } from "./step.ts";
import { unwound } from "./undoing.ts";
import { outcomeBy } from "./when.ts";

/** Facts that leave an execution running. */
export type Onward = Exclude<ExecutionEvent, Started | Completed | Cancelled>;

/** Folds one fact into the state. Pure. A fact that cannot follow means the log is broken, and that is a crash. */
export function evolve(program: Program, state: ExecutionState, event: ExecutionEvent): ExecutionState {
  if (event.type === "Started") return begin(program, state, event);
  if (state.phase !== "running") throw new Error(`impossible: ${event.type} when ${state.phase}`);
  const { atMs } = state;
  const asked = state.parent === undefined ? {} : { parent: state.parent };
  if (event.type === "Cancelled") return { phase: "cancelled", atMs, ...asked };
  if (event.type !== "Completed") return follow(program, state, event);
  standingAt(state, { place: event.exit });
  return { phase: "completed", atMs, class: event.class, ...asked };
}

export function follow(program: Program, before: Running, event: Onward): Running {
  return unwound(program, after(program, isGiven(event) ? { ...before, atMs: event.atMs } : before, event));
}

function after(program: Program, state: Running, event: Onward): Running {
  switch (event.type) {
    case "Settled": {
      const token = openAt(state, event);
      return settle(program, state, token, { outcome: settledAs(program, token, event), value: event.value });
    }
    case "Passed":
      return passed(program, state, event);
    case "AttemptStarted":
      return staged(state, standingAt(state, event), open, { attempt: event.attempt });
    case "AttemptFailed":
      return failed(program, state, openAt(state, event), event);
    case "AttemptLost":
      return lost(program, state, openAt(state, event));
    case "TimerFired":
      return event.place === cancelTimer ? givenUp(program, state) : fired(program, state, standingAt(state, event));
    case "Signalled":
      return signalled(program, state, event);
    case "TaskSettled":
      return settle(program, state, standingAt(state, event), event);
    case "IncidentOpened": {
      const { attempt, code } = event;
      return staged(state, standingAt(state, event), { kind: "incident", code }, { attempt });
    }
    case "IncidentResolved":
      return resolved(program, state, standingAt(state, event), event);
    case "CancelRequested":
      return { ...state, cancelling: { reason: event.reason, deadlineMs: event.deadlineMs } };
    case "LateAnswer":
      return late(state, event);
    case "Imported":
      return state;
    default:
      return assertNever(event);
  }
}

export function begin(program: Program, state: ExecutionState, event: Started): Running {
  if (state.phase !== "unborn") throw new Error(`impossible: Started when ${state.phase}`);
  const { atMs, execution, input, parent, principal, tenant } = event;
  return enter(program, {
    phase: "running",
    tenant,
    execution,
    principal,
    atMs,
    received: input,
    payload: input,
    results: new Map(),
    rounds: new Map(),
    tokens: [],
    said: [],
    heard: new Set(),
    undoable: [],
    ...(parent === undefined ? {} : { parent }),
  });
}

const staged = (state: Running, token: Token, stage: Stage, changes: Partial<Token> = {}): Running =>
  replaced(state, token, [{ ...token, ...changes, stage }]);

/** A record keeps what was answered. What it comes to is read off it again, always alike. */
function settledAs(program: Program, token: Token, { outcome, place, value }: Settled): string {
  const decided = outcomeBy(stepAt(program, token.place), outcome, value);
  if (decided === undefined) throw new Error(`impossible: ${place} answered what leads nowhere`);
  return decided;
}

/** Only an attempt that is open can end. */
function openAt(state: Running, event: { readonly place: string; readonly attempt: number }): Token {
  const token = standingAt(state, event);
  if (token.stage.kind === "open" && token.attempt === event.attempt) return token;
  throw new Error(`impossible: attempt ${String(event.attempt)} at ${event.place} ended and was not open`);
}

/** Pure steps are followed again from what the record says; nothing is computed that it does not say. */
function passed(program: Program, state: Running, { steps }: Passed): Running {
  let current = state;
  for (const step of steps) current = settle(program, current, standingAt(current, step), step);
  return current;
}

/** Whether what was answered has an edge: only what was declared counts, never what every object has. That no input was missing is known before anyone is asked. */
export const routes = ({ place }: Step, outcome: string): boolean =>
  place.kind === "call" && outcome !== inputMissing && Object.hasOwn(place.edges, outcome);

/** A cancellation waits no longer for work that may be repeated: nobody will ask for it again. */
function givenUp(program: Program, state: Running): Running {
  const tokens = state.tokens.map((token) =>
    token.stage.kind === "open" && token.undoing === undefined && isIdempotentAt(program, token)
      ? { ...token, stage: ready }
      : token,
  );
  return { ...state, tokens };
}

/** What was called off and is known to have happened holds up nothing any more, whatever it came to. */
function late(state: Running, { attempt, place }: LateAnswer): Running {
  const token = tokenAt(state, place);
  const ends = token?.stage.kind === "open" && token.attempt === attempt && isCalledOff(state, token);
  return ends ? staged(state, token, ready) : state;
}

/** What a timer ends depends on what it was set for. */
function fired(program: Program, state: Running, token: Token): Running {
  if (isIn(token, "loop")) return nextRound(program, state, token);
  if (token.stage.kind !== "waiting")
    throw new Error(`impossible: a timer fired at ${token.position}, and none was set`);
  const outcome = elapsedAt(program, token);
  return outcome === undefined
    ? reopened(program, state, token)
    : settle(program, state, token, { outcome, value: {} });
}

/** What it means that the time is over; `undefined`: to try again. */
function elapsedAt(program: Program, { place }: Token): string | undefined {
  const { work } = callOf(stepAt(program, place));
  if (work.kind === "wait") return work.signal === undefined ? "ELAPSED" : "TIMED_OUT";
  return work.kind === "task" ? "TIMED_OUT" : undefined;
}

/** Whoever waits longest is told; where nobody waits it is kept. */
function signalled(program: Program, before: Running, { id, name, value }: Signalled): Running {
  const state: Running = { ...before, heard: new Set(before.heard).add(id) };
  const token = state.tokens.find((one) => isWaitingFor(program, one, name));
  if (token === undefined) return { ...state, said: [...state.said, { name, value }] };
  return settle(program, state, token, { outcome: "RECEIVED", value });
}

function isWaitingFor(program: Program, { place, stage }: Token, name: string): boolean {
  const step = stepAt(program, place).place;
  return stage.kind === "waiting" && step.kind === "call" && step.work.kind === "wait" && step.work.signal === name;
}

/**
 * With a time to try again it waits. Without one the outcome is FAILED, unless nobody knows what happened: then it stays
 * where it is, and so it does where FAILED has no edge. An incident follows.
 */
function failed(program: Program, state: Running, token: Token, { certainty, retryAtMs }: AttemptFailed): Running {
  const counted = { failures: token.failures + 1, lost: 0 };
  if (retryAtMs !== undefined) return staged(state, token, { kind: "waiting", dueMs: retryAtMs }, counted);
  const isUnknown = certainty === "unknown" && !isIdempotentAt(program, token);
  return isUnknown ? staged(state, token, token.stage, counted) : exhausted(program, state, token, counted);
}

function lost(program: Program, state: Running, token: Token): Running {
  const counted = { lost: token.lost + 1 };
  if (isIdempotentAt(program, token)) return reopened(program, state, token, counted);
  return staged(state, token, token.stage, counted);
}

function exhausted(program: Program, state: Running, token: Token, changes: Partial<Token>): Running {
  if (routes(stepAt(program, token.place), "FAILED"))
    return settle(program, state, token, { outcome: "FAILED", value: {} });
  return staged(state, token, isCalledOff(state, token) ? ready : token.stage, changes);
}

function reopened(program: Program, state: Running, token: Token, changes: Partial<Token> = {}): Running {
  const stage = stageAt(stepAt(program, token.place), state, token);
  return staged(state, token, stage, { attempt: token.attempt + 1, ...changes });
}

function resolved(program: Program, state: Running, token: Token, { place, resolution }: IncidentResolved): Running {
  if (token.stage.kind !== "incident") throw new Error(`impossible: an incident resolved at ${place}, and none open`);
  switch (resolution.kind) {
    case "done":
      return settle(program, state, token, resolution);
    case "retry":
      return reopened(program, state, token, { failures: 0, lost: 0 });
    case "not-done": {
      const failures = token.failures + 1;
      if (failures < attemptsMaxAt(program, token)) return reopened(program, state, token, { failures, lost: 0 });
      return exhausted(program, state, token, { failures });
    }
  }
}

function isIdempotentAt(program: Program, { place: name }: Token): boolean {
  const { place } = stepAt(program, name);
  return place.kind === "call" && place.work.kind === "effect" && place.work.idempotent;
}

export function attemptsMaxAt(program: Program, { place: name }: Token): number {
  const { place } = stepAt(program, name);
  return place.kind === "call" && place.work.kind === "effect" ? place.work.retry.attemptsMax : 1;
}
