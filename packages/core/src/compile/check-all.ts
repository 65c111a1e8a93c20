import { orderOf, shortestCycle } from "../graph/paths.ts";
import { forksIn, tokensIn } from "../graph/tokens.ts";
import { limits } from "../value/limits.ts";
import type { Problem } from "../value/problem.ts";
import { admissionCanDecide } from "./check/admission-can-decide.ts";
import { admissionIsAnswerable } from "./check/admission-is-answerable.ts";
import { boundsAreInRange } from "./check/bounds-are-in-range.ts";
import { childrenAreForTheirActors } from "./check/children-are-for-their-actors.ts";
import { childrenEnd } from "./check/children-end.ts";
import { exitsEndAlone } from "./check/exits-end-alone.ts";
import { compensationIsSaid } from "./check/compensation-is-said.ts";
import { compensationsFit } from "./check/compensations-fit.ts";
import { contractExitsAreTyped, workflowExitsAreTyped } from "./check/exits-are-typed.ts";
import { graphsAreBounded } from "./check/graphs-are-bounded.ts";
import { joinsHaveForks } from "./check/joins-have-forks.ts";
import { ingressFitsItsIntent } from "./check/ingress-fits-its-intent.ts";
import { nodeInputsAreBound, stepInputsAreBound } from "./check/inputs-are-bound.ts";
import { nodeOutcomesHaveEdges, stepOutcomesHaveEdges } from "./check/outcomes-have-edges.ts";
import { pathsAreKnown } from "./check/paths-are-known.ts";
import { policiesAreInRange } from "./check/policies-are-in-range.ts";
import { predicatesDecide } from "./check/predicates-decide.ts";
import { recordsFitTheirEntity } from "./check/records-fit-their-entity.ts";
import { repliesAreKnown } from "./check/replies-are-known.ts";
import { requiredEventsAreEmitted } from "./check/required-events-are-emitted.ts";
import { resultsAreOnEveryPath } from "./check/results-are-on-every-path.ts";
import { roundsAreSound } from "./check/rounds-are-sound.ts";
import { routesAreApart } from "./check/routes-are-apart.ts";
import { scopesAreSound } from "./check/scopes-are-sound.ts";
import { secretsAreGranted } from "./check/secrets-are-granted.ts";
import { storesKeepNoSecrets, secretsStaySecret } from "./check/secrets-stay-secret.ts";
import { signalsAgree } from "./check/signals-agree.ts";
import { startIsTheIntent } from "./check/start-is-the-intent.ts";
import { stepKeysFit } from "./check/step-keys-fit.ts";
import { storesAreApart } from "./check/stores-are-apart.ts";
import { storesHaveOneKind } from "./check/stores-have-one-kind.ts";
import { surfacesAreExact } from "./check/surfaces-are-exact.ts";
import { tokensDoNotMeet } from "./check/tokens-do-not-meet.ts";
import { typesFit } from "./check/types-fit.ts";
import { whenIsTotal } from "./check/when-is-total.ts";
import { worldIsBound } from "./check/world-is-bound.ts";
import { childrenIn } from "./child-surface.ts";
import { contractView } from "./contract-view.ts";
import type { Linked, LinkedContract, LinkedWorkflow } from "./linked.ts";
import type { Children } from "./node-results.ts";
import type { CompileOptions } from "./options.ts";
import type { ScopeView } from "./view.ts";
import { workflowView } from "./workflow-view.ts";

/** Every rule over everything that could be linked. A rule reads, reports and changes nothing. */
export function checkAll(linked: Linked, options: CompileOptions): readonly Problem[] {
  const children = childrenIn(linked.workflows);
  return [
    ...childrenEnd(linked),
    ...childrenAreForTheirActors(linked),
    ...storesAreApart(linked),
    ...storesHaveOneKind(linked),
    ...requiredEventsAreEmitted(linked, options),
    ...routesAreApart(linked),
    ...ingressFitsItsIntent(linked),
    ...repliesAreKnown(linked),
    ...linked.contracts.flatMap(checkContract),
    ...linked.workflows.flatMap((workflow) => checkWorkflow(workflow, { children, options })),
  ];
}

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
    ...compensationsFit(linked),
    ...whenIsTotal(linked),
    ...storesKeepNoSecrets(linked),
    ...scopesAreSound(view, linked.contract.spot),
    ...readingIsSound(view),
  ];
}

interface Around {
  readonly children: Children;
  readonly options: CompileOptions;
}

function checkWorkflow(linked: LinkedWorkflow, { children, options }: Around): readonly Problem[] {
  const view = workflowView(linked, children);
  return [
    ...startIsTheIntent(linked),
    ...admissionIsAnswerable(linked),
    ...admissionCanDecide(linked),
    ...nodeOutcomesHaveEdges(linked),
    ...nodeInputsAreBound(linked, children),
    ...roundsAreSound(linked),
    ...boundsAreInRange(linked),
    ...signalsAgree(linked),
    ...workflowExitsAreTyped(linked),
    ...worldIsBound(linked, options),
    ...secretsAreGranted(linked, options),
    ...recordsFitTheirEntity(linked),
    ...graphsAreBounded(linked),
    ...(view === undefined
      ? []
      : [
          ...scopesAreSound(view, linked.workflow.spot),
          ...tokensAreSound(view),
          ...compensationIsSaid(linked, view),
          ...readingIsSound(view),
        ]),
  ];
}

/** Rules for several tokens, where there may be several. What is misspelt, too large or a cycle is told by others. */
function tokensAreSound(view: ScopeView): readonly Problem[] {
  const { flow, joins } = view;
  const forks = forksIn(flow).length;
  const isPlain = forks + joins.size === 0 || forks + joins.size > limits.forksMax;
  if (isPlain || !view.whole || shortestCycle(flow).length > 0) return [];
  const tokens = tokensIn(view, new Set(orderOf(flow)));
  return [...tokensDoNotMeet(view, tokens), ...exitsEndAlone(view, tokens), ...joinsHaveForks(view, tokens)];
}

const readingIsSound = (view: ScopeView): readonly Problem[] => [
  ...pathsAreKnown(view),
  ...typesFit(view),
  ...secretsStaySecret(view),
  ...resultsAreOnEveryPath(view),
];
