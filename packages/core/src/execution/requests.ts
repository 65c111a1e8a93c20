import type { EntityOperation } from "../entity/operation.ts";
import type { EffectWork } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import type { Sha256 } from "../value/sha256.ts";
import type { Machine } from "./advance.ts";
import { stepAt } from "./program.ts";
import { cancelTimer } from "./state.ts";
import type { ExecutionState, Running } from "./state.ts";

/** Work that must be under way for an execution to go on. Its id is its position, so asking twice is asking once. */
export type ExecutionRequest =
  /** The machine can go on by itself: decide `Advance`. */
  | { readonly kind: "advance" }
  | { readonly kind: "operate"; readonly place: string; readonly attempt: number; readonly operation: EntityOperation }
  | EffectRequest
  | { readonly kind: "timer"; readonly place: string; readonly dueMs: number };

export interface EffectRequest {
  readonly kind: "effect";
  readonly place: string;
  readonly attempt: number;
  readonly work: EffectWork;
  readonly input: JsonObject;
}

/** Derived from state and never stored, so a crash cannot lose it. */
export function requests(machine: Machine, state: ExecutionState): readonly ExecutionRequest[] {
  if (state.phase !== "running") return [];
  const { place, stage } = state.at;
  const deadline =
    state.cancelling === undefined || stage.kind !== "open" ? [] : [deadlineOf(state.cancelling.deadlineMs)];
  switch (stage.kind) {
    case "ready":
      return [{ kind: "advance" }];
    case "open":
      return [openAt(machine, state), ...deadline];
    case "waiting":
      return [{ kind: "timer", place, dueMs: stage.dueMs }];
    case "incident":
      return [];
  }
}

const deadlineOf = (dueMs: number): ExecutionRequest => ({ kind: "timer", place: cancelTimer, dueMs });

function openAt(machine: Machine, state: Running): ExecutionRequest {
  const { attempt, place: name } = state.at;
  const step = stepAt(machine.program, name);
  const input = step.values(state);
  if (step.place.kind === "exit") throw new Error(`impossible: ${name} is open and an exit`);
  const { work } = step.place;
  if (work.kind === "effect") return { kind: "effect", place: name, attempt, work, input };
  if (work.kind !== "operate") throw new Error(`impossible: ${name} is open and pure`);
  const nonce = effectKey(machine.world.sha256, state, name);
  const operation = { name: work.operation, store: work.store, input, nonce };
  return { kind: "operate", place: name, attempt, operation };
}

/** H(tenant, execution, position): the same on every attempt, every restart and every host. Never the attempt. */
export const effectKey = (
  sha256: Sha256,
  { tenant, execution }: { readonly tenant: string; readonly execution: string },
  place: string,
): string => sha256(`${tenant}\n${execution}\n${place}`);
