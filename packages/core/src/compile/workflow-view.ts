import { entriesOf } from "../artifact/reader.ts";
import type { Expression, Expressions } from "../artifact/expression.ts";
import { targetsIn, type Next } from "../artifact/node.ts";
import type { Field, Fields } from "../graph/field.ts";
import type { FlowEdge } from "../graph/paths.ts";
import { plainFields } from "../artifact/field.ts";
import { ownValue, present } from "../value/present.ts";
import type { LinkedNode, LinkedWorkflow, WithContract } from "./linked.ts";
import type { Children } from "./node-results.ts";
import { roundLookup } from "./round-view.ts";
import { expected } from "./view.ts";
import type { ScopeView, Site } from "./view.ts";
import { lookupIn, namesOf, type Names } from "./workflow-names.ts";

/** A workflow: its nodes. `undefined` where nobody knows where it starts. */
export function workflowView(linked: LinkedWorkflow, children: Children): ScopeView | undefined {
  const { workflow, nodes } = linked;
  const names = namesOf(linked, children);
  if (names === undefined) return undefined;
  const { numbers, start } = names;
  const list = [...nodes];
  return {
    flow: { start, edges: list.map(([, node]) => edgesOf(node, numbers)) },
    names: list.map(([name]) => name),
    spots: list.map(([name]) => present(workflow.nodes.entries.get(name)).spot),
    ends: new Set(list.flatMap(([, { type }], index) => (type === "EXIT" ? [index] : []))),
    joins: new Set(
      list.flatMap(([, { node }], index) => ("join" in node && node.join?.value === "all" ? [index] : [])),
    ),
    sites: list.flatMap(([, node], index) => sitesOf(node, index, { names, children })),
    whole: list.every(([, { node }]) => node.type === "EXIT" || leadsSomewhere(node.next, nodes)),
  };
}

const leadsSomewhere = (next: Next, nodes: ReadonlyMap<string, LinkedNode>): boolean =>
  entriesOf(next).every(({ value }) => targetsIn(value).every((target) => nodes.has(target.value)));

function edgesOf({ node }: LinkedNode, numbers: ReadonlyMap<string, number>): readonly FlowEdge[] {
  if (node.type === "EXIT") return [];
  return entriesOf(node.next).flatMap(({ key, value }) =>
    targetsIn(value).flatMap((target) => {
      const to = numbers.get(target.value);
      return to === undefined ? [] : [{ label: key, to }];
    }),
  );
}

interface Around {
  readonly names: Names;
  readonly children: Children;
}

function sitesOf(linked: LinkedNode, reader: number, { children, names }: Around): readonly Site[] {
  const lookup = lookupIn(names, "INPUT_PATH_ROOT_UNKNOWN");
  switch (linked.type) {
    case "IN":
      return [];
    case "CC":
    case "MAP":
    case "LOOP": {
      const declared = linked.contract?.contract.inputs ?? {};
      const inputs = bindings(linked.node.inputs, declared, { reader, lookup: roundLookup(linked, lookup) });
      return [...inputs, ...aroundRounds(linked, { reader, lookup })];
    }
    case "WAIT": {
      const { end } = linked.node;
      return end.kind === "until" ? [bound("until", end.instant, instant, { reader, lookup })] : [];
    }
    case "TASK":
      return bindings(linked.node.inputs, {}, { reader, lookup });
    case "CHILD": {
      const surface = linked.workflow && children(linked.workflow.identity);
      return bindings(linked.node.inputs, surface?.inputs ?? {}, { reader, lookup });
    }
    case "EXIT": {
      const outward = lookupIn(names, "OUTPUT_PATH_ROOT_UNKNOWN");
      return entriesOf(linked.node.outputs).map(({ key, value }): Site => {
        const expects = expected(key, linked.event?.schema.entries.get(key)?.value, "EXIT_TYPE_MISMATCH");
        return { reader, expression: value, lookup: outward, expects };
      });
    }
  }
}

type Reading = Pick<Site, "reader" | "lookup">;

const bindings = ({ entries }: Expressions, declared: Fields, reading: Reading): readonly Site[] =>
  [...entries.values()].map(({ key, value }) => bound(key, value, ownValue(declared, key), reading));

const bound = (name: string, expression: Expression, field: Field | undefined, reading: Reading): Site => ({
  ...reading,
  expression,
  expects: expected(name, field, "INPUT_TYPE_MISMATCH"),
});

const instant: Field = { type: "string", required: true };
const items: Field = { type: "array", required: true };

/** What is read once, before the first round. */
function aroundRounds(linked: WithContract, reading: Reading): readonly Site[] {
  if (linked.type === "MAP") return [bound("over", linked.node.over, items, reading)];
  if (linked.type === "CC") return [];
  const outputs = linked.contract?.contract.outputs;
  return bindings(linked.node.first, outputs === undefined ? {} : plainFields(outputs), reading);
}
