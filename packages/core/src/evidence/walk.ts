import { inputAt } from "../execution/arrival.ts";
import type { DecodedRecord } from "../execution/decode.ts";
import type { ExecutionEvent, PassedStep, Settled, Started, TaskSettled } from "../execution/events.ts";
import { prepare, sourcesAt } from "../execution/evaluate.ts";
import type { Sources } from "../execution/evaluate.ts";
import { evolve } from "../execution/evolve.ts";
import { programOf, stepAt } from "../execution/program.ts";
import type { Left, Program } from "../execution/program.ts";
import { callOf } from "../execution/step.ts";
import { unborn } from "../execution/state.ts";
import type { ExecutionState, Running, Token } from "../execution/state.ts";
import type { Binding } from "../graph/binding.ts";
import type { Graph, PlaceName } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import type { Json, JsonObject } from "../value/json.ts";

/** A token at a place: from when it could be worked at until it left. */
export interface Visit {
  /** The place with the indices of its rounds. No execution is twice at one position. */
  readonly position: string;
  readonly place: PlaceName;
  readonly round: string;
  readonly arrivedMs: number;
  /** Of the record that led here. */
  readonly revision: number;
  /** What the work was told: the values that the log holds. */
  readonly inputs: JsonObject;
  /** Inputs that read what the log only holds as a digest. */
  readonly notKept: readonly string[];
  /** Whether something is undone here. */
  readonly undoes: boolean;
}

/** What happened, in its order. A record stands before whatever it led to. */
export type Moment =
  | { readonly kind: "record"; readonly record: DecodedRecord }
  | { readonly kind: "arrived"; readonly visit: Visit }
  | LeftMoment;

export interface LeftMoment {
  readonly kind: "left";
  readonly visit: Visit;
  readonly record: DecodedRecord;
  /** Absent: it was called off. */
  readonly left?: Left;
  readonly value?: Json;
  /** Instead of a value that nobody reads any more. */
  readonly digest?: string;
  /** What the scope that was left with it returned, where someone still reads it. */
  readonly returned?: Json;
}

export interface Walk {
  readonly started: Started;
  readonly moments: readonly Moment[];
  /** Where it stands at the end. */
  readonly tokens: readonly Token[];
  readonly last: DecodedRecord;
}

interface Walker {
  readonly program: Program;
  readonly lefts: Left[];
  readonly moments: Moment[];
  readonly open: Map<string, Visit>;
  /** Positions whose result stands in the log as a digest, and the scopes around them. */
  readonly digested: Set<string>;
}

/** Folds a log like the machine does, and tells who came where, with what, and how it was left. */
export function walkOf(graph: Graph, records: readonly DecodedRecord[]): Walk {
  const [first] = records;
  if (first?.event.type !== "Started") throw new Error("impossible: a log that does not begin with a start");
  const lefts: Left[] = [];
  const program: Program = { ...programOf(graph), left: (left) => void lefts.push(left) };
  const walker: Walker = { program, lefts, moments: [], open: new Map(), digested: new Set() };
  let state: ExecutionState = unborn;
  let last = first;
  for (const record of records) {
    last = record;
    walker.moments.push({ kind: "record", record });
    for (const event of factsIn(record.event)) {
      state = evolve(program, state, event);
      note(walker, { event, record, state });
    }
  }
  return { started: first.event, moments: walker.moments, tokens: state.phase === "running" ? state.tokens : [], last };
}

/** Steps that were recorded together are told one by one. */
const factsIn = (event: ExecutionEvent): readonly ExecutionEvent[] =>
  event.type === "Passed" ? event.steps.map((step) => ({ type: "Passed", steps: [step] })) : [event];

function note(walker: Walker, { event, record, state }: Fact): void {
  if (state.phase === "running") {
    goOn(walker, { event, record, state });
    return;
  }
  if (event.type === "Completed") exited(walker, event.exit, record);
  callOff(walker, [], record);
}

