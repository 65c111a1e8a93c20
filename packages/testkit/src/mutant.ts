import type {
  ExecutionCommand,
  ExecutionEvent,
  ExecutionMachine,
  ExecutionRefusal,
  ExecutionState,
  Running,
} from "@omnibase/core";

/** A machine with one thing wrong, and the law that must notice. */
export interface Mutant {
  readonly does: string;
  readonly breaks: string;
  readonly machine: (right: ExecutionMachine) => Partial<ExecutionMachine>;
}

type Broken = (right: ExecutionMachine) => Partial<ExecutionMachine>;

export type Facts = readonly ExecutionEvent[];

/** Decides otherwise: what comes out right is changed. Its owner folds the facts, and does not ask where they lead. */
export const facts =
  (change: (events: Facts, state: ExecutionState, command: ExecutionCommand) => Facts): Broken =>
  (right) => ({
    decide: (command, state) => {
      const decision = right.decide(command, state);
      if (!decision.ok) return decision;
      return { ok: true, value: { ...decision.value, events: change(decision.value.events, state, command) } };
    },
  });

/** Hears what should have been refused. */
export const hears =
  (change: (refusal: ExecutionRefusal, command: ExecutionCommand) => Facts | undefined): Broken =>
  (right) => ({
    decide: (command, state) => {
      const decision = right.decide(command, state);
      const heard = decision.ok ? undefined : change(decision.error, command);
      return heard === undefined ? decision : { ok: true, value: { events: heard, state } };
    },
  });

/** Folds otherwise. */
export const folds =
  (change: (after: Running, event: ExecutionEvent, before: Running) => Running): Broken =>
  (right) => ({
    evolve: (before, event) => {
      const after = right.evolve(before, event);
      return after.phase === "running" && before.phase === "running" ? change(after, event, before) : after;
    },
  });

export const each = (change: (event: ExecutionEvent) => ExecutionEvent): Broken =>
  facts((events) => events.map(change));

export const without = (drop: (event: ExecutionEvent, state: ExecutionState) => boolean): Broken =>
  facts((events, state) => events.filter((event) => !drop(event, state)));
