import type { ExitNode } from "../artifact/node.ts";
import type { LinkedWorkflow } from "../compile/linked.ts";
import type { Bindings } from "../graph/binding.ts";
import type { ExitPlace, PlaceName } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { endingOf } from "./classify.ts";

/** Where a status leads when no edge takes it. No node is called so. */
const noTransition = "/NO_TRANSITION";

/** The exits of a published workflow, each made when the first status leads to it. */
export interface Exits {
  /** The place of an exit for the status that comes before it; without an exit: where nothing was declared. */
  readonly at: (name: string | undefined, status: string) => PlaceName;
  readonly places: ReadonlyMap<PlaceName, ExitPlace>;
}

/**
 * One place for each status that an exit is reached by, because the status says what the exit means.
 *
 * Where all say the same, or only one comes, the place has the exit's own name.
 */
export function exitsOf(
  { nodes }: LinkedWorkflow,
  reached: ReadonlyMap<string, ReadonlySet<string>>,
  outputsOf: (node: ExitNode) => Bindings,
): Exits {
  const places = new Map<PlaceName, ExitPlace>();
  const at = (name: string | undefined, status: string): PlaceName => {
    const linked = nodes.get(name ?? "");
    if (name === undefined || linked?.type !== "EXIT") {
      places.set(noTransition, lost);
      return noTransition;
    }
    const { node } = linked;
    const place = exitPlace(node, status, outputsOf(node));
    const all = [...present(reached.get(name))].map((other) => JSON.stringify(exitPlace(node, other, {})));
    const isOne = new Set(all).size <= 1;
    const key = isOne ? name : `${name}/${status}`;
    places.set(key, isOne ? place : { ...place, node: name });
    return key;
  };
  return { at, places };
}

const lost: ExitPlace = {
  kind: "exit",
  class: "failed",
  reason: "NO_TRANSITION",
  outcome: "NO_TRANSITION",
  outputs: {},
  node: null,
};

function exitPlace({ class: meaning, emit, outcome, reason }: ExitNode, status: string, outputs: Bindings): ExitPlace {
  const ending = endingOf(reason?.value, status);
  const said = meaning === undefined ? ending : { class: meaning.value, reason: reason?.value ?? ending.reason };
  return {
    kind: "exit",
    ...said,
    outcome: outcome?.value ?? said.reason,
    outputs,
    ...(emit === undefined ? {} : { emit: emit.value }),
  };
}
