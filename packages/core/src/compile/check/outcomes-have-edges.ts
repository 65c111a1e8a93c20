import { entriesOf } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { ContractNode, IntentNode } from "../../artifact/workflow.ts";
import { meantHint } from "../../artifact/nearest.ts";
import type { Problem } from "../../value/problem.ts";
import { exitsOf, producedBy, targetOf } from "../contract-view.ts";
import type { LinkedContract, LinkedNode, LinkedStep, LinkedWorkflow } from "../linked.ts";

/** Every outcome of a node leads somewhere, and every edge belongs to an outcome that can come. */
export const nodeOutcomesHaveEdges = ({ nodes }: LinkedWorkflow): readonly Problem[] =>
  [...nodes.values()].flatMap((linked) => ofNode(linked).concat(dangling(linked, nodes)));

function ofNode(linked: LinkedNode): readonly Problem[] {
  switch (linked.type) {
    case "IN":
      return edgesOf(linked.node, ["ACK", "NACK"], []);
    case "CC": {
      if (linked.contract === undefined) return [];
      const exits = exitsOf(linked.contract);
      const onlyByFailure = [linked.contract.contract.onInputFailure.value].filter((status) => !exits.has(status));
      return edgesOf(linked.node, [...producedBy(linked.contract)], onlyByFailure);
    }
    case "EXIT":
      return [];
  }
}

function edgesOf(
  node: IntentNode | ContractNode,
  outcomes: readonly string[],
  onlyByFailure: readonly string[],
): readonly Problem[] {
  const { entries, spot } = node.next;
  const missing = outcomes.filter((outcome) => !entries.has(outcome));
  const stray = [...entries.values()].filter(({ key }) => !outcomes.includes(key));
  return [
    ...missing.map((outcome) => {
      const code = onlyByFailure.includes(outcome) ? "INPUT_FAILURE_WITHOUT_EDGE" : "OUTCOME_WITHOUT_EDGE";
      const hint = `add an edge for ${outcome}`;
      return problemAt(spot, code, `${node.code.value} may end with ${outcome}, and no edge says what happens then`, {
        hint,
      });
    }),
    ...stray.map(({ key, spot: at }) => {
      const meant = meantHint(key, missing);
      return problemAt(at, "EDGE_NEVER_TAKEN", `${node.code.value} never ends with ${key}`, meant);
    }),
  ];
}

function dangling({ node }: LinkedNode, nodes: ReadonlyMap<string, unknown>): readonly Problem[] {
  if (node.type === "EXIT") return [];
  return entriesOf(node.next)
    .filter(({ value }) => !nodes.has(value.value))
    .map(({ value }) => {
      const hint = meantHint(value.value, nodes.keys());
      return problemAt(value.spot, "GRAPH_DANGLING_EDGE", `there is no node ${value.value}`, hint);
    });
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
