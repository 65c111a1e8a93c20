import { entriesOf } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import { targetsIn, type Next } from "../../artifact/node.ts";
import { meantHint } from "../../artifact/nearest.ts";
import type { Problem } from "../../value/problem.ts";
import { impliedOutcomes } from "../callable.ts";
import { exitsOf, targetOf } from "../contract-view.ts";
import type { LinkedContract, LinkedNode, LinkedStep, LinkedWorkflow } from "../linked.ts";
import { outcomesOf, timedOut } from "../node-outcomes.ts";

/** Every outcome of a node leads somewhere, and every edge belongs to an outcome that can come. */
export const nodeOutcomesHaveEdges = ({ nodes }: LinkedWorkflow): readonly Problem[] =>
  [...nodes].flatMap(([name, linked]) => ofNode(linked, name).concat(dangling(linked, nodes)));

function ofNode(linked: LinkedNode, name: string): readonly Problem[] {
  const outcomes = outcomesOf(linked);
  if (linked.type === "EXIT" || outcomes === undefined) return [];
  const { node } = linked;
  const whose = linked.type === "IN" || linked.type === "CC" ? linked.node.code.value : name;
  return [...edgesOf(node.next, { whose, outcomes, onlyByFailure: onlyByFailure(linked) }), ...reservedIn(linked)];
}

/** A status that a contract has only because an input may be missing. */
function onlyByFailure(linked: LinkedNode): string | undefined {
  if (linked.type !== "CC" || linked.contract === undefined) return undefined;
  const status = linked.contract.contract.onInputFailure.value;
  return exitsOf(linked.contract).has(status) ? undefined : status;
}

interface Ending {
  readonly whose: string;
  readonly outcomes: readonly string[];
  readonly onlyByFailure: string | undefined;
}

function edgesOf({ entries, spot }: Next, ending: Ending): readonly Problem[] {
  const { outcomes, whose } = ending;
  const missing = outcomes.filter((outcome) => !entries.has(outcome));
  const stray = [...entries.values()].filter(({ key }) => !outcomes.includes(key));
  return [
    ...missing.map((outcome) => {
      const code = ending.onlyByFailure === outcome ? "INPUT_FAILURE_WITHOUT_EDGE" : "OUTCOME_WITHOUT_EDGE";
      const hint = `add an edge for ${outcome}`;
      return problemAt(spot, code, `${whose} may end with ${outcome}, and no edge says what happens then`, { hint });
    }),
    ...stray.map(({ key, spot: at }) => {
      const meant = meantHint(key, missing);
      return problemAt(at, "EDGE_NEVER_TAKEN", `${whose} never ends with ${key}`, meant);
    }),
  ];
}

/** Of a task nobody but its own edges says how it may end. */
function reservedIn(linked: LinkedNode): readonly Problem[] {
  if (linked.type !== "TASK") return [];
  const said = entriesOf(linked.node.next).filter(({ key }) => key !== timedOut);
  if (said.length === 0) {
    const message = "nobody can say how this task ends: no edge is for an outcome of theirs";
    return [problemAt(linked.node.next.spot, "OUTCOME_WITHOUT_EDGE", message)];
  }
  return said
    .filter(({ key }) => impliedOutcomes.includes(key))
    .map(({ key, spot }) => problemAt(spot, "OUTCOME_RESERVED", `${key} exists on every call`));
}

function dangling({ node }: LinkedNode, nodes: ReadonlyMap<string, unknown>): readonly Problem[] {
  if (node.type === "EXIT") return [];
  return entriesOf(node.next)
    .flatMap(({ value }) => targetsIn(value))
    .filter(({ value }) => !nodes.has(value))
    .map(({ spot, value }) =>
      problemAt(spot, "GRAPH_DANGLING_EDGE", `there is no node ${value}`, meantHint(value, nodes.keys())),
    );
}

/** `on_result` routes exactly the result surface, and only to what is executed. */
export const stepOutcomesHaveEdges = (linked: LinkedContract): readonly Problem[] =>
  linked.steps.flatMap((step, index) => ofStep(step, index, linked));

function ofStep({ step }: LinkedStep, index: number, linked: LinkedContract): readonly Problem[] {
  const surface = new Set(step.surface.value.map(({ value }) => value));
  const routed = entriesOf(step.onResult);
  return [
    ...[...surface]
      .filter((outcome) => !step.onResult.entries.has(outcome))
      .map((outcome) =>
        problemAt(step.onResult.spot, "OUTCOME_WITHOUT_EDGE", `${step.name.value} does not route ${outcome}`),
      ),
    ...routed
      .filter(({ key }) => !surface.has(key))
      .map(({ key, spot }) =>
        problemAt(spot, "EDGE_NEVER_TAKEN", `${key} is not in the result surface of ${step.name.value}`),
      ),
    ...routed
      .filter(({ value }) => targetOf(value, index, linked) === undefined)
      .map(({ value }) => problemAt(value.spot, "ON_RESULT_TARGET_NOT_EXECUTABLE", `${value.value} is no later step`)),
  ];
}
