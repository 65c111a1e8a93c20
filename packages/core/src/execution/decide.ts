import { isPure } from "../graph/graph.ts";
import type { EffectWork } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { limits } from "../value/limits.ts";
import { present } from "../value/present.ts";
import { err, ok } from "../value/result.ts";
import type { Result } from "../value/result.ts";
import { advance, undeclared } from "./advance.ts";
import type { Machine } from "./advance.ts";
import type { ExecutionEvent, Failure, IncidentCode, LateAnswer, Resolution, Started } from "./events.ts";
import { attemptsMaxAt, begin, follow, routes } from "./evolve.ts";
import type { Onward } from "./evolve.ts";
import { stepAt } from "./program.ts";
import { cancelTimer } from "./state.ts";
import type { ExecutionState, Running } from "./state.ts";
import { outcomeBy } from "./when.ts";

/** What someone wants to happen. `atMs` is the clock of whoever asks; what is recorded never goes back. */
export type ExecutionCommand =
  | (Omit<Started, "type"> & { readonly type: "Start"; readonly imports?: readonly FileImport[] })
  /** The store wrote a settled record; what follows from it is to be decided. */
  | { readonly type: "Advance" }
  | {
      readonly type: "Answer";
      readonly atMs: number;
      readonly place: string;
      readonly attempt: number;
      readonly answer: AnswerGiven;
    }
  | { readonly type: "Lose"; readonly atMs: number; readonly place: string; readonly attempt: number }
  | { readonly type: "Fire"; readonly atMs: number; readonly place: string }
  | { readonly type: "Cancel"; readonly atMs: number; readonly by: string; readonly reason: string }
  | {
      readonly type: "Resolve";
      readonly atMs: number;
      readonly place: string;
      readonly by: string;
      readonly resolution: Resolution;
    };

/** A file that lay where a store is projected, and that this start takes in. */
export interface FileImport {
  readonly digest: string;
  readonly file: string;
  readonly store: string;
}

/** What the world said to a request. Three answers, because silence is not a no. */
export type AnswerGiven =
  | { readonly kind: "done"; readonly outcome: string; readonly value: Json }
  | { readonly kind: "not-done"; readonly failure: Failure; readonly retryable: boolean }
  | { readonly kind: "unknown"; readonly failure: Failure };

/** Why it will not. */
export type ExecutionRefusal =
  | { readonly code: "ALREADY_STARTED" }
  | { readonly code: "NOT_RUNNING"; readonly phase: ExecutionState["phase"] }
  | { readonly code: "NOT_WAITING_FOR"; readonly place: string; readonly at: string }
  /** A timer that is fired too early stays set. */
  | { readonly code: "NOT_DUE"; readonly place: string; readonly dueMs: number }
  | { readonly code: "NO_INCIDENT"; readonly place: string }
  | {
      readonly code: "UNDECLARED_OUTCOME";
      readonly place: string;
      readonly outcome: string;
      readonly declared: readonly string[];
    }
  | { readonly code: "ALREADY_CANCELLING" };

export type Decision = Result<readonly ExecutionEvent[], ExecutionRefusal>;

/** Turns an intention into facts, or says why not. The whole policy of an execution is this function. */
export function decide(machine: Machine, command: ExecutionCommand, state: ExecutionState): Decision {
  if (command.type === "Start") return start(machine, command, state);
  if (state.phase !== "running") return err({ code: "NOT_RUNNING", phase: state.phase });
  switch (command.type) {
    case "Advance":
      return ok(goOn(machine, state, []));
    case "Answer":
      return answered(machine, command, state);
    case "Lose":
      return lost(machine, command, state);
    case "Fire":
      return fired(machine, command, state);
    case "Cancel":
      return cancel(machine, command, state);
    case "Resolve":
      return resolve(machine, command, state);
  }
}

type Command<Type extends ExecutionCommand["type"]> = Extract<ExecutionCommand, { readonly type: Type }>;

/** Recorded time never goes back, whatever the clock does. */
const later = (state: Running, atMs: number): number => Math.max(state.atMs, atMs);

function start(machine: Machine, command: Command<"Start">, state: ExecutionState): Decision {
  if (state.phase !== "unborn") return err({ code: "ALREADY_STARTED" });
  const { imports = [], ...facts } = command;
  const { atMs } = command;
  const imported = imports.map(({ digest, file, store }) => ({ type: "Imported", atMs, digest, file, store }) as const);
  const event: Started = { ...facts, type: "Started" };
  return ok([event, ...goOn(machine, begin(machine.program, state, event), imported)]);
}

