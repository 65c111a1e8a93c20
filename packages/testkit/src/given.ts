import assert from "node:assert/strict";
import type { Result } from "@omnibase/core";

/** Whatever decides on commands and folds what it decided. */
export interface Decider<C, S, E, R> {
  readonly initial: S;
  decide(command: C, state: S): Result<{ readonly events: readonly E[]; readonly state: S }, R>;
  evolve(state: S, event: E): S;
}

export interface Given<C, E, R> {
  when(command: C): Expected<E, R>;
}

export interface Expected<E, R> {
  expect(...events: readonly E[]): void;
  refuses(refusal: R): void;
}

/** Reads as a sentence: given these facts, when asked this, expect those facts. */
export function specify<C, S, E, R>(decider: Decider<C, S, E, R>): (...facts: readonly E[]) => Given<C, E, R> {
  return (...facts) => ({
    when: (command) => {
      const state = facts.reduce((current, fact) => decider.evolve(current, fact), decider.initial);
      const decision = decider.decide(command, state);
      return {
        expect: (...events) => {
          const after = events.reduce((current, event) => decider.evolve(current, event), state);
          assert.deepEqual(decision, { ok: true, value: { events, state: after } });
        },
        refuses: (refusal) => {
          assert.deepEqual(decision, { ok: false, error: refusal });
        },
      };
    },
  });
}
