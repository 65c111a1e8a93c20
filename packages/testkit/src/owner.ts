import { digestOf, isGiven, recordLine, unborn } from "@omnibase/core";
import type {
  ExecutionCommand,
  ExecutionEvent,
  ExecutionMachine,
  ExecutionRefusal,
  ExecutionRequest,
  ExecutionState,
  Json,
} from "@omnibase/core";
import { sha256 } from "./keys.ts";

/** What an owner held after it had heard something. */
export interface Moment {
  readonly revision: number;
  readonly state: ExecutionState;
  readonly requests: readonly ExecutionRequest[];
}

/** One execution in memory, with its log as lines. It knows no store: what it writes is written. */
export interface Owner {
  readonly events: readonly ExecutionEvent[];
  readonly lines: readonly string[];
  readonly moments: readonly Moment[];
  /** What the machine threw; it hears nothing any more. */
  readonly crash: string | undefined;
  now(): Moment;
  hear(command: ExecutionCommand): ExecutionRefusal | undefined;
  /** What a store does: it writes the settled record of an operation, and the machine is not asked. */
  settle(settled: Settling): void;
}

export interface Settling {
  readonly place: string;
  readonly attempt: number;
  readonly outcome: string;
  readonly value: Json;
  readonly atMs: number;
}

export function newOwner(machine: ExecutionMachine): Owner {
  const events: ExecutionEvent[] = [];
  const lines: string[] = [];
  const moments: Moment[] = [];
  let state: ExecutionState = unborn;
  let atMs = 0;
  let crash: string | undefined;

  const write = (facts: readonly ExecutionEvent[]): void => {
    for (const event of facts) {
      events.push(event);
      if (isGiven(event)) ({ atMs } = event);
      const before = lines.at(-1);
      const prev = before === undefined ? undefined : digestOf(sha256, before);
      lines.push(recordLine(event, { atMs, prev, revision: events.length }));
      state = machine.evolve(state, event);
    }
    moments.push({ revision: events.length, state, requests: machine.requests(state) });
  };
  const guarded = (attempt: () => ExecutionRefusal | undefined): ExecutionRefusal | undefined => {
    if (crash !== undefined) return undefined;
    try {
      return attempt();
    } catch (error) {
      crash = String(error);
      return undefined;
    }
  };

  return {
    events,
    lines,
    moments,
    get crash() {
      return crash;
    },
    now: () => moments.at(-1) ?? { revision: 0, state, requests: [] },
    hear: (command) =>
      guarded(() => {
        const decision = machine.decide(command, state);
        if (!decision.ok) return decision.error;
        write(decision.value.events);
        return undefined;
      }),
    settle: ({ atMs: clockMs, ...settled }) => {
      guarded(() => {
        write([{ type: "Settled", atMs: Math.max(atMs, clockMs), ...settled }]);
        return undefined;
      });
    },
  };
}