/** What follows from facts that are already decided: the end of a cancellation, or whatever the machine can do alone. */
function goOn(machine: Machine, before: Running, facts: readonly Onward[]): readonly ExecutionEvent[] {
  const state = facts.reduce((current, fact) => follow(machine.program, current, fact), before);
  if (state.cancelling !== undefined && !isHeld(machine, state)) {
    return [...facts, { type: "Cancelled", reason: state.cancelling.reason }];
  }
  return [...facts, ...advance(machine, state)];
}

/** Whether a cancellation must wait: for an answer in flight, or for a person's word about an unknown effect. */
function isHeld(machine: Machine, state: Running): boolean {
  const { place, stage } = state.at;
  const step = stepAt(machine.program, place).place;
  if (step.kind === "exit" || step.work.kind !== "effect") return false;
  return stage.kind === "open" || (stage.kind === "incident" && stage.code === "OUTCOME_UNKNOWN");
}

function answered(machine: Machine, command: Command<"Answer">, state: Running): Decision {
  const { answer, attempt, place } = command;
  const atMs = later(state, command.atMs);
  const { at } = state;
  const late: LateAnswer = { type: "LateAnswer", atMs, place, attempt, answer: evidenceOf(answer) };
  if (at.place !== place || at.attempt !== attempt || at.stage.kind !== "open") {
    return wasAsked(machine, command, state) ? ok([late]) : err({ code: "NOT_WAITING_FOR", place, at: at.place });
  }
  if (answer.kind !== "done") {
    // What our own store does is done or not begun, so nobody can say otherwise.
    if (effectAt(machine, state) === undefined) return err({ code: "NOT_WAITING_FOR", place, at: at.place });
    return ok(afterFailure(machine, { ...command, atMs, answer }, state));
  }
  const step = stepAt(machine.program, place);
  const { outcome, value } = answer;
  const decided = outcomeBy(step, outcome, value);
  if (decided !== undefined && routes(step, decided)) {
    return ok(goOn(machine, state, [{ type: "Settled", atMs, place, attempt, outcome, value }]));
  }
  // It was done, and nobody knows where to go: a late answer keeps what was said, and a person decides.
  const detail = undeclared(step, outcome, decided);
  if (state.cancelling !== undefined) return ok(goOnOrCancel(machine, state, [late]));
  return ok([late, incident(state, "UNDECLARED_OUTCOME", detail)]);
}

/** Whether an attempt can have been made: not where the token has yet to come, nor where nobody is ever asked. */
function wasAsked(machine: Machine, { attempt, place }: Command<"Answer">, { at }: Running): boolean {
  const step = machine.program.steps.get(place);
  if (step === undefined || step.place.kind === "exit" || isPure(step.place.work)) return false;
  if (place !== at.place) return step.order < stepAt(machine.program, at.place).order;
  return attempt < at.attempt || (attempt === at.attempt && at.stage.kind !== "ready");
}

const evidenceOf = (answer: AnswerGiven): Json =>
  answer.kind === "done"
    ? { kind: answer.kind, outcome: answer.outcome, value: answer.value }
    : { kind: answer.kind, failure: { code: answer.failure.code, message: answer.failure.message } };

interface Failed {
  readonly atMs: number;
  readonly place: string;
  readonly attempt: number;
  readonly answer: Exclude<AnswerGiven, { readonly kind: "done" }>;
}

function afterFailure(machine: Machine, failed: Failed, state: Running): readonly ExecutionEvent[] {
  const { answer, atMs, attempt, place } = failed;
  const { failure } = answer;
  const work = present(effectAt(machine, state));
  const event = { type: "AttemptFailed", atMs, place, attempt, certainty: answer.kind, failure } as const;
  if (answer.kind === "unknown" && !work.idempotent) {
    return [event, incident(state, "OUTCOME_UNKNOWN", `${failure.code}: ${failure.message}`)];
  }
  const mayRetry = answer.kind === "unknown" || answer.retryable;
  if (mayRetry && state.cancelling === undefined && state.at.failures + 1 < attemptsMaxAt(machine.program, state)) {
    return [{ ...event, retryAtMs: atMs + backoffMs(work, state.at.failures) }];
  }
  return unlessRouted(machine, state, [event], `${failure.code}: ${failure.message}`);
}

/** FAILED exists on every call. Where no edge takes it, a person is asked. */
function unlessRouted(
  machine: Machine,
  state: Running,
  facts: readonly Onward[],
  detail: string,
): readonly ExecutionEvent[] {
  const routed = routes(stepAt(machine.program, state.at.place), "FAILED");
  if (routed || state.cancelling !== undefined) return goOnOrCancel(machine, state, facts);
  return [...facts, incident(state, "RETRIES_EXHAUSTED", detail)];
}

