import type { ExitClass, LoopWork, MapWork, PlaceName } from "../graph/graph.ts";
import type { Json, JsonObject } from "../value/json.ts";
import type { IncidentCode, Parent } from "./events.ts";

/** Where an execution stands. Each phase carries only what is true in that phase. */
export type ExecutionState =
  | { readonly phase: "unborn" }
  | Running
  | ({ readonly phase: "completed"; readonly atMs: number; readonly class: ExitClass } & Asked)
  | ({ readonly phase: "cancelled"; readonly atMs: number } & Asked);

/** Present where another execution asked for it. */
interface Asked {
  readonly parent?: Parent;
}

export interface Running extends Asked {
  readonly phase: "running";
  readonly tenant: string;
  readonly execution: string;
  /** Who asked for it. */
  readonly principal: string;
  /** The `at` of the last given event. */
  readonly atMs: number;
  readonly received: Json;
  readonly payload: Json;
  /**
   * Of the workflow's own level, by place or scope. A result dies after its last reader, so this is as large as what is
   * still to be read.
   */
  readonly results: Results;
  /** Rounds of maps and loops that are under way, by their position. */
  readonly rounds: ReadonlyMap<string, Round>;
  /** Wherever it stands at once. What is ready goes on in this order. */
  readonly tokens: readonly Token[];
  /** What was said before anyone waited for it, oldest first. */
  readonly said: readonly Said[];
  /** The ids of all that was ever said: what is said twice is said once. */
  readonly heard: ReadonlySet<string>;
  /** What can be undone, oldest first. */
  readonly undoable: readonly Undoable[];
  readonly cancelling?: Cancelling;
  /** Whether what was done is being undone now, before the end. */
  readonly unwinding?: true;
}

export type Results = ReadonlyMap<string, Json>;

/** One pass through the body of a map or a loop, with results of its own. */
export interface Round {
  /** The place of the map or loop. At which position it stands, and which round this is, the round's own name says. */
  readonly of: PlaceName;
  /** The round that the map or loop stands in itself. */
  readonly outer: RoundName;
  /** What bindings of kind `round` read. */
  readonly about: JsonObject;
  readonly results: Results;
}

/** A position that ends with an index, `CC_CHECK[2]`; empty for the workflow's own level. */
export type RoundName = string;

/** Where an execution stands, once or several times, and what is known about the work there. */
export interface Token<S extends Stage = Stage> {
  readonly place: PlaceName;
  /** The place with the indices of the rounds that lead to it. It names the work in every record and in every key. */
  readonly position: string;
  readonly round: RoundName;
  readonly stage: S;
  /** What `atMs` was when it came here. Inputs tell this time, so every attempt asks the same. */
  readonly arrivedMs: number;
  /** The attempt that is open, or the next one. */
  readonly attempt: number;
  /** Attempts that used up a declared retry. */
  readonly failures: number;
  /** Attempts in a row whose process died before it said anything. */
  readonly lost: number;
  /** What was said to it before it came. */
  readonly brought?: Json;
  /** Present where it undoes something: what it is told, taken when that was done. */
  readonly undoing?: JsonObject;
}

/**
 * `ready`: the machine can go on by itself. `open`: someone is at work. `waiting`: until a timer, or until someone says
 * something. `joining`: for other tokens. `rounds`: until its rounds are over. `unwinding`: until all is undone.
 * `incident`: until a person.
 */
export type Stage =
  | { readonly kind: "ready" }
  | { readonly kind: "open" }
  | { readonly kind: "waiting"; readonly dueMs?: number }
  | { readonly kind: "joining" }
  | MapStage
  | LoopStage
  | { readonly kind: "unwinding" }
  | { readonly kind: "incident"; readonly code: IncidentCode };

export interface MapStage {
  readonly kind: "map";
  readonly work: MapWork;
  readonly items: readonly Json[];
  /** How many rounds were begun, and how many of them are under way. */
  readonly begun: number;
  readonly live: number;
  /** What was over last, and what before it: one more costs the same however many there are. */
  readonly last: EndedRound | undefined;
  readonly failed: number;
}

export interface RoundEnd {
  readonly outcome: string;
  readonly value: Json;
}

interface EndedRound extends RoundEnd {
  readonly index: number;
  readonly before: EndedRound | undefined;
}

export interface LoopStage {
  readonly kind: "loop";
  readonly work: LoopWork;
  /** How many rounds were begun. */
  readonly begun: number;
  /** Between two rounds: what the one before returned, and when the next begins. */
  readonly next?: { readonly last: Json; readonly dueMs: number };
}

interface Said {
  readonly name: string;
  readonly value: Json;
}

export interface Undoable {
  readonly place: PlaceName;
  readonly position: string;
  readonly input: JsonObject;
}

interface Cancelling {
  readonly reason: string;
  readonly deadlineMs: number;
}

/** What says nothing more is one value, however many tokens it is said of. */
export const ready: Extract<Stage, { readonly kind: "ready" }> = { kind: "ready" };
export const open: Extract<Stage, { readonly kind: "open" }> = { kind: "open" };

export const unborn: ExecutionState = { phase: "unborn" };

/** The timer of a cancellation; no place is called so. */
export const cancelTimer = "@cancel";

export const tokenAt = ({ tokens }: Running, position: string): Token | undefined =>
  tokens.find((token) => token.position === position);

/** Whether nobody wants its work any more. What undoes something is wanted to the end. */
export const isCalledOff = ({ cancelling }: Running, { undoing }: Token): boolean =>
  cancelling !== undefined && undoing === undefined;

/** A fact about a position that no token is at means the log is broken, and that is a crash. */
export function standingAt(state: Running, { place }: { readonly place: string }): Token {
  const token = tokenAt(state, place);
  if (token === undefined) throw new Error(`impossible: a fact about ${place}, where nothing stands`);
  return token;
}

/** The same state with a token changed, gone, or become several. The others keep their order. */
export function replaced(state: Running, token: Token, by: readonly Token[]): Running {
  const { tokens } = state;
  if (tokens.length === 1) return { ...state, tokens: by };
  const at = tokens.indexOf(token);
  return { ...state, tokens: [...tokens.slice(0, at), ...by, ...tokens.slice(at + 1)] };
}

/** Whether a token is in a stage of that kind. */
export const isIn = <K extends Stage["kind"]>(
  token: Token,
  kind: K,
): token is Token<Extract<Stage, { readonly kind: K }>> => token.stage.kind === kind;

/** A token that is known to be in a stage of that kind. */
export function inStage<K extends Stage["kind"]>(token: Token, kind: K): Token<Extract<Stage, { readonly kind: K }>> {
  if (!isIn(token, kind)) throw new Error(`impossible: ${token.position} is ${token.stage.kind} and not ${kind}`);
  return token;
}
