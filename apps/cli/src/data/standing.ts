import {
  decodeRecord,
  instantText,
  machineOf,
  unborn,
  type ExecutionEvent,
  type ExecutionMachine,
  type ExecutionRequest,
  type ExecutionState,
  type Graph,
  type Running,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";

/** Where an execution stands, as its log tells. No code of anyone is called for it. */
export interface Standing {
  readonly events: readonly ExecutionEvent[];
  readonly state: ExecutionState;
  /** What must be under way for it to go on. */
  readonly requests: readonly ExecutionRequest[];
  readonly machine: ExecutionMachine;
}

export type TaskRequest = Extract<ExecutionRequest, { readonly kind: "task" }>;

export function standingIn(graph: Graph, lines: readonly string[]): Standing {
  const machine = machineOf(graph, { sha256, transform: () => undefined, pause: () => false });
  const events = lines.map((line) => decodeRecord(line).event);
  let state: ExecutionState = unborn;
  for (const event of events) state = machine.evolve(state, event);
  return { events, state, requests: machine.requests(state), machine };
}

export const tasksIn = ({ requests }: Standing): readonly TaskRequest[] =>
  requests.filter((request): request is TaskRequest => request.kind === "task");

/** What an execution waits for. `due_at`: until when, or from when on; `null` is for ever. */
export type Waiting =
  | { readonly kind: "signal"; readonly place: string; readonly signal: string; readonly due_at: string | null }
  | {
      readonly kind: "task";
      readonly place: string;
      readonly summary: string;
      readonly actors: readonly string[];
      readonly outcomes: readonly string[];
      readonly due_at: string | null;
    }
  | { readonly kind: "child"; readonly place: string; readonly execution: string; readonly workflow: string }
  | { readonly kind: "answer"; readonly place: string; readonly attempt: number }
  | { readonly kind: "time" | "retry"; readonly place: string; readonly due_at: string };

/** In the order in which it stands at its places. */
export function waitingIn(standing: Standing): readonly Waiting[] {
  const { requests, state } = standing;
  if (state.phase !== "running") return [];
  const placed = requests.filter((request) => "place" in request);
  const own = state.tokens.flatMap((token) => [
    ...signalAt(standing, state, token),
    ...placed
      .filter(({ place }) => place === token.position)
      .flatMap((request) => waitingFor(standing, token, request)),
  ]);
  const others = placed.filter(({ place }) => state.tokens.every(({ position }) => position !== place));
  return [...own, ...others.flatMap((request) => waitingFor(standing, undefined, request))];
}

type Token = Running["tokens"][number];

/** A signal that nobody listens to any more is not waited for. */
function signalAt({ machine }: Standing, { cancelling, unwinding }: Running, token: Token): readonly Waiting[] {
  const work = workAt(machine, token);
  const { position: place, stage } = token;
  if (work?.kind !== "wait" || work.signal === undefined || stage.kind !== "waiting") return [];
  if (cancelling !== undefined || unwinding === true) return [];
  return [{ kind: "signal", place, signal: work.signal, due_at: instantOr(stage.dueMs) }];
}

function waitingFor({ machine }: Standing, token: Token | undefined, request: ExecutionRequest): readonly Waiting[] {
  switch (request.kind) {
    case "task": {
      const { actors, dueMs, outcomes, place, summary } = request;
      return [{ kind: "task", place, summary, actors, outcomes, due_at: instantOr(dueMs) }];
    }
    case "child": {
      const { execution, place, workflow } = request;
      return [{ kind: "child", place, execution, workflow }];
    }
    case "effect":
      return [{ kind: "answer", place: request.place, attempt: request.attempt }];
    case "timer":
      return timeAt(token === undefined ? undefined : workAt(machine, token), request);
    case "advance":
    case "operate":
      return [];
  }
}

type Work = ReturnType<typeof workAt>;

/** The time of a task or a signal stands with it. */
function timeAt(
  work: Work,
  { dueMs, place }: Extract<ExecutionRequest, { readonly kind: "timer" }>,
): readonly Waiting[] {
  if (work?.kind === "task" || (work?.kind === "wait" && work.signal !== undefined)) return [];
  const kind = work === undefined || work.kind === "wait" || work.kind === "loop" ? "time" : "retry";
  return [{ kind, place, due_at: instantText(dueMs) }];
}

function workAt({ program }: ExecutionMachine, { place: name }: Token) {
  const place = program.graph.places[name];
  return place?.kind === "call" ? place.work : undefined;
}

const instantOr = (ms: number | undefined): string | null => (ms === undefined ? null : instantText(ms));
