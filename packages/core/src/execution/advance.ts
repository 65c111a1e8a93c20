import type { CallPlace, ExitPlace } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { digestOf } from "../value/sha256.ts";
import { admit } from "./admit.ts";
import type { ExecutionEvent, IncidentCode, PassedStep } from "./events.ts";
import { inputMissing, routes, settle } from "./evolve.ts";
import { stepAt } from "./program.ts";
import type { Program, Step } from "./program.ts";
import type { Running } from "./state.ts";
import { outcomeBy } from "./when.ts";
import type { World } from "./world.ts";

export interface Machine {
  readonly program: Program;
  readonly world: World;
}

/**
 * Whatever the machine can do alone, from where it stands: pure steps, exits, and the intent of an effect that may not be
 * repeated. It ends where someone else must act, where the segment is cut, or where the execution is over.
 */
export function advance(machine: Machine, from: Running): readonly ExecutionEvent[] {
  const passed: PassedValue[] = [];
  let state = from;
  const cut = (...events: readonly ExecutionEvent[]): readonly ExecutionEvent[] => [
    ...recorded(machine, passed, state),
    ...events,
  ];

  while (state.at.stage.kind === "ready") {
    const step = stepAt(machine.program, state.at.place);
    if (step.place.kind === "exit") return cut(completed(step, step.place, state));
    const answer = passOf(machine, step, step.place, state);
    if (answer.kind === "intent") return cut({ type: "AttemptStarted", place: step.name, attempt: state.at.attempt });
    if (answer.kind === "stuck") return cut(stuck(step, state, answer));
    passed.push({ place: step.name, outcome: answer.outcome, value: answer.value });
    state = settle(machine.program, state, answer.outcome, answer.value);
    if (machine.world.pause(passed.length)) break;
  }
  return cut();
}

interface PassedValue {
  readonly place: string;
  readonly outcome: string;
  readonly value: Json | undefined;
}

type Pass =
  | { readonly kind: "passed"; readonly outcome: string; readonly value: Json | undefined }
  | { readonly kind: "intent" }
  | { readonly kind: "stuck"; readonly code: IncidentCode; readonly detail: string };

function passOf(machine: Machine, step: Step, place: CallPlace, state: Running): Pass {
  const { work } = place;
  if (work.kind === "admit") {
    const { nack } = admit(work.fields, state.received, work.open);
    return { kind: "passed", outcome: nack.length === 0 ? "ACK" : "NACK", value: undefined };
  }
  const inputs = step.values(state);
  const absent = place.required.filter((name) => !Object.hasOwn(inputs, name));
  if (absent.length > 0) {
    if (place.missing !== undefined) return { kind: "passed", outcome: inputMissing, value: undefined };
    return { kind: "stuck", code: "INPUT_MISSING", detail: `no value for ${absent.join(", ")}` };
  }
  return work.kind === "transform" ? transformed(machine, step, work.implementation, inputs) : { kind: "intent" };
}

/** Foreign code is called here and nowhere else in core. What it throws is the outcome ERROR, which is recorded. */
function transformed(
  machine: Machine,
  step: Step,
  implementation: string,
  inputs: { readonly [name: string]: Json },
): Pass {
  const transform = machine.world.transform(implementation);
  if (transform === undefined) {
    return {
      kind: "stuck",
      code: "IMPLEMENTATION_CHANGED",
      detail: `this engine has no ${sealedAs(machine, implementation)}`,
    };
  }
  const answer = answerOf(() => transform(inputs));
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

function answerOf(call: () => { readonly outcome: string; readonly value: Json }): {
  readonly outcome: string;
  readonly value: Json;
  readonly detail: string;
} {
  try {
    const { outcome, value } = call();
    return { outcome, value, detail: "" };
  } catch (error) {
    const detail = error instanceof Error ? wellFormed(error.message) : "a transform threw what is no error";
    return { outcome: "ERROR", value: { message: detail }, detail };
  }
}

/** What foreign code says may be no Unicode text, and then it could not be recorded. */
const wellFormed = (text: string): string => text.replaceAll(/[\uD800-\uDFFF]/gu, "\uFFFD");

const stuck = (
  step: Step,
  state: Running,
  { code, detail }: { readonly code: IncidentCode; readonly detail: string },
): ExecutionEvent => ({
  type: "IncidentOpened",
  place: step.name,
  attempt: state.at.attempt,
  code,
  detail: wellFormed(detail),
});

const completed = (step: Step, place: ExitPlace, state: Running): ExecutionEvent => ({
  type: "Completed",
  class: place.class,
  emitted: place.emit === undefined ? [] : [place.emit],
  exit: step.name,
  outcome: place.outcome,
  outputs: step.values(state),
});

/** One record for all steps of a segment. A value that nobody reads after the cut is written as its digest. */
function recorded(machine: Machine, passed: readonly PassedValue[], state: Running): readonly ExecutionEvent[] {
  if (passed.length === 0) return [];
  const { order } = stepAt(machine.program, state.at.place);
  const steps = passed.map(({ place, outcome, value }): PassedStep => {
    if (value === undefined) return { place, outcome };
    const isRead = (machine.program.lastReaders.get(place) ?? -1) >= order;
    return isRead
      ? { place, outcome, value }
      : { place, outcome, digest: digestOf(machine.world.sha256, canonical(value)) };
  });
  return [{ type: "Passed", steps }];
}
