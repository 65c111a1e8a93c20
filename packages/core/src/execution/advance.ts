import type { CallPlace, ExitPlace, MapWork, TransformWork } from "../graph/graph.ts";
import { codeNamesOf } from "../graph/molecule.ts";
import { canonical } from "../value/canonical.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { digestOf } from "../value/sha256.ts";
import { admitSent } from "./admit.ts";
import type { Decided } from "./command.ts";
import type { ExecutionEvent, IncidentCode, PassedStep } from "./events.ts";
import { inputAt } from "./arrival.ts";
import { emissionProblem } from "./emit.ts";
import { evolve, routes } from "./evolve.ts";
import { codeOf } from "./molecule.ts";
import { firstOrder, inputMissing, settle } from "./move.ts";
import { stepAt } from "./program.ts";
import type { Program } from "./program.ts";
import { itemsOf, mapValue } from "./rounds.ts";
import { isHeld, withheld } from "./secrecy.ts";
import type { Running, Token } from "./state.ts";
import type { Step } from "./step.ts";
import { outcomeBy } from "./when.ts";
import { TransformFault, type World } from "./world.ts";

export interface Machine {
  readonly program: Program;
  readonly world: World;
}

/**
 * Whatever the machine can do alone, from where it stands: pure steps, exits, and the intents of effects that may not be
 * repeated. It ends where others must act, where the segment is cut, or where the execution is over.
 */
export function advance(machine: Machine, from: Running): Decided {
  const passed: PassedValue[] = [];
  const others = new Map<string, ExecutionEvent>();
  let state = from;
  for (let token = nextReady(state, others); token !== undefined; token = nextReady(state, others)) {
    const step = stepAt(machine.program, token.place);
    const pass = passAt(machine, step, state, token);
    if (pass.kind === "event") {
      others.set(token.position, pass.event);
      continue;
    }
    passed.push({ token, outcome: pass.outcome, value: pass.value });
    state = settle(machine.program, state, token, pass);
    if (machine.world.pause(passed.length)) return { events: recorded(machine, passed, state), state };
  }
  // In the order in which the tokens stand, so that it is the same wherever segments are cut.
  const inOrder = state.tokens.flatMap(({ position }) => others.get(position) ?? []);
  return andThen(machine, { events: recorded(machine, passed, state), state }, inOrder);
}

/** The same with more facts behind it. */
export function andThen({ program }: Machine, { events, state }: Decided, facts: readonly ExecutionEvent[]): Decided {
  let after = state;
  for (const fact of facts) after = evolve(program, after, fact);
  return { events: [...events, ...facts], state: after };
}

/** The first that can go on; what has said that it cannot is left alone. */
function nextReady({ tokens }: Running, others: ReadonlyMap<string, unknown>): Token | undefined {
  for (const token of tokens) {
    if (token.stage.kind === "ready" && !others.has(token.position)) return token;
  }
  return undefined;
}

interface PassedValue {
  readonly token: Token;
  readonly outcome: string;
  readonly value: Json | undefined;
}

type Pass =
  | { readonly kind: "passed"; readonly outcome: string; readonly value: Json | undefined }
  | { readonly kind: "intent" }
  | { readonly kind: "stuck"; readonly code: IncidentCode; readonly detail: string };

type Passing = Extract<Pass, { readonly kind: "passed" }> | { readonly kind: "event"; readonly event: ExecutionEvent };

function passAt(machine: Machine, step: Step, state: Running, token: Token): Passing {
  if (step.place.kind === "exit") return { kind: "event", event: ended(step, step.place, { state, token }) };
  const pass = passOf(machine, step, step.place, { state, token });
  switch (pass.kind) {
    case "passed":
      return pass;
    case "intent":
      return {
        kind: "event",
        event: { type: "AttemptStarted", place: token.position, attempt: token.attempt },
      };
    case "stuck":
      return { kind: "event", event: stuck(token, pass) };
  }
}

interface Standing {
  readonly state: Running;
  readonly token: Token;
}

function passOf(machine: Machine, step: Step, place: CallPlace, { state, token }: Standing): Pass {
  const { work } = place;
  if (work.kind === "admit") {
    const { nack } = admitSent(work, state);
    return { kind: "passed", outcome: nack.length === 0 ? "ACK" : "NACK", value: undefined };
  }
  const inputs = inputAt(step, state, token);
  for (const name of place.required) if (!Object.hasOwn(inputs, name)) return withoutInput(place, inputs);
  if (work.kind === "transform") {
    return discreet(place, transformed(machine, step, { work, inputs, position: token.position }));
  }
  if (work.kind === "wait") return token.brought === undefined ? said("VIOLATION") : said("RECEIVED", token.brought);
  return work.kind === "map" ? emptied(work, inputs["over"]) : { kind: "intent" };
}

function withoutInput({ missing, required }: CallPlace, inputs: JsonObject): Pass {
  if (missing !== undefined) return { kind: "passed", outcome: inputMissing, value: undefined };
  const absent = required.filter((name) => !Object.hasOwn(inputs, name));
  return { kind: "stuck", code: "INPUT_MISSING", detail: `no value for ${absent.join(", ")}` };
}

const said = (outcome: string, value: Json = {}): Pass => ({ kind: "passed", outcome, value });

