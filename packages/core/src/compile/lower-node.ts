import type { Actor } from "../artifact/actor.ts";
import type { PathExpression } from "../artifact/expression.ts";
import { plainFields } from "../artifact/field.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { Fields } from "../graph/field.ts";
import type { CallPlace, Onward, PlaceName, Scope, Work } from "../graph/graph.ts";
import { ownValue, present } from "../value/present.ts";
import { producedBy } from "./contract-view.ts";
import type { LinkedBinding, LinkedCall, LinkedIntentNode } from "./linked.ts";
import { lowerAll, lowerOne, type Substitute } from "./lower-binding.ts";
import { firstPlaceOf, isCertain, joinOf, lowerContract } from "./lower-contract.ts";
import { outcomesOf } from "./node-outcomes.ts";

/** A node where it stands in its workflow. */
export interface NodeSite {
  readonly name: string;
  /** Outcome → where it leads. */
  readonly ways: ReadonlyMap<string, Onward>;
  /** What a path of the workflow stands for. */
  readonly substitute: Substitute;
  readonly payload: Fields;
  readonly binding: LinkedBinding | undefined;
}

/** What one node of a workflow becomes. */
export interface Lowered {
  readonly places: readonly (readonly [PlaceName, CallPlace])[];
  readonly scope?: Scope;
}

/** What a node asks for, in one place that is called like the node, or in the places of its contract. */
export function lowerCall(linked: Exclude<LinkedCall, LinkedIntentNode>, site: NodeSite): Lowered {
  const { name, substitute } = site;
  switch (linked.type) {
    case "CC": {
      const contract = present(linked.contract);
      const inputs = lowerAll(linked.node.inputs, substitute);
      return lowerContract({ ...site, linked: contract, inputs, join: linked.node.join });
    }
    case "MAP":
      return withBody(linked, site, mapAsked(linked, site));
    case "LOOP": {
      const { again, everyMs, first, max } = linked.node;
      const work = {
        kind: "loop",
        body: firstPlaceOf(name, present(linked.contract)),
        roundsMax: max.value,
        again: again.value.map(({ value }) => value),
        ...(everyMs === undefined ? {} : { everyMs: everyMs.value }),
      } as const;
      return withBody(linked, site, { work, inputs: lowerAll(first, substitute) });
    }
    case "WAIT":
      return asking(linked, site, waitAsked(linked, site));
    case "TASK": {
      const { inputs, outputs, summary, timeoutMs } = linked.node;
      const work = {
        kind: "task",
        summary: summary.value,
        actors: linked.actors.map(({ identity }) => identity),
        fields: plainFields(outputs),
        ...(timeoutMs === undefined ? {} : { timeoutMs: timeoutMs.value }),
      } as const;
      return asking(linked, site, { work, inputs: lowerAll(inputs, substitute) });
    }
    case "CHILD": {
      const work = { kind: "child", workflow: present(linked.workflow).identity } as const;
      return asking(linked, site, { work, inputs: lowerAll(linked.node.inputs, substitute) });
    }
  }
}

export function admitPlace(linked: LinkedIntentNode, site: NodeSite): CallPlace {
  const { actors, intent } = linked;
  const said = actors === undefined ? {} : { actors: saidBy(actors) };
  return callPlace(linked, site, { work: { kind: "admit", fields: present(intent).inputs, ...said } });
}

const saidBy = (actors: readonly Actor[]): { readonly [identity: string]: Fields } =>
  Object.fromEntries(actors.map(({ attributes, identity }) => [identity, attributes]));

type Rounds = Extract<LinkedCall, { readonly type: "MAP" | "LOOP" }>;

interface Asked {
  readonly work: Work;
  readonly inputs?: Bindings;
  /** Without these it ends with VIOLATION. */
  readonly required?: readonly string[];
}

const asking = (linked: LinkedCall, site: NodeSite, asked: Asked): Lowered => ({
  places: [[site.name, callPlace(linked, site, asked)]],
});

function callPlace(linked: LinkedCall, site: NodeSite, { inputs = {}, required = [], work }: Asked): CallPlace {
  const mayMiss = required.some((input) => !isCertain(ownValue(inputs, input), site.payload));
  return {
    kind: "call",
    ...(linked.type === "IN" ? {} : joinOf(linked.node.join)),
    work,
    inputs,
    required,
    ...(mayMiss ? { missing: present(site.ways.get("VIOLATION")) } : {}),
    outcomes: present(outcomesOf(linked)),
    edges: Object.fromEntries(site.ways),
  };
}

function waitAsked({ node: { end } }: Extract<LinkedCall, { readonly type: "WAIT" }>, { substitute }: NodeSite): Asked {
  switch (end.kind) {
    case "for":
      return { work: { kind: "wait", forMs: end.forMs.value } };
    case "until":
      return { work: { kind: "wait" }, inputs: lowerOne("until", end.instant, substitute), required: ["until"] };
    case "signal": {
      const forMs = end.timeoutMs === undefined ? {} : { forMs: end.timeoutMs.value };
      return { work: { kind: "wait", ...forMs, signal: end.name.value } };
    }
  }
}

function mapAsked(
  { contract, node }: Extract<LinkedCall, { readonly type: "MAP" }>,
  { name, substitute }: NodeSite,
): Asked {
  const work = {
    kind: "map",
    body: firstPlaceOf(name, present(contract)),
    itemsMax: node.max.value,
    parallel: node.parallel.value,
    succeeds: node.succeeds.value.map(({ value }) => value),
    stops: node.onFailure.value === "stop",
  } as const;
  return { work, inputs: lowerOne("over", node.over, substitute), required: ["over"] };
}

/** The contract is entered by the place that goes round it, and every end of it leads back there. */
function withBody(linked: Rounds, site: NodeSite, asked: Asked): Lowered {
  const contract = present(linked.contract);
  const { places, scope } = lowerContract({
    ...site,
    linked: contract,
    inputs: lowerAll(linked.node.inputs, inRound(linked, site)),
    join: undefined,
    ways: new Map([...producedBy(contract)].map((status) => [status, { back: true }] as const)),
  });
  return { places: [[site.name, callPlace(linked, site, asked)], ...places], scope };
}

const inRound =
  (linked: Rounds, { name, substitute }: NodeSite): Substitute =>
  (path: PathExpression): Binding | undefined => {
    const round = (source: string): Binding => ({ kind: "round", of: name, path: [source, ...path.path] });
    if (path.root === "index") return round("index");
    if (linked.type === "MAP" && path.root === linked.node.as.value) return round("item");
    return linked.type === "LOOP" && path.root === "last" ? round("last") : substitute(path);
  };
