import type { Binding, Bindings } from "../graph/binding.ts";
import type { Place, Scope } from "../graph/graph.ts";
import { limits } from "../value/limits.ts";
import { sizeOf, type Size } from "./lower-binding.ts";

/** All bindings of one place, or of one way out of a scope, written out. */
export const bindingNodesMax = 10_000;

export const boundBy = (place: Place): Bindings => (place.kind === "exit" ? place.outputs : place.inputs);

export const returnedBy = (scope: Scope | undefined): readonly Bindings[] =>
  scope === undefined ? [] : Object.values(scope.exits).map(({ outputs }) => outputs);

export function isBounded(bindings: Bindings, known: Map<Binding, Size>): boolean {
  const sizes = Object.values(bindings).map((binding) => sizeOf(binding, known));
  const nodes = sizes.reduce((sum, size) => sum + size.nodes, 0);
  return nodes <= bindingNodesMax && sizes.every(({ depth }) => depth <= limits.depthMax);
}