/** Where there is nothing to go through, a map is over before its first round. */
function emptied(work: MapWork, over: Json | undefined): Pass {
  const items = itemsOf(work, over);
  if (items === undefined) return said("VIOLATION", mapValue({ items: [], last: undefined, failed: 0 }));
  return said("SUCCESS", mapValue({ items, last: undefined, failed: 0 }));
}

/** Code that knows secrets may say them wherever it speaks in words of its own. */
function discreet({ answers }: CallPlace, pass: Pass): Pass {
  if (answers === undefined) return pass;
  if (pass.kind === "passed") return pass.outcome === "ERROR" ? { ...pass, value: { message: withheld } } : pass;
  return pass.kind === "stuck" && spokenBy.has(pass.code) ? { ...pass, detail: withheld } : pass;
}

const spokenBy: ReadonlySet<IncidentCode> = new Set(["TRANSFORM_ERROR", "UNDECLARED_OUTCOME"]);

interface Call {
  readonly work: TransformWork;
  readonly inputs: { readonly [name: string]: Json };
  readonly position: string;
}

/** Foreign code is called here and nowhere else in core. What it throws is the outcome ERROR, which is recorded. */
function transformed(machine: Machine, step: Step, { inputs, position, work }: Call): Pass {
  const stopped = machine.world.stoppedAt?.(position);
  if (stopped !== undefined) return { kind: "stuck", code: "TRANSFORM_LIMIT", detail: stopped };
  const transform = codeOf(work, (name) => machine.world.transform(name));
  if (transform === undefined) {
    const lacking = codeNamesOf(work).filter((name) => machine.world.transform(name) === undefined);
    const names = lacking.map((name) => sealedAs(machine, name)).join(", ");
    return { kind: "stuck", code: "IMPLEMENTATION_CHANGED", detail: `this engine has no ${names}` };
  }
  const answer = answerOf(() => transform(inputs));
  if ("stopped" in answer) return { kind: "stuck", code: "TRANSFORM_LIMIT", detail: answer.stopped };
  const outcome = outcomeBy(step, answer.outcome, answer.value);
  if (outcome !== undefined && routes(step, outcome)) return { kind: "passed", outcome, value: answer.value };
  if (answer.outcome === "ERROR") return { kind: "stuck", code: "TRANSFORM_ERROR", detail: answer.detail };
  return { kind: "stuck", code: "UNDECLARED_OUTCOME", detail: undeclared(step, answer.outcome, outcome) };
}

const sealedAs = ({ world }: Machine, implementation: string): string =>
  world.sealedAs?.(implementation) ?? implementation;

/** Why an answer leads nowhere: its outcome has no edge, or the field that decides says nothing that was declared. */
export const undeclared = ({ name }: Step, answered: string, outcome: string | undefined): string =>
  outcome === undefined
    ? `the answer does not say which outcome of ${name} it is`
    : `${answered} is not an outcome of ${name}`;

type Answered =
  | { readonly outcome: string; readonly value: Json; readonly detail: string }
  | { readonly stopped: string };

function answerOf(call: () => { readonly outcome: string; readonly value: Json }): Answered {
  try {
    const { outcome, value } = call();
    return { outcome, value, detail: "" };
  } catch (error) {
    if (error instanceof TransformFault) return { stopped: error.message };
    const detail = error instanceof Error ? error.message.toWellFormed() : "a transform threw what is no error";
    return { outcome: "ERROR", value: { message: detail }, detail };
  }
}

/** What foreign code says may be no Unicode text, and then it could not be recorded. */
const stuck = (
  { attempt, position }: Token,
  { code, detail }: { readonly code: IncidentCode; readonly detail: string },
): ExecutionEvent => ({ type: "IncidentOpened", place: position, attempt, code, detail: detail.toWellFormed() });

/** An event that is not what it declares is not emitted: then a person has to look. */
function ended(step: Step, place: ExitPlace, { state, token }: Standing): ExecutionEvent {
  const outputs = inputAt(step, state, token);
  const problem = emissionProblem(place, outputs);
  if (problem !== undefined) return stuck(token, { code: "EVENT_SCHEMA", detail: problem });
  return {
    type: "Completed",
    class: place.class,
    emitted: place.emit === undefined ? [] : [place.emit],
    exit: step.name,
    outcome: place.outcome,
    outputs,
  };
}

/**
 * One record for all steps of a segment. A value that nobody reads after the cut is written as its digest, unless it holds
 * a secret: a short one can be guessed from its digest.
 */
function recorded(
  { program, world }: Machine,
  passed: readonly PassedValue[],
  state: Running,
): readonly ExecutionEvent[] {
  if (passed.length === 0) return [];
  const steps = passed.map(({ token, outcome, value }): PassedStep => {
    const place = token.position;
    if (value === undefined) return { place, outcome };
    const isKept = isRead(program, state, token) || isSealedAt(program, token, value);
    return isKept ? { place, outcome, value } : { place, outcome, digest: digestOf(world.sha256, canonical(value)) };
  });
  return [{ type: "Passed", steps }];
}

function isSealedAt(program: Program, token: Token, value: Json): boolean {
  const { place } = stepAt(program, token.place);
  return place.kind === "call" && place.answers !== undefined && isHeld(place.answers, value);
}

/** Whether anyone reads it after the cut, or whoever folds the record does. */
function isRead(program: Program, state: Running, { place, round }: Token): boolean {
  return program.folded.has(place) || (program.lastReaders.get(place) ?? -1) >= firstOrder(program, state, round);
}
