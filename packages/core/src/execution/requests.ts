import type { EntityOperation } from "../entity/operation.ts";
import type { EffectWork } from "../graph/graph.ts";
import { executionIdOf } from "../value/execution-id.ts";
import type { JsonObject } from "../value/json.ts";
import type { Sha256 } from "../value/sha256.ts";
import type { Machine } from "./advance.ts";
import { inputAt } from "./arrival.ts";
import { isSilent } from "./go-on.ts";
import { stepAt } from "./program.ts";
import { cancelTimer, isCalledOff } from "./state.ts";
import type { ExecutionState, Running, Token } from "./state.ts";
import { callOf } from "./step.ts";
import type { Step } from "./step.ts";

/** Work that must be under way for an execution to go on. Its id is its position, so asking twice is asking once. */
export type ExecutionRequest =
  /** The machine can go on by itself: decide `Advance`. */
  | { readonly kind: "advance" }
  | { readonly kind: "operate"; readonly place: string; readonly attempt: number; readonly operation: EntityOperation }
  | EffectRequest
  | ChildRequest
  | TaskRequest
  | { readonly kind: "timer"; readonly place: string; readonly dueMs: number };

export interface EffectRequest {
  readonly kind: "effect";
  readonly place: string;
  readonly attempt: number;
  readonly work: EffectWork;
  readonly input: JsonObject;
}

/** Another execution, whose id is made of the position: starting it twice is starting it once. */
export interface ChildRequest {
  readonly kind: "child";
  readonly place: string;
  readonly attempt: number;
  readonly execution: string;
  readonly workflow: string;
  readonly input: JsonObject;
  /** Present where nobody wants it any more: it is to be cancelled. */
  readonly calledOff?: true;
}

/** Something that a person or an agent is asked to do. */
export interface TaskRequest {
  readonly kind: "task";
  readonly place: string;
  readonly summary: string;
  readonly input: JsonObject;
  readonly actors: readonly string[];
  readonly outcomes: readonly string[];
  readonly dueMs?: number;
}

/** Derived from state and never stored, so a crash cannot lose it. What we do ourselves stands first. */
export function requests(machine: Machine, state: ExecutionState): readonly ExecutionRequest[] {
  if (state.phase !== "running") return [];
  if (mayAdvance(state)) return [{ kind: "advance" }, ...others(machine, state)];
  return others(machine, state);
}

/** Where everything is called off, only what undoes goes on; and when all is undone, the end is near. */
function mayAdvance({ cancelling, tokens, unwinding }: Running): boolean {
  if (cancelling === undefined) return tokens.some(({ stage }) => stage.kind === "ready");
  return unwinding === true && tokens.every(({ stage }) => stage.kind === "ready");
}

function others(machine: Machine, state: Running): readonly ExecutionRequest[] {
  const asked = state.tokens.flatMap((token) => requestsAt(machine, state, token));
  const { cancelling, tokens } = state;
  if (cancelling !== undefined && tokens.some((token) => isSilent(machine, token))) {
    asked.push({ kind: "timer", place: cancelTimer, dueMs: cancelling.deadlineMs });
  }
  return tokens.length === 1 ? asked : asked.toSorted(byOwnWork);
}

const byOwnWork = (a: ExecutionRequest, b: ExecutionRequest): number =>
  Number(b.kind === "operate") - Number(a.kind === "operate");

function requestsAt(machine: Machine, state: Running, token: Token): readonly ExecutionRequest[] {
  const { position: place, stage } = token;
  const step = stepAt(machine.program, token.place);
  if (stage.kind === "open") return [openAt(machine, step, state, token)];
  if (isCalledOff(state, token)) return [];
  if (stage.kind === "waiting") return waitingAt(step, state, token, stage.dueMs);
  const next = stage.kind === "loop" ? stage.next : undefined;
  return next === undefined ? [] : [{ kind: "timer", place, dueMs: next.dueMs }];
}

function openAt(machine: Machine, step: Step, state: Running, token: Token): ExecutionRequest {
  const { attempt, position: place } = token;
  const { work } = callOf(step);
  const input = inputAt(step, state, token);
  const { sha256 } = machine.world;
  if (work.kind === "effect") return { kind: "effect", place, attempt, work, input };
  if (work.kind === "operate") {
    const nonce = effectKey(sha256, state, place);
    return { kind: "operate", place, attempt, operation: { name: work.operation, store: work.store, input, nonce } };
  }
  if (work.kind !== "child") throw new Error(`impossible: ${place} is open and ${work.kind}`);
  const execution = executionIdOf(state.tenant, effectKey(sha256, state, place), sha256);
  const asked = { kind: "child", place, attempt, execution, workflow: work.workflow, input } as const;
  return isCalledOff(state, token) ? { ...asked, calledOff: true } : asked;
}

function waitingAt(step: Step, state: Running, token: Token, dueMs: number | undefined): readonly ExecutionRequest[] {
  const { position: place } = token;
  const { edges, work } = callOf(step);
  const timer: readonly ExecutionRequest[] = dueMs === undefined ? [] : [{ kind: "timer", place, dueMs }];
  if (work.kind !== "task") return timer;
  const { actors, summary } = work;
  const outcomes = Object.keys(edges).filter((outcome) => outcome !== "TIMED_OUT");
  const task = { kind: "task", place, summary, input: inputAt(step, state, token), actors, outcomes } as const;
  return [dueMs === undefined ? task : { ...task, dueMs }, ...timer];
}

/** H(tenant, execution, position): the same on every attempt, every restart and every host. Never the attempt. */
export const effectKey = (
  sha256: Sha256,
  { tenant, execution }: { readonly tenant: string; readonly execution: string },
  place: string,
): string => sha256(`${tenant}\n${execution}\n${place}`);
