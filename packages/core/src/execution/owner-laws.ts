import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { decodeRecord } from "./decode.ts";
import type { ExecutionEvent } from "./events.ts";
import type { Machine } from "./advance.ts";
import { evolve } from "./evolve.ts";
import { effectKey, requests } from "./requests.ts";
import type { EffectRequest, ExecutionRequest } from "./requests.ts";
import { isCalledOff, unborn } from "./state.ts";
import type { ExecutionState, Running, Token } from "./state.ts";

/** What an owner held in memory, and asked for, after so many records. */
export interface Held {
  readonly revision: number;
  readonly state: ExecutionState;
  readonly requests: readonly ExecutionRequest[];
}

/** An execution as its owner lived through it. */
export interface Life {
  readonly machine: Machine;
  readonly log: readonly ExecutionEvent[];
  readonly lines: readonly string[];
  readonly held: readonly Held[];
}

/** Something that is true of every owner at every moment, in one sentence. */
export interface OwnerLaw {
  readonly name: string;
  readonly holds: (life: Life) => boolean;
}

/** What is true of an owner: that it forgets nothing which it needs, and asks for nothing that it should not. */
export const ownerLaws: readonly OwnerLaw[] = [
  { name: "what an owner holds is what its log says", holds: heldIsFolded },
  {
    name: "an execution that no person holds up asks for something",
    holds: ({ held, machine }) =>
      held.every(
        ({ state, requests: asked }) => asked.length > 0 === (state.phase === "running" && isDriven(machine, state)),
      ),
  },
  { name: "every attempt at a place asks for the same", holds: ({ held }) => asksTheSame(held) },
  { name: "a request's key is made of its position alone", holds: keyedByPosition },
  {
    name: "a cancellation asks for nothing that was not asked for before",
    holds: ({ held }) => held.every((now, index) => asksNothingNew(now, held[index - 1])),
  },
  { name: "who cancels waits for the effect that is under way", holds: cancelWaits },
];

/** The names of the laws that an owner broke. */
export const brokenOwnerLaws = (life: Life): readonly string[] =>
  ownerLaws.filter(({ holds }) => !holds(life)).map(({ name }) => name);

function heldIsFolded({ held, lines, machine }: Life): boolean {
  let folded: ExecutionState = unborn;
  let revision = 0;
  return held.every((now) => {
    for (const line of lines.slice(revision, now.revision)) {
      folded = evolve(machine.program, folded, decodeRecord(line).event);
    }
    ({ revision } = now);
    return (
      textOf(folded) === textOf(now.state) && textOfRequests(requests(machine, folded)) === textOfRequests(now.requests)
    );
  });
}

/** Whether anyone but a person can bring it further: itself, a timer, a handler, a child, or whoever does a task. */
function isDriven(machine: Machine, state: Running): boolean {
  const { cancelling, tokens, unwinding } = state;
  if (cancelling !== undefined && tokens.length === 0) return true;
  return tokens.some((token) => {
    const { stage } = token;
    if (stage.kind === "open") return true;
    if (stage.kind === "ready") return !isCalledOff(state, token) || unwinding === true;
    if (isCalledOff(state, token)) return false;
    if (stage.kind === "loop") return stage.next !== undefined;
    return stage.kind === "waiting" && (stage.dueMs !== undefined || isTask(machine, token));
  });
}

function isTask({ program }: Machine, { place }: Token): boolean {
  const step = program.steps.get(place)?.place;
  return step?.kind === "call" && step.work.kind === "task";
}

/** States are compared by what they say, so a map is an object here, and a set a list. */
const textOf = (state: ExecutionState): string => canonical(plain(state));

function plain(value: unknown): Json {
  if (value instanceof Map) return plain(Object.fromEntries(value));
  if (value instanceof Set) return plain([...value]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return scalar(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([name, part]) => [name, plain(part)]));
}

function scalar(value: unknown): Json {
  const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isScalar ? value : null;
}

const textOfRequests = (asked: readonly ExecutionRequest[]): string => JSON.stringify(asked.map(textOfRequest));

function textOfRequest(request: ExecutionRequest): string {
  if (request.kind === "effect") return canonical([request.place, request.attempt, request.input]);
  if (request.kind === "child") return canonical([request.place, request.execution, request.input]);
  if (request.kind === "operate") return canonical([request.place, request.attempt, { ...request.operation }]);
  return canonical(plain(request));
}

function asksTheSame(held: readonly Held[]): boolean {
  const asked = new Map<string, string>();
  return held
    .flatMap(({ requests: all }) => all)
    .filter(isEffect)
    .every(({ input, place }) => {
      const text = canonical(input);
      const before = asked.get(place) ?? text;
      asked.set(place, text);
      return before === text;
    });
}

const isEffect = (request: ExecutionRequest): request is EffectRequest => request.kind === "effect";

function keyedByPosition({ held, machine }: Life): boolean {
  return held.every(({ requests: asked, state }) => {
    if (state.phase !== "running") return true;
    return asked
      .filter((request) => request.kind === "operate")
      .every(({ operation, place }) => operation.nonce === effectKey(machine.world.sha256, state, place));
  });
}

function asksNothingNew(now: Held, before: Held | undefined): boolean {
  if (now.state.phase !== "running" || now.state.cancelling === undefined) return true;
  const { tokens, unwinding } = now.state;
  const asked = new Set(before?.requests.map(textOfRequest));
  const undoing = new Set(tokens.flatMap((token) => (token.undoing === undefined ? [] : [token.position])));
  return now.requests.every((request) => {
    if (request.kind === "advance") return unwinding === true;
    return request.kind === "timer" || undoing.has(request.place) || asked.has(textOfRequest(request));
  });
}

function cancelWaits({ held, log }: Life): boolean {
  return held.every((now, index) => {
    const before = held[index - 1];
    if (before === undefined || !before.requests.some(isEffect)) return true;
    const [asked, ended] = log.slice(before.revision, now.revision);
    return asked?.type !== "CancelRequested" || ended === undefined;
  });
}
