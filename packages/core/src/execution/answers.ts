import type { EffectWork, Work } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { limits } from "../value/limits.ts";
import { err, ok } from "../value/result.ts";
import { undeclared } from "./advance.ts";
import type { Machine } from "./advance.ts";
import type { AnswerGiven, Command, Decided, Decision } from "./command.ts";
import type { Failure, LateAnswer } from "./events.ts";
import { attemptsMaxAt, routes } from "./evolve.ts";
import { effectAt, goOn, incident, later, notWaitingFor, thereby, unlessRouted } from "./go-on.ts";
import { ownerOf, placeOf, roundOf } from "./position.ts";
import { stepAt } from "./program.ts";
import type { Program } from "./program.ts";
import { withheld } from "./secrecy.ts";
import { isCalledOff, tokenAt } from "./state.ts";
import type { Running, Token } from "./state.ts";
import { outcomeBy } from "./when.ts";

/** What the world said to a request. */
export function answered(machine: Machine, command: Command<"Answer">, state: Running): Decision {
  const { attempt, place } = command;
  const answer = discreet(machine.program, command);
  const atMs = later(state, command.atMs);
  const token = tokenAt(state, place);
  const late: LateAnswer = { type: "LateAnswer", atMs, place, attempt, answer: evidenceOf(answer) };
  if (token?.attempt !== attempt || token.stage.kind !== "open") {
    return wasAsked(machine, command, state) ? ok(thereby(machine, state, [late])) : err(notWaitingFor(place, state));
  }
  if (answer.kind !== "done") {
    const work = effectAt(machine, token);
    if (work !== undefined) return ok(afterFailure(machine, state, { answer, atMs, token, work }));
    // What is done by ourselves is done or not begun, so nobody can say otherwise; only a child may not be begun at all.
    if (answer.kind === "unknown" || !isChild(machine, token)) return err(notWaitingFor(place, state));
    return ok(withoutChild(machine, state, { atMs, failure: answer.failure, token }));
  }
  const step = stepAt(machine.program, token.place);
  const { outcome, value } = answer;
  const decided = outcomeBy(step, outcome, value);
  if (decided !== undefined && routes(step, decided)) {
    return ok(goOn(machine, state, [{ type: "Settled", atMs, place, attempt, outcome, value }]));
  }
  // It was done, and nobody knows where to go: a late answer keeps what was said, and a person decides.
  if (isCalledOff(state, token)) return ok(goOn(machine, state, [late]));
  const isSpoken = step.place.kind === "call" && step.place.answers !== undefined;
  const detail = isSpoken ? withheld : undeclared(step, outcome, decided);
  return ok(thereby(machine, state, [late, incident(token, "UNDECLARED_OUTCOME", detail)]));
}

/** Whoever was told secrets may say them in words of their own: of a failure only its code is recorded. */
function discreet({ steps }: Program, { answer, place: position }: Command<"Answer">): AnswerGiven {
  const place = steps.get(placeOf(position))?.place;
  if (answer.kind === "done" || place?.kind !== "call" || place.answers === undefined) return answer;
  return { ...answer, failure: { code: answer.failure.code, message: withheld } };
}

/** Whether an attempt can have been made: not where a token may yet come, nor where nobody is ever asked. */
function wasAsked({ program }: Machine, { attempt, place: position }: Command<"Answer">, state: Running): boolean {
  const step = program.steps.get(placeOf(position));
  if (step?.place.kind !== "call" || !isAskedOf.has(step.place.work.kind)) return false;
  const token = tokenAt(state, position);
  if (token === undefined && program.undoing.has(step.name)) return isUndone(state, position);
  if (token === undefined) return isBehind(program, state, position, step.order);
  if (attempt === token.attempt) return token.stage.kind === "waiting" || token.stage.kind === "incident";
  return attempt < token.attempt;
}

/** Work that someone else answers for. */
const isAskedOf: ReadonlySet<Work["kind"]> = new Set(["effect", "operate", "child"]);

const isUndone = ({ undoable, unwinding }: Running, position: string): boolean =>
  unwinding === true && !undoable.some((one) => one.position === position);

