import { isGiven, isObject, recordLine, sealed, unborn } from "@omnibase/core";
import type {
  Decided,
  EmittedEvent,
  ExecutionEvent,
  ExecutionRequest,
  ExecutionState,
  SealedBox,
  Sealer,
  Sha256,
} from "@omnibase/core";
import type {
  Commit,
  CommitOperation,
  Committed,
  ExecutionEnd,
  ExecutionKey,
  ExecutionStatus,
  OpenTask,
  TaskChanges,
  TimerChanges,
} from "@omnibase/spi";
import type { Pinned } from "./programs.ts";

/** One execution in the owner's memory. It is a fold of its log, and may be let go and loaded again at any time. */
export interface Actor {
  readonly key: ExecutionKey;
  readonly pinned: Pinned;
  readonly standing: ActorStanding;
  /** Present where the execution has secrets. */
  readonly sealer?: Sealer;
  /** What was asked of others and is not answered yet, as `place#attempt`. */
  inFlight: ReadonlySet<string>;
  /** Commands are heard one after the other; this is the end of the line. */
  tail: Promise<unknown>;
}

export interface ActorStanding {
  state: ExecutionState;
  revision: number;
  head: string | undefined;
  /** The `at` of the last record. */
  atMs: number;
  status: ExecutionStatus;
  /** What the state asks for. It is asked once for each state, because inputs may be large. */
  asked: readonly ExecutionRequest[];
  /** What was asked when the store last heard of timers and tasks. An operation that it settles itself leads further. */
  shown: readonly ExecutionRequest[];
}

/** What `inFlight` says of a request that others answer. */
export function awaitedBy(request: ExecutionRequest): readonly string[] {
  if (request.kind !== "effect" && request.kind !== "child") return [];
  const attempt = `${request.place}#${String(request.attempt)}`;
  return [request.kind === "child" && request.calledOff === true ? `${attempt} called off` : attempt];
}

export const newActor = (key: ExecutionKey, pinned: Pinned, sealer?: Sealer): Actor => ({
  key,
  pinned,
  ...(sealer === undefined ? {} : { sealer }),
  standing: { state: unborn, revision: 0, head: undefined, atMs: 0, status: "open", asked: [], shown: [] },
  inFlight: new Set(),
  tail: Promise.resolve(),
});

/** A commit, and what is true in memory once it is stored. */
export interface Prepared {
  readonly commit: Commit;
  readonly after: ActorStanding;
}

/** Encodes what was decided as records, chains them, and adds what must be stored with them. */
export function prepare(actor: Actor, { events, state }: Decided, sha256: Sha256, nowMs: number): Prepared {
  const { key, pinned, sealer, standing } = actor;
  const records: string[] = [];
  const boxes: SealedBox[] = [];
  let { atMs, head, revision } = standing;
  for (const event of events) {
    if (isGiven(event)) ({ atMs } = event);
    revision += 1;
    const closed = sealer && sealed(pinned.machine.program.graph, event, { revision, sealer });
    if (closed !== undefined) boxes.push(...closed.boxes);
    const line = recordLine(closed?.event ?? event, { atMs, prev: head, revision });
    head = `sha256:${sha256(line)}`;
    records.push(line);
  }
  const asked = pinned.machine.requests(state);
  const status = statusOf(state);
  const timers = timerChanges(standing.shown, asked);
  const tasks = taskChanges(standing.shown, asked);
  const operate = asked.find((request) => request.kind === "operate");
  const emitted = events.flatMap((event) => emittedBy(event, atMs));
  const last = events.at(-1);
  const end = last === undefined ? undefined : endBy(last, atMs);
  const commit: Commit = {
    key,
    expected: standing.revision,
    records,
    ...(status === standing.status ? {} : { status }),
    ...(end === undefined ? {} : { end }),
    ...(timers === undefined ? {} : { timers }),
    ...(tasks === undefined ? {} : { tasks }),
    ...(emitted.length === 0 ? {} : { emitted }),
    ...(boxes.length === 0 ? {} : { boxes }),
    ...(operate === undefined || head === undefined
      ? {}
      : {
          operation: {
            place: operate.place,
            attempt: operate.attempt,
            atMs: Math.max(atMs, nowMs),
            prev: head,
            operation: operate.operation,
          },
        }),
  };
  return { commit, after: { state, revision, head, atMs, status, asked, shown: asked } };
}