/** A cancellation ends here: the effect in flight is known not to have happened. */
function goOnOrCancel(machine: Machine, state: Running, facts: readonly Onward[]): readonly ExecutionEvent[] {
  if (state.cancelling === undefined) return goOn(machine, state, facts);
  return [...facts, { type: "Cancelled", reason: state.cancelling.reason }];
}

const incident = (state: Running, code: IncidentCode, detail: string): ExecutionEvent => ({
  type: "IncidentOpened",
  place: state.at.place,
  attempt: state.at.attempt,
  code,
  detail,
});

/** A waiting time that a replay computes again: it depends on nothing but the declaration and the count. */
function backoffMs({ retry }: EffectWork, failures: number): number {
  // A factor may grow beyond all numbers, and nothing times infinity is no number.
  const factor = Math.min(retry.factor ** failures, Number.MAX_VALUE);
  return Math.min(retry.backoffMaxMs, Math.round(retry.backoffMs * factor));
}

/** The effect that is at work; `undefined` where the work is done by our own store. */
function effectAt(machine: Machine, state: Running): EffectWork | undefined {
  const { place } = stepAt(machine.program, state.at.place);
  return place.kind === "call" && place.work.kind === "effect" ? place.work : undefined;
}

/** The process that was at work died. A declared retry is not used up, but a poisonous effect must not loop for ever. */
function lost(machine: Machine, { atMs, attempt, place }: Command<"Lose">, state: Running): Decision {
  const { at } = state;
  const work = effectAt(machine, state);
  if (at.place !== place || at.attempt !== attempt || at.stage.kind !== "open" || work === undefined) {
    return err({ code: "NOT_WAITING_FOR", place, at: at.place });
  }
  const event = { type: "AttemptLost", atMs: later(state, atMs), place, attempt } as const;
  if (!work.idempotent)
    return ok([event, incident(state, "OUTCOME_UNKNOWN", "the process died before it had an answer")]);
  if (state.cancelling !== undefined || at.lost + 1 < limits.attemptsLostMax) return ok(goOn(machine, state, [event]));
  const detail = `${String(limits.attemptsLostMax)} attempts in a row ended with the process`;
  return ok([event, incident(state, "POISON_EFFECT", detail)]);
}

function fired(machine: Machine, command: Command<"Fire">, state: Running): Decision {
  const { place } = command;
  const dueMs = place === cancelTimer ? deadlineMs(state) : retryDueMs(place, state);
  if (dueMs === undefined) return err({ code: "NOT_WAITING_FOR", place, at: state.at.place });
  const atMs = later(state, command.atMs);
  if (atMs < dueMs) return err({ code: "NOT_DUE", place, dueMs });
  const event = { type: "TimerFired", atMs, place } as const;
  if (place !== cancelTimer) return ok(goOn(machine, state, [event]));
  if (effectAt(machine, state)?.idempotent === true) return ok(goOnOrCancel(machine, state, [event]));
  return ok([event, incident(state, "OUTCOME_UNKNOWN", "no answer came before the deadline of the cancellation")]);
}

const deadlineMs = ({ at, cancelling }: Running): number | undefined =>
  at.stage.kind === "open" ? cancelling?.deadlineMs : undefined;

const retryDueMs = (place: string, { at }: Running): number | undefined =>
  at.place === place && at.stage.kind === "waiting" ? at.stage.dueMs : undefined;

function cancel(machine: Machine, command: Command<"Cancel">, state: Running): Decision {
  if (state.cancelling !== undefined) return err({ code: "ALREADY_CANCELLING" });
  const { by, reason } = command;
  const atMs = later(state, command.atMs);
  return ok(
    goOn(machine, state, [{ type: "CancelRequested", atMs, by, reason, deadlineMs: atMs + limits.cancelGraceMs }]),
  );
}

function resolve(machine: Machine, command: Command<"Resolve">, state: Running): Decision {
  const { by, place, resolution } = command;
  if (state.at.stage.kind !== "incident" || state.at.place !== place) return err({ code: "NO_INCIDENT", place });
  const step = stepAt(machine.program, place);
  if (resolution.kind === "done" && !routes(step, resolution.outcome)) {
    const declared = step.place.kind === "call" ? Object.keys(step.place.edges) : [];
    return err({ code: "UNDECLARED_OUTCOME", place, outcome: resolution.outcome, declared });
  }
  const event = { type: "IncidentResolved", atMs: later(state, command.atMs), place, by, resolution } as const;
  const after = follow(machine.program, state, event).at;
  const isStuck = after.place === place && after.stage.kind === "incident";
  if (!isStuck) return ok(goOnOrCancel(machine, state, [event]));
  return ok(unlessRouted(machine, state, [event], "a person said that it was not done"));
}
