import { isPure } from "../graph/graph.ts";
import type { CallPlace, WaitWork } from "../graph/graph.ts";
import { momentMs } from "../value/instant.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { ownValue } from "../value/present.ts";
import { sourcesAt } from "./evaluate.ts";
import { positionOf } from "./position.ts";
import { open, ready } from "./state.ts";
import type { RoundName, Running, Stage, Token, Undoable } from "./state.ts";
import type { Step } from "./step.ts";

/** A token that has just come to a place. */
export function newToken({ home = "", name }: Step, round: RoundName, arrivedMs: number): Token {
  const position = positionOf(name, round, home);
  return { place: name, position, round, stage: ready, arrivedMs, attempt: 1, failures: 0, lost: 0 };
}

/** A token that undoes something. It knows what it is told, so no round needs to be there any more. */
export function undoToken({ input, place, position }: Undoable, arrivedMs: number): Token {
  const fresh = { place, position, round: "", arrivedMs, attempt: 1, failures: 0, lost: 0 };
  return { ...fresh, stage: ready, undoing: input };
}

/** What the work at a token is told. */
export const inputAt = ({ values }: Step, state: Running, token: Token): JsonObject =>
  token.undoing ?? values(sourcesAt(state, token));

/**
 * Work on our own store, children, and work that may be repeated, are open at once; whoever is waited for is waited for;
 * all else waits for a decision. Once someone has asked to cancel, nothing new is opened, except what undoes.
 */
export function stageAt(step: Step, state: Running, token: Token): Stage {
  const { place } = step;
  if (place.kind === "exit" || isPure(place.work) || !isAsked(step, place, state, token)) return ready;
  if (state.cancelling !== undefined && token.undoing === undefined) return ready;
  const { work } = place;
  if (work.kind === "wait") return waitingAt(step, work, state, token);
  if (work.kind === "task") return waitingFor(work.timeoutMs, token);
  const isForUs = work.kind === "map" || work.kind === "loop" || (work.kind === "effect" && !work.idempotent);
  return isForUs ? ready : open;
}

/** Whether every input without which it cannot be asked for has a value. */
export function isAsked({ required }: Step, place: CallPlace, state: Running, token: Token): boolean {
  const { undoing } = token;
  if (undoing !== undefined) return place.required.every((name) => ownValue(undoing, name) !== undefined);
  const sources = sourcesAt(state, token);
  return required.every((evaluate) => evaluate(sources) !== undefined);
}

/** What was said before is there at once, and a time that is none is for the machine to say. */
function waitingAt(step: Step, { forMs, signal }: WaitWork, state: Running, token: Token): Stage {
  if (token.brought !== undefined) return ready;
  if (signal !== undefined || forMs !== undefined) return waitingFor(forMs, token);
  const dueMs = untilMs(inputAt(step, state, token)["until"]);
  return dueMs === undefined ? ready : { kind: "waiting", dueMs };
}

const waitingFor = (ms: number | undefined, { arrivedMs }: Token): Stage =>
  ms === undefined ? { kind: "waiting" } : { kind: "waiting", dueMs: arrivedMs + ms };

const untilMs = (until: Json | undefined): number | undefined =>
  typeof until === "string" ? momentMs(until) : undefined;

/** The first thing said that the place waits for, and what is left for others. `undefined`: nothing was. */
export function takeSaid({ place }: Step, state: Running): Taken | undefined {
  if (state.said.length === 0 || place.kind === "exit" || place.work.kind !== "wait") return undefined;
  const { signal } = place.work;
  const found = state.said.find(({ name }) => name === signal);
  if (found === undefined) return undefined;
  return { state: { ...state, said: state.said.filter((said) => said !== found) }, brought: found.value };
}

interface Taken {
  readonly state: Running;
  readonly brought: Json;
}
