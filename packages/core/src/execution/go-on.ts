import type { EffectWork } from "../graph/graph.ts";
import { advance, andThen } from "./advance.ts";
import type { Machine } from "./advance.ts";
import type { Decided, ExecutionRefusal } from "./command.ts";
import type { ExecutionEvent, IncidentCode } from "./events.ts";
import { follow, routes } from "./evolve.ts";
import type { Onward } from "./evolve.ts";
import { stepAt } from "./program.ts";
import { isCalledOff } from "./state.ts";
import type { ExecutionState, Running, Token } from "./state.ts";
import { isHeld } from "./undoing.ts";

/** Recorded time never goes back, whatever the clock does. */
export const later = (state: Running, atMs: number): number => Math.max(state.atMs, atMs);

/** What follows from facts that are already decided: the end of a cancellation, or whatever the machine can do alone. */
export function goOn(machine: Machine, before: Running, facts: readonly Onward[]): Decided {
  let state = before;
  for (const fact of facts) state = follow(machine.program, state, fact);
  const { cancelling, tokens, unwinding } = state;
  const isUndoing = unwinding === true && tokens.length > 0;
  if (cancelling === undefined || isUndoing) {
    const { events, state: after } = advance(machine, state);
    return { events: [...facts, ...events], state: after };
  }
  const held = tokens.some((token) => isHeld(machine.program, token));
  return andThen(machine, { events: facts, state }, held ? [] : [{ type: "Cancelled", reason: cancelling.reason }]);
}

/** What is decided where the machine goes no further by itself. */
export const thereby = (machine: Machine, state: ExecutionState, events: readonly ExecutionEvent[]): Decided =>
  andThen(machine, { events: [], state }, events);

/** FAILED exists on every call. Where no edge takes it, a person is asked. */
export function unlessRouted(
  machine: Machine,
  state: Running,
  { detail, facts, token }: { readonly detail: string; readonly facts: readonly Onward[]; readonly token: Token },
): Decided {
  if (routes(stepAt(machine.program, token.place), "FAILED") || isCalledOff(state, token)) {
    return goOn(machine, state, facts);
  }
  return thereby(machine, state, [...facts, incident(token, "RETRIES_EXHAUSTED", detail)]);
}

/** Whether it is an effect that a cancellation waits for. */
export const isSilent = (machine: Machine, token: Token): boolean =>
  token.stage.kind === "open" && token.undoing === undefined && effectAt(machine, token) !== undefined;

export const notWaitingFor = (place: string, { tokens }: Running): ExecutionRefusal => ({
  code: "NOT_WAITING_FOR",
  place,
  at: tokens.map(({ position }) => position),
});

export const incident = ({ attempt, position }: Token, code: IncidentCode, detail: string): ExecutionEvent => ({
  type: "IncidentOpened",
  place: position,
  attempt,
  code,
  detail,
});

/** The effect whose work a token awaits; `undefined` where the work is done by ourselves. */
export function effectAt(machine: Machine, { place: name }: Token): EffectWork | undefined {
  const { place } = stepAt(machine.program, name);
  return place.kind === "call" && place.work.kind === "effect" ? place.work : undefined;
}
