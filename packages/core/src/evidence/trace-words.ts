import type { CallPlace, Graph, Place, Work } from "../graph/graph.ts";
import { isPure } from "../graph/graph.ts";
import { placeOf } from "../execution/position.ts";
import type { JsonObject } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import type { Visit } from "./walk.ts";

/** The place at a position. */
export const placeAt = ({ places }: Graph, position: string): Place => present(ownValue(places, placeOf(position)));

/**
 * The contract that is a node of the workflow, where a visit is a step in it. Rounds of maps and loops stand in none, and
 * what undoes a step happens after its contract was left.
 */
export function nodeAround(graph: Graph, { place: name, round, undoes }: Visit): string | undefined {
  const place = placeAt(graph, name);
  return round !== "" || undoes || place.kind === "exit" ? undefined : place.scope;
}

/** Whether a visit is to a node that the author wrote. A place whose name no node can have was written by nobody. */
export const isNode = ({ place: name, round, undoes }: Visit, { scope }: CallPlace): boolean =>
  round === "" && scope === undefined && !undoes && !name.startsWith("/");

/** What kind of node it is: `intent`, or what is done there. */
export function nodeTypeOf({ work }: CallPlace): string {
  if (work.kind === "admit") return "intent";
  return work.kind === "operate" || work.kind === "effect" ? "side_effect" : work.kind;
}

export const stepKindOf = ({ work }: CallPlace): "transform" | "side_effect" =>
  isPure(work) ? "transform" : "side_effect";

/** The declared thing whose work is done; a place that needs none is called by its own name. */
export function capabilityOf({ scopes }: Graph, name: string, { work }: CallPlace): string {
  if (work.kind === "child") return work.workflow;
  if ("capability" in work) return work.capability;
  // The rounds of a map or a loop are a scope that is called like it.
  return ownValue(scopes, name)?.code ?? name;
}

/** What is done at a place, in a few words. */
export function workOf(work: Work): JsonObject {
  const { kind } = work;
  switch (kind) {
    case "transform":
      return { kind, implementation: work.implementation };
    case "operate":
      return { kind, operation: work.operation, store: work.store };
    case "effect":
      return { kind, handler: work.handler, operation: work.operation, idempotent: work.idempotent };
    case "wait":
      return { kind, ...(work.signal === undefined ? {} : { signal: work.signal }) };
    case "task":
      return { kind, summary: work.summary, actors: work.actors };
    case "child":
      return { kind, workflow: work.workflow };
    case "map":
      return { kind, parallel: work.parallel };
    case "loop":
      return { kind, rounds_max: work.roundsMax };
    case "admit":
      return { kind };
  }
}

type Category = "WF" | "IN" | "CT" | "CS";

/** As the published trace says where something went wrong. */
export function categoryOf(place: Place): Category {
  if (place.kind === "exit") return "WF";
  return categories[place.work.kind];
}

const categories: { readonly [Kind in Work["kind"]]: Category } = {
  admit: "IN",
  transform: "CT",
  operate: "CS",
  effect: "CS",
  wait: "WF",
  task: "WF",
  child: "WF",
  map: "WF",
  loop: "WF",
};

/** Every capability that a graph names, and what does its work. */
export function capabilitiesOf({ places, scopes }: Graph): JsonObject {
  const contracts = Object.values(scopes).map(({ code }) => [code, registered("capability_contract", null)] as const);
  const works = Object.values(places).flatMap((place) => {
    if (place.kind === "exit" || !("capability" in place.work)) return [];
    return [[place.work.capability, registeredAs(place.work)] as const];
  });
  return Object.fromEntries([...contracts, ...works].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function registeredAs(work: Extract<Work, { readonly capability: string }>): JsonObject {
  if (work.kind === "transform") return registered("capability_transform", work.implementation);
  return registered("capability_side_effect", work.kind === "effect" ? work.handler : work.store);
}

const registered = (type: string, runtime: string | null): JsonObject => ({
  type,
  registered: true,
  runtime_class: runtime,
});