interface Fact<S extends ExecutionState = ExecutionState> {
  readonly event: ExecutionEvent;
  readonly record: DecodedRecord;
  /** After it. */
  readonly state: S;
}

function goOn(walker: Walker, fact: Fact<Running>): void {
  const { lefts, moments, open } = walker;
  const { record, state } = fact;
  for (const left of lefts.splice(0)) {
    const visit = present(open.get(left.position));
    moments.push({ kind: "left", visit, record, left, ...cameTo(walker, left, fact) });
    open.delete(left.position);
  }
  callOff(walker, state.tokens, record);
  for (const token of state.tokens) {
    if (token.stage.kind === "joining" || open.has(token.position)) continue;
    const visit = visitOf(walker, state, token, record);
    open.set(token.position, visit);
    moments.push({ kind: "arrived", visit });
  }
}

/** Whoever stands nowhere any more and did not leave was called off. */
function callOff({ moments, open }: Walker, tokens: readonly Token[], record: DecodedRecord): void {
  const standing = new Set(tokens.map(({ position }) => position));
  for (const [position, visit] of open) {
    if (standing.has(position)) continue;
    moments.push({ kind: "left", visit, record });
    open.delete(position);
  }
}

function exited({ moments, open }: Walker, exit: PlaceName, record: DecodedRecord): void {
  const visit = present(open.get(exit));
  const left = { position: exit, place: exit, round: "", outcome: "completed", isInScope: false };
  moments.push({ kind: "left", visit, record, left });
  open.delete(exit);
}

type Came = Pick<LeftMoment, "value" | "digest" | "returned">;

function cameTo(
  { digested, program }: Walker,
  { place, position, round, scope }: Left,
  { event, state }: Fact<Running>,
): Came {
  const said = valueIn(event, position) ?? { value: keptIn(state, round, place) };
  const digest = "digest" in said ? said.digest : undefined;
  if (digest !== undefined) digested.add(place).add(callOf(stepAt(program, place)).scope ?? place);
  const returned = scope === undefined ? undefined : keptIn(state, round, scope);
  return {
    ...(said.value === undefined ? {} : { value: said.value }),
    ...(digest === undefined ? {} : { digest }),
    ...(returned === undefined ? {} : { returned }),
  };
}

/** What a fact says of a position; `undefined` where it speaks of another. */
function valueIn(event: ExecutionEvent, position: string): PassedStep | TaskSettled | Settled | undefined {
  if (event.type === "Passed") return event.steps.find(({ place }) => place === position);
  const speaks = event.type === "Settled" || event.type === "TaskSettled";
  return speaks && event.place === position ? event : undefined;
}

const keptIn = ({ results, rounds }: Running, round: string, name: string): Json | undefined =>
  (round === "" ? results : rounds.get(round)?.results)?.get(name);

function visitOf({ digested, program }: Walker, state: Running, token: Token, { revision }: DecodedRecord): Visit {
  const { arrivedMs, place, position, round, undoing } = token;
  const step = stepAt(program, place);
  const isCall = step.place.kind === "call";
  const sources = sourcesAt(state, token);
  const bindings = isCall && undoing === undefined ? Object.entries(step.place.inputs) : [];
  const notKept = bindings.flatMap(([name, binding]) => (isLacking(binding, sources, digested) ? [name] : []));
  const inputs = isCall ? inputAt(step, state, token) : {};
  return { position, place, round, arrivedMs, revision, inputs, notKept, undoes: undoing !== undefined };
}

/** Whether a binding reads something that was there, and that the log holds no value of. */
function isLacking(binding: Binding, sources: Sources, digested: ReadonlySet<string>): boolean {
  if (binding.kind === "object") return Object.values(binding.fields).some((one) => isLacking(one, sources, digested));
  if (binding.kind === "list") return binding.items.some((one) => isLacking(one, sources, digested));
  return binding.kind === "result" && digested.has(binding.of) && prepare(binding)(sources) === undefined;
}
