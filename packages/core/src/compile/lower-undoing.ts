import type { Contract } from "../artifact/contract.ts";
import type { ExitNode } from "../artifact/node.ts";
import { entriesOf } from "../artifact/reader.ts";
import type { Bindings } from "../graph/binding.ts";
import type { CallPlace, Edge, ExitPlace, OutcomeName } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { answersOf } from "./answers.ts";
import { entityBindings } from "./entity-rules.ts";
import { stepsIn, type LinkedBinding, type LinkedStep, type LinkedWorkflow } from "./linked.ts";
import { lowerWork, requiredBy } from "./lower-work.ts";

/** A contract at one node, as far as undoing its steps goes. */
interface UndoingSite {
  readonly name: string;
  readonly contract: Contract;
  readonly binding: LinkedBinding | undefined;
}

/** What undoes a step is asked for by nobody's edge, and leads nowhere: what it was to undo is undone, or was not there. */
export function lowerUndoing(
  linked: LinkedStep,
  { binding, contract, name }: UndoingSite,
  inputs: Bindings,
): CallPlace {
  const outcomes = outcomesOf(linked, binding);
  const undone = outcomes.filter((outcome) => outcome === "SUCCESS" || outcome === "NOT_FOUND");
  return {
    kind: "call",
    scope: name,
    work: lowerWork(linked, binding),
    inputs: { ...inputs, ...entityBindings(linked.step, binding) },
    required: requiredBy(linked, contract, binding),
    outcomes,
    edges: Object.fromEntries(undone.map((outcome): readonly [OutcomeName, Edge] => [outcome, { undone: true }])),
    ...answersOf(linked),
  };
}

function outcomesOf({ callable, step }: LinkedStep, binding: LinkedBinding | undefined): readonly OutcomeName[] {
  const called = present(callable);
  if (called.kind !== "endpoint") return [...called.outcomes.keys()];
  const { endpoints } = present(present(binding).policies.get(called.identity)).value;
  const { outcomes } = present(endpoints.get(present(step.endpoint).value)).value;
  return [...new Set(entriesOf(outcomes).map(({ value }) => value.value))];
}

/** The outcomes of a step after which there is something to undo: those that stand for its success. */
export const doneBy = ({ when }: LinkedStep["step"]): readonly OutcomeName[] =>
  when === undefined ? ["SUCCESS"] : [...when.outcomes.entries.keys()];

export const undoOf = ({ step, undoing }: LinkedStep, name: string): Pick<CallPlace, "undo"> =>
  undoing === undefined ? {} : { undo: { place: `${name}/${undoing.step.name.value}`, on: doneBy(step) } };

/** A failure undoes what can be undone; a rejection says whether it does. */
export function undoesAt(
  { class: meaning, compensate }: ExitNode,
  workflow: LinkedWorkflow,
): Pick<ExitPlace, "undoes"> {
  const isFailure = meaning?.value === "failed" && stepsIn(workflow).some(({ undoes }) => undoes !== undefined);
  return isFailure || compensate?.value === true ? { undoes: true } : {};
}
