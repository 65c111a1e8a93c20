import { entriesOf } from "../../artifact/reader.ts";
import type { Expressions } from "../../artifact/expression.ts";
import { meantHint } from "../../artifact/nearest.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Fields } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import type { Code } from "../codes.ts";
import { withUndoing, type LinkedContract, type LinkedWorkflow } from "../linked.ts";
import type { Children } from "../node-results.ts";

/** What a contract or another workflow requires, the workflow binds; and it binds nothing else. */
export const nodeInputsAreBound = ({ nodes }: LinkedWorkflow, children: Children): readonly Problem[] =>
  [...nodes.values()].flatMap((linked) => {
    if (linked.type === "CHILD") {
      const inputs = linked.workflow && children(linked.workflow.identity)?.inputs;
      if (linked.workflow === undefined || inputs === undefined) return [];
      return unbound(linked.node.inputs, inputs, linked.workflow.identity, "REQUIRED_INPUT_NOT_BOUND");
    }
    if (!("contract" in linked) || linked.contract === undefined) return [];
    const { contract } = linked.contract;
    return unbound(linked.node.inputs, contract.inputs, contract.identity, "REQUIRED_INPUT_NOT_BOUND");
  });

/** The same between a step and its capability. What an endpoint takes is known only with its runtime binding. */
export const stepInputsAreBound = ({ steps }: LinkedContract): readonly Problem[] =>
  withUndoing(steps).flatMap(({ step, callable }) => {
    if (callable === undefined || callable.kind === "endpoint") return [];
    const code = callable.kind === "transform" ? "REQUIRED_TRANSFORM_INPUT_NOT_BOUND" : "REQUIRED_INPUT_NOT_BOUND";
    return unbound(step.inputs, callable.inputs, callable.identity, code);
  });

function unbound(bound: Expressions, declared: Fields, whose: string, code: Code): readonly Problem[] {
  const missing = Object.entries(declared).filter(([name, { required }]) => required && !bound.entries.has(name));
  const stray = entriesOf(bound).filter(({ key }) => !Object.hasOwn(declared, key));
  return [
    ...missing.map(([name]) => problemAt(bound.spot, code, `${whose} requires ${name}`, { hint: `bind ${name}` })),
    ...stray.map(({ key, spot }) => {
      const hint = meantHint(key, Object.keys(declared));
      return problemAt(spot, "BOUND_INPUT_NOT_DECLARED", `${whose} does not declare ${key}`, hint);
    }),
  ];
}
