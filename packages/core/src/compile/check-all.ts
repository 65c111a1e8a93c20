import type { Problem } from "../value/problem.ts";
import { contractExitsAreTyped, workflowExitsAreTyped } from "./check/exits-are-typed.ts";
import { graphsAreBounded } from "./check/graphs-are-bounded.ts";
import { nodeInputsAreBound, stepInputsAreBound } from "./check/inputs-are-bound.ts";
import { nodeOutcomesHaveEdges, stepOutcomesHaveEdges } from "./check/outcomes-have-edges.ts";
import { pathsAreKnown } from "./check/paths-are-known.ts";
import { policiesAreInRange } from "./check/policies-are-in-range.ts";
import { predicatesDecide } from "./check/predicates-decide.ts";
import { resultsAreOnEveryPath } from "./check/results-are-on-every-path.ts";
import { scopesAreSound } from "./check/scopes-are-sound.ts";
import { startIsTheIntent } from "./check/start-is-the-intent.ts";
import { stepKeysFit } from "./check/step-keys-fit.ts";
import { storesAreApart } from "./check/stores-are-apart.ts";
import { storesHaveOneKind } from "./check/stores-have-one-kind.ts";
import { surfacesAreExact } from "./check/surfaces-are-exact.ts";
import { typesFit } from "./check/types-fit.ts";
import { whenIsTotal } from "./check/when-is-total.ts";
import { worldIsBound } from "./check/world-is-bound.ts";
import { contractView } from "./contract-view.ts";
import type { Linked, LinkedContract, LinkedWorkflow } from "./linked.ts";
import type { CompileOptions } from "./options.ts";
import type { ScopeView } from "./view.ts";
import { workflowView } from "./workflow-view.ts";

/** Every rule over everything that could be linked. A rule reads, reports and changes nothing. */
export const checkAll = (linked: Linked, options: CompileOptions): readonly Problem[] => [
  ...storesAreApart(linked),
  ...storesHaveOneKind(linked),
  ...linked.contracts.flatMap(checkContract),
  ...linked.workflows.flatMap((workflow) => checkWorkflow(workflow, options)),
];

function checkContract(linked: LinkedContract): readonly Problem[] {
  const view = contractView(linked);
  return [
    ...surfacesAreExact(linked),
    ...stepOutcomesHaveEdges(linked),
    ...stepKeysFit(linked),
    ...stepInputsAreBound(linked),
    ...contractExitsAreTyped(linked),
    ...policiesAreInRange(linked),
    ...predicatesDecide(linked),
    ...whenIsTotal(linked),
    ...scopesAreSound(view, linked.contract.spot),
    ...readingIsSound(view),
  ];
}

function checkWorkflow(linked: LinkedWorkflow, options: CompileOptions): readonly Problem[] {
  const view = workflowView(linked);
  return [
    ...startIsTheIntent(linked),
    ...nodeOutcomesHaveEdges(linked),
    ...nodeInputsAreBound(linked),
    ...workflowExitsAreTyped(linked),
    ...worldIsBound(linked, options),
    ...graphsAreBounded(linked),
    ...(view === undefined ? [] : [...scopesAreSound(view, linked.workflow.spot), ...readingIsSound(view)]),
  ];
}

const readingIsSound = (view: ScopeView): readonly Problem[] => [
  ...pathsAreKnown(view),
  ...typesFit(view),
  ...resultsAreOnEveryPath(view),
];
