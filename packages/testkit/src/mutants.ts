import { cancelTimer } from "@omnibase/core";
import type { ExecutionEvent, ExecutionRequest, PassedStep, Running, Token } from "@omnibase/core";
import { each, facts, folds, hears, without } from "./mutant.ts";
import type { Facts, Mutant } from "./mutant.ts";

const isUnknown = (event: ExecutionEvent | undefined): boolean =>
  event?.type === "IncidentOpened" && event.code === "OUTCOME_UNKNOWN";

function uncancelled(state: Running): Running {
  const { cancelling: _cancelling, ...rest } = state;
  return rest;
}

const yesOf = (step: PassedStep): PassedStep => (step.outcome === "CLOSED" ? { ...step, outcome: "SUCCESS" } : step);

export const mutants: readonly Mutant[] = [
  {
    does: "tries silence again",
    breaks: "silence about work that may not be repeated opens an incident",
    machine: facts((events) => {
      const [first, second] = events;
      if (first?.type !== "AttemptFailed" || !isUnknown(second)) return events;
      return [{ ...first, retryAtMs: first.atMs + 100 }];
    }),
  },
  {
    does: "begins a lost effect again",
    breaks: "work that may not be repeated is begun again only after a no or a person's word",
    machine: facts((events) => {
      const [first, second] = events;
      if (first?.type !== "AttemptLost" || !isUnknown(second)) return events;
      return [first, { type: "AttemptStarted", place: first.place, attempt: first.attempt + 1 }];
    }),
  },
  {
    does: "settles an attempt that it never began",
    breaks: "work that may not be repeated ends only what was begun on the record",
    machine: each((event) => (event.type === "Settled" ? { ...event, attempt: event.attempt + 1 } : event)),
  },
  {
    does: "puts the attempt into the key",
    breaks: "a request's key is made of its position alone",
    machine: (right) => ({
      requests: (state) => right.requests(state).map(withAttemptInKey),
    }),
  },
  {
    does: "routes late answers",
    breaks: "an answer that came late is never routed",
    machine: facts((events, _state, command) => {
      const [first] = events;
      if (first?.type !== "LateAnswer" || command.type !== "Answer" || command.answer.kind !== "done") return events;
      const { atMs, attempt, place } = first;
      const { outcome, value } = command.answer;
      return [first, { type: "Settled", atMs, attempt, place, outcome, value }];
    }),
  },
  {
    does: "lets a poisonous effect go on",
    breaks: "an effect that takes the process with it stops after five times",
    machine: without((event) => event.type === "IncidentOpened" && event.code === "POISON_EFFECT"),
  },
  {
    does: "takes every answer for a yes",
    breaks: "a step says SUCCESS only with the value that means it",
    machine: each((event) => (event.type === "Passed" ? { ...event, steps: event.steps.map(yesOf) } : event)),
  },
  {
    does: "waits one step of the backoff too long",
    breaks: "a retry is one of those declared, after the time declared",
    machine: each((event) => {
      if (event.type !== "AttemptFailed" || event.retryAtMs === undefined) return event;
      return { ...event, retryAtMs: event.retryAtMs + (event.retryAtMs - event.atMs) };
    }),
  },
  {
    does: "fires what is not due",
    breaks: "a retry waits until its time",
    machine: hears((refusal, command) =>
      refusal.code === "NOT_DUE" && command.type === "Fire" && command.place !== cancelTimer
        ? [{ ...command, type: "TimerFired", atMs: refusal.dueMs - 1 }]
        : undefined,
    ),
  },
  {
    does: "gives up on a cancellation too early",
    breaks: "a cancellation waits until its deadline",
    machine: hears((refusal, command) =>
      refusal.code === "NOT_DUE" && command.type === "Fire" && command.place === cancelTimer
        ? [{ ...command, type: "TimerFired", atMs: refusal.dueMs - 1 }]
        : undefined,
    ),
  },
  {
    does: "believes every clock",
    breaks: "time never goes back",
    machine: facts((events, _state, command) =>
      events.map((event) => ("atMs" in event && "atMs" in command ? { ...event, atMs: command.atMs } : event)),
    ),
  },
  {
    does: "cancels over an effect that has begun",
    breaks: "an execution is not cancelled while an effect may have happened",
    machine: facts((events) => cancelledAtOnce(events)),
  },
  {
    does: "cancels over an effect that was asked for",
    breaks: "who cancels waits for the effect that is under way",
    machine: facts((events) => cancelledAtOnce(events)),
  },
  {
    does: "cancels what nobody asked to cancel",
    breaks: "an execution is cancelled only where someone asked for it",
    machine: facts((events, _state, { type }) =>
      type === "Advance" && events.length === 0 ? [{ type: "Cancelled", reason: "bored" }] : events,
    ),
  },
  {
    does: "goes on after someone asked to cancel",
    breaks: "nothing new starts after a cancellation was asked for",
    machine: folds(uncancelled),
  },
  {
    does: "opens the next effect of a cancelled execution",
    breaks: "a cancellation asks for nothing that was not asked for before",
    machine: (right) => ({
      ...without((event, state) => event.type === "Cancelled" && state.phase === "running" && isCancelling(state))(
        right,
      ),
      ...folds((after, event, before) =>
        event.type === "Settled" && isCancelling(after)
          ? { ...after, tokens: before.tokens.map((token) => ({ ...token, attempt: token.attempt + 1 })) }
          : after,
      )(right),
    }),
  },
  {
    does: "writes a live value as its digest",
    breaks: "a value that is read after its record stands there, and not its digest",
    machine: each((event) => {
      if (event.type !== "Passed") return event;
      const steps = event.steps.map(({ outcome, place, value }) =>
        value === undefined ? { outcome, place } : { outcome, place, digest: "sha256:00" },
      );
      return { ...event, steps };
    }),
  },
  {
    does: "completes as it likes",
    breaks: "an execution completes as its exit declares",
    machine: each((event) => (event.type === "Completed" ? { ...event, class: "completed", emitted: [] } : event)),
  },
  {
    does: "writes on after the end",
    breaks: "nothing follows a terminal event",
    machine: facts((events) =>
      events.at(-1)?.type === "Completed" ? [...events, { type: "Cancelled", reason: "late" }] : events,
    ),
  },
  {
    does: "starts again",
    breaks: "a log starts with Started, and only once",
    machine: hears((refusal, command) =>
      refusal.code === "ALREADY_STARTED" && command.type === "Start" ? [{ ...command, type: "Started" }] : undefined,
    ),
  },
  {
    does: "lets a person resolve what is no incident",
    breaks: "only an open incident is resolved, at its place",
    machine: hears((refusal, command) =>
      refusal.code === "NO_INCIDENT" && command.type === "Resolve"
        ? [{ ...command, type: "IncidentResolved" }]
        : undefined,
    ),
  },
  {
    does: "goes on past an incident",
    breaks: "nothing goes on past an incident until it is resolved",
    machine: folds((after, event, before) => (event.type === "IncidentOpened" ? before : after)),
  },
  {
    does: "asks nobody when retries are exhausted",
    breaks: "what failed for good leaves by FAILED, or someone is asked",
    machine: without((event) => event.type === "IncidentOpened" && event.code === "RETRIES_EXHAUSTED"),
  },
  {
    does: "gives every attempt the same number",
    breaks: "attempts at a place only grow, and each ends at most once",
    machine: folds((after, event, before) =>
      event.type === "TimerFired" || event.type === "AttemptLost"
        ? { ...after, tokens: after.tokens.map((token) => ({ ...token, attempt: attemptBefore(before, token) })) }
        : after,
    ),
  },
  {
    does: "takes an outcome for another",
    breaks: "every place follows from one before by an edge of the graph",
    machine: each((event) => (event.type === "Completed" ? { ...event, exit: "EXIT_0" } : event)),
  },
  {
    does: "waits for nobody where tokens meet",
    breaks: "where tokens meet, nothing happens until no other can come",
    machine: folds((after) => ({
      ...after,
      tokens: after.tokens.map((token) =>
        token.stage.kind === "joining" ? { ...token, stage: { kind: "ready" } as const } : token,
      ),
    })),
  },
  {
    does: "leaves a token behind",
    breaks: "work is settled once at each position",
    machine: folds((after, event, before) => {
      const left =
        event.type === "Settled" ? before.tokens.find(({ position }) => position === event.place) : undefined;
      return left === undefined ? after : { ...after, tokens: [...after.tokens, left] };
    }),
  },
  {
    does: "undoes the first thing first",
    breaks: "what was done is undone from the last to the first, and nothing else is",
    machine: folds((after, _event, before) =>
      after.undoable.length === before.undoable.length ? after : { ...after, undoable: after.undoable.toReversed() },
    ),
  },
  {
    does: "forgets what can be undone",
    breaks: "an execution that undoes does not end before all is undone",
    machine: folds((after) => ({ ...after, undoable: [] })),
  },
  {
    does: "settles what is pure",
    breaks: "pure work passes, and all other work is settled",
    machine: each((event) => {
      const [step] = event.type === "Passed" ? event.steps : [];
      if (step === undefined) return event;
      return { type: "Settled", atMs: 2e12, attempt: 1, place: step.place, outcome: step.outcome, value: null };
    }),
  },
  {
    does: "forgets its timers",
    breaks: "an execution that no person holds up asks for something",
    machine: (right) => ({ requests: (state) => right.requests(state).filter(({ kind }) => kind !== "timer") }),
  },
  {
    does: "tells every attempt another time",
    breaks: "every attempt at a place asks for the same",
    machine: folds((after) => ({
      ...after,
      tokens: after.tokens.map((token) => ({ ...token, arrivedMs: after.atMs })),
    })),
  },
  {
    does: "remembers what its log does not say",
    breaks: "what an owner holds is what its log says",
    machine: folds((after) => ({
      ...after,
      tokens: after.tokens.map((token) => ({ ...token, lost: token.lost + 1 })),
    })),
  },
];

const attemptBefore = ({ tokens }: Running, { attempt, position }: Token): number =>
  tokens.find((token) => token.position === position)?.attempt ?? attempt;

function withAttemptInKey(request: ExecutionRequest): ExecutionRequest {
  if (request.kind !== "operate") return request;
  const nonce = `${request.operation.nonce}${String(request.attempt)}`;
  return { ...request, operation: { ...request.operation, nonce } };
}

const isCancelling = (state: Running): boolean => state.cancelling !== undefined;

function cancelledAtOnce(events: Facts): Facts {
  const [first] = events;
  return first?.type === "CancelRequested" && events.length === 1
    ? [first, { type: "Cancelled", reason: first.reason }]
    : events;
}