function endBy(event: ExecutionEvent, endedMs: number): ExecutionEnd | undefined {
  if (event.type === "Cancelled") return { class: "cancelled", outcome: "CANCELLED", endedMs };
  return event.type === "Completed" ? { class: event.class, outcome: event.outcome, endedMs } : undefined;
}

/** The fields of an event are the outputs of the exit that emits it. */
const emittedBy = (event: ExecutionEvent, atMs: number): readonly EmittedEvent[] =>
  event.type === "Completed"
    ? event.emitted.map((name) => ({ event: name, fields: isObject(event.outputs) ? event.outputs : {}, atMs }))
    : [];

interface Stored {
  readonly after: ActorStanding;
  readonly operation: CommitOperation | undefined;
}

/** Takes in what was stored: the records of the commit, and the settled record that the store wrote behind them. */
export function takeIn(actor: Actor, { after, operation }: Stored, committed: Committed): void {
  Object.assign(actor.standing, after);
  if (committed.kind !== "committed" || committed.settled === undefined || operation === undefined) return;
  const { head, outcome, value } = committed.settled;
  const { atMs, attempt, place } = operation;
  const { standing } = actor;
  standing.state = actor.pinned.machine.evolve(after.state, { type: "Settled", atMs, place, attempt, outcome, value });
  standing.asked = actor.pinned.machine.requests(standing.state);
  standing.revision += 1;
  standing.head = head;
  standing.atMs = atMs;
  standing.status = after.status;
}

/** `status` is what recovery and people look for, so it says who must act next. */
function statusOf(state: ExecutionState): ExecutionStatus {
  if (state.phase !== "running") return state.phase === "unborn" ? "open" : "ended";
  const { tokens } = state;
  if (tokens.length === 0 || tokens.some(({ stage }) => stage.kind === "ready" || stage.kind === "open")) return "open";
  return tokens.some(({ stage }) => stage.kind === "incident") ? "incident" : "parked";
}

type TimerRequest = Extract<ExecutionRequest, { readonly kind: "timer" }>;

/** Timers are derived from the state; what is stored is the difference. */
function timerChanges(
  before: readonly ExecutionRequest[],
  after: readonly ExecutionRequest[],
): TimerChanges | undefined {
  const had = before.filter(isTimer);
  const has = after.filter(isTimer);
  const set = has.filter(({ place, dueMs }) => !had.some((timer) => timer.place === place && timer.dueMs === dueMs));
  const clear = had.filter(({ place }) => !has.some((timer) => timer.place === place)).map(({ place }) => place);
  return set.length === 0 && clear.length === 0 ? undefined : { set, clear };
}

const isTimer = (request: ExecutionRequest): request is TimerRequest => request.kind === "timer";

type TaskRequest = Extract<ExecutionRequest, { readonly kind: "task" }>;

/** Tasks are derived from the state, too. One at a place never changes. */
function taskChanges(before: readonly ExecutionRequest[], after: readonly ExecutionRequest[]): TaskChanges | undefined {
  const had = before.filter(isTask);
  const has = after.filter(isTask);
  const set = has.filter(({ place }) => !had.some((task) => task.place === place)).map(openTask);
  const clear = had.filter(({ place }) => !has.some((task) => task.place === place)).map(({ place }) => place);
  return set.length === 0 && clear.length === 0 ? undefined : { set, clear };
}

const isTask = (request: ExecutionRequest): request is TaskRequest => request.kind === "task";

const openTask = ({ actors, dueMs, outcomes, place, summary }: TaskRequest): OpenTask => ({
  place,
  summary,
  actors,
  outcomes,
  ...(dueMs === undefined ? {} : { dueMs }),
});
