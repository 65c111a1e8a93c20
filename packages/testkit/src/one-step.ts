import { machineOf, unborn } from "@omnibase/core";
import type { AnswerGiven, CallPlace, ExecutionCommand, ExecutionEvent, ExecutionRefusal } from "@omnibase/core";
import type { Failure, Graph, IncidentCode, Resolution } from "@omnibase/core";
import { specify } from "./given.ts";
import type { Given } from "./given.ts";
import { callTo, effectWork, oneStep } from "./graphs.ts";
import { testWorld } from "./test-world.ts";

type Command<Type extends ExecutionCommand["type"]> = Extract<ExecutionCommand, { readonly type: Type }>;
type Fact<Type extends ExecutionEvent["type"]> = Extract<ExecutionEvent, { readonly type: Type }>;

/** Given this graph and these facts, and in the test world. */
export const inGraph = (
  graph: Graph,
  ...facts: readonly ExecutionEvent[]
): Given<ExecutionCommand, ExecutionEvent, ExecutionRefusal> =>
  specify({ initial: unborn, ...machineOf(graph, testWorld) })(...facts);

const failure: Failure = { code: "REFUSED", message: "no" };
const withFailed: Partial<CallPlace> = { edges: { SUCCESS: { to: "END" }, FAILED: { to: "END" } } };

/** Graphs of one place, `WORK`, that leads to the exit `END`. */
export const stepOf: {
  readonly idempotent: Graph;
  readonly once: Graph;
  /** Idempotent, with an edge for FAILED. */
  readonly failing: Graph;
  readonly operating: Graph;
  readonly transforming: (implementation: string, changes?: Partial<CallPlace>) => Graph;
} = {
  idempotent: oneStep(callTo(effectWork())),
  once: oneStep(callTo(effectWork({ idempotent: false }))),
  failing: oneStep(callTo(effectWork(), withFailed)),
  operating: oneStep(
    callTo({ kind: "operate", capability: "CS", operation: "registry.REGISTER", store: "test::S_V0/KEYS" }),
  ),
  transforming: (implementation, changes = {}) =>
    oneStep(callTo({ kind: "transform", capability: "CT", implementation }, changes)),
};

/** The three answers of the world. */
export const answers: { readonly done: AnswerGiven; readonly refused: AnswerGiven; readonly silence: AnswerGiven } = {
  done: { kind: "done", outcome: "SUCCESS", value: 1 },
  refused: { kind: "not-done", failure, retryable: true },
  silence: { kind: "unknown", failure },
};

/** What may be said about `WORK`. */
export const say: {
  readonly answer: (answer: AnswerGiven, attempt?: number, atMs?: number) => Command<"Answer">;
  readonly lose: (attempt?: number) => Command<"Lose">;
  readonly fire: (atMs: number, place?: string) => Command<"Fire">;
  readonly cancel: Command<"Cancel">;
  readonly resolve: (resolution: Resolution, place?: string) => Command<"Resolve">;
} = {
  answer: (answer, attempt = 1, atMs = 2_000) => ({ type: "Answer", atMs, place: "WORK", attempt, answer }),
  lose: (attempt = 1) => ({ type: "Lose", atMs: 2_000, place: "WORK", attempt }),
  fire: (atMs, place = "WORK") => ({ type: "Fire", atMs, place }),
  cancel: { type: "Cancel", atMs: 3_000, by: "ada", reason: "enough" },
  resolve: (resolution, place = "WORK") => ({ type: "Resolve", atMs: 4_000, place, by: "ada", resolution }),
};

/** What may be true of `WORK`, in the order of time: started at 1,000, answered at 2,000, cancelled at 3,000, resolved at 4,000. */
export const fact: {
  readonly started: Fact<"Started">;
  readonly begun: Fact<"AttemptStarted">;
  readonly settled: Fact<"Settled">;
  readonly failed: (attempt: number, atMs: number, retryAtMs?: number) => Fact<"AttemptFailed">;
  readonly silent: Fact<"AttemptFailed">;
  readonly lost: (attempt: number, atMs?: number) => Fact<"AttemptLost">;
  readonly fired: (atMs: number, place?: string) => Fact<"TimerFired">;
  readonly incident: (code: IncidentCode, detail: string, attempt?: number) => Fact<"IncidentOpened">;
  readonly resolved: (resolution: Resolution) => Fact<"IncidentResolved">;
  readonly cancelling: Fact<"CancelRequested">;
  readonly cancelled: Fact<"Cancelled">;
  readonly ended: Fact<"Completed">;
} = {
  started: {
    type: "Started",
    atMs: 1_000,
    engine: "0.1.0",
    execution: "e1",
    input: {},
    principal: "ada",
    snapshot: "sha256:11",
    tenant: "default",
    workflow: "test::WF_V0",
  },
  begun: { type: "AttemptStarted", place: "WORK", attempt: 1 },
  settled: { type: "Settled", atMs: 2_000, place: "WORK", attempt: 1, outcome: "SUCCESS", value: 1 },
  failed: (attempt, atMs, retryAtMs) => {
    const event = { type: "AttemptFailed", atMs, place: "WORK", attempt, certainty: "not-done", failure } as const;
    return retryAtMs === undefined ? event : { ...event, retryAtMs };
  },
  silent: { type: "AttemptFailed", atMs: 2_000, place: "WORK", attempt: 1, certainty: "unknown", failure },
  lost: (attempt, atMs = 2_000) => ({ type: "AttemptLost", atMs, place: "WORK", attempt }),
  fired: (atMs, place = "WORK") => ({ type: "TimerFired", atMs, place }),
  incident: (code, detail, attempt = 1) => ({ type: "IncidentOpened", place: "WORK", attempt, code, detail }),
  resolved: (resolution) => ({ type: "IncidentResolved", atMs: 4_000, place: "WORK", by: "ada", resolution }),
  cancelling: { type: "CancelRequested", atMs: 3_000, by: "ada", reason: "enough", deadlineMs: 13_000 },
  cancelled: { type: "Cancelled", reason: "enough" },
  ended: { type: "Completed", class: "completed", emitted: [], exit: "END", outcome: "DONE", outputs: {} },
};