/** Whether every token has gone further. Of a round that is over, its map or loop tells. */
function isBehind(program: Program, state: Running, position: string, order: number): boolean {
  const round = roundOf(position);
  if (round !== "" && !state.rounds.has(round)) {
    const { index, owner } = ownerOf(round);
    const step = program.steps.get(placeOf(owner));
    const { stage } = tokenAt(state, owner) ?? {};
    if (stage?.kind === "map" || stage?.kind === "loop") return index < stage.begun;
    return step !== undefined && isBehind(program, state, owner, step.order);
  }
  const here = state.tokens.filter((token) => token.round === round && token.undoing === undefined);
  return here.every(({ place }) => order < stepAt(program, place).order);
}

const evidenceOf = (answer: AnswerGiven): Json =>
  answer.kind === "done"
    ? { kind: answer.kind, outcome: answer.outcome, value: answer.value }
    : { kind: answer.kind, failure: { code: answer.failure.code, message: answer.failure.message } };

interface Failed {
  readonly answer: Exclude<AnswerGiven, { readonly kind: "done" }>;
  readonly atMs: number;
  readonly token: Token;
  readonly work: EffectWork;
}

function afterFailure(machine: Machine, state: Running, { answer, atMs, token, work }: Failed): Decided {
  const { failure } = answer;
  const { attempt, failures, position: place } = token;
  const event = { type: "AttemptFailed", atMs, place, attempt, certainty: answer.kind, failure } as const;
  const detail = `${failure.code}: ${failure.message}`;
  if (answer.kind === "unknown" && !work.idempotent) {
    return thereby(machine, state, [event, incident(token, "OUTCOME_UNKNOWN", detail)]);
  }
  const mayRetry = answer.kind === "unknown" || answer.retryable;
  if (mayRetry && !isCalledOff(state, token) && failures + 1 < attemptsMaxAt(machine.program, token)) {
    return goOn(machine, state, [{ ...event, retryAtMs: atMs + backoffMs(work, failures) }]);
  }
  return unlessRouted(machine, state, { token, facts: [event], detail });
}

const isChild = ({ program }: Machine, { place: name }: Token): boolean => {
  const { place } = stepAt(program, name);
  return place.kind === "call" && place.work.kind === "child";
};

/** A workflow that could not be started has failed. */
function withoutChild(
  machine: Machine,
  state: Running,
  { atMs, failure, token }: { readonly atMs: number; readonly failure: Failure; readonly token: Token },
): Decided {
  const { attempt, position: place } = token;
  const event = { type: "AttemptFailed", atMs, place, attempt, certainty: "not-done", failure } as const;
  return unlessRouted(machine, state, { token, facts: [event], detail: `${failure.code}: ${failure.message}` });
}

/** A waiting time that a replay computes again: it depends on nothing but the declaration and the count. */
function backoffMs({ retry }: EffectWork, failures: number): number {
  // A factor may grow beyond all numbers, and nothing times infinity is no number.
  const factor = Math.min(retry.factor ** failures, Number.MAX_VALUE);
  return Math.min(retry.backoffMaxMs, Math.round(retry.backoffMs * factor));
}

/** The process that was at work died. A declared retry is not used up, but a poisonous effect must not loop for ever. */
export function lost(machine: Machine, { atMs, attempt, place }: Command<"Lose">, state: Running): Decision {
  const token = tokenAt(state, place);
  const work = token === undefined ? undefined : effectAt(machine, token);
  if (token?.attempt !== attempt || token.stage.kind !== "open" || work === undefined) {
    return err(notWaitingFor(place, state));
  }
  const event = { type: "AttemptLost", atMs: later(state, atMs), place, attempt } as const;
  if (!work.idempotent) {
    const unknown = incident(token, "OUTCOME_UNKNOWN", "the process died before it had an answer");
    return ok(thereby(machine, state, [event, unknown]));
  }
  if (isCalledOff(state, token) || token.lost + 1 < limits.attemptsLostMax) return ok(goOn(machine, state, [event]));
  const detail = `${String(limits.attemptsLostMax)} attempts in a row ended with the process`;
  return ok(thereby(machine, state, [event, incident(token, "POISON_EFFECT", detail)]));
}
