import { pathsOf } from "../../artifact/expression.ts";
import { meantHint } from "../../artifact/nearest.ts";
import type { LoopNode, MapNode } from "../../artifact/node.ts";
import { entriesOf, type At } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import { producedBy } from "../contract-view.ts";
import type { LinkedContract, LinkedNode, LinkedWorkflow } from "../linked.ts";
import { exhausted } from "../node-outcomes.ts";
import { readOfLast } from "../round-view.ts";

/** Rounds go by statuses that their contract has, and are given what they read. */
export const roundsAreSound = ({ nodes }: LinkedWorkflow): readonly Problem[] => [...nodes.values()].flatMap(ofNode);

function ofNode(linked: LinkedNode): readonly Problem[] {
  if (linked.type === "MAP") return [...named(linked.node), ...known(linked.node.succeeds.value, linked.contract)];
  if (linked.type !== "LOOP") return [];
  const { contract, node } = linked;
  return [...known(node.again.value, contract), ...given(node), ...clash(node, contract)];
}

/** Roots of paths that mean something else in a round. */
const roots: ReadonlySet<string> = new Set([
  "payload",
  "received",
  "results",
  "inputs",
  "actor",
  "children",
  "index",
  "last",
]);

const named = ({ as }: MapNode): readonly Problem[] =>
  roots.has(as.value)
    ? [
        problemAt(as.spot, "NAME_DUPLICATE", `$.${as.value} has a meaning of its own`, {
          hint: "call the item otherwise",
        }),
      ]
    : [];

function known(statuses: readonly At<string>[], linked: LinkedContract | undefined): readonly Problem[] {
  if (linked === undefined) return [];
  const produced = producedBy(linked);
  return statuses
    .filter(({ value }) => !produced.has(value))
    .map(({ spot, value }) => {
      const message = `${linked.contract.identity} never ends with ${value}`;
      return problemAt(spot, "EXIT_STATUS_UNKNOWN", message, meantHint(value, produced));
    });
}

/** What no round reads was meant for something else. */
function given({ first, inputs }: LoopNode): readonly Problem[] {
  const read = readOfLast(entriesOf(inputs).flatMap(({ value }) => pathsOf(value)));
  if (read === undefined) return [];
  return entriesOf(first)
    .filter(({ key }) => !read.has(key))
    .map(({ key, spot }) =>
      problemAt(spot, "BOUND_INPUT_NOT_DECLARED", `no input reads $.last.${key}`, meantHint(key, read)),
    );
}

/** The loop has an outcome of its own, and nobody could tell it from a status that is called so. */
function clash({ code, again }: LoopNode, linked: LinkedContract | undefined): readonly Problem[] {
  const isAgain = again.value.some(({ value }) => value === exhausted);
  if (linked === undefined || isAgain || !producedBy(linked).has(exhausted)) return [];
  const message = `${linked.contract.identity} may end with ${exhausted}, which a loop says by itself`;
  return [problemAt(code.spot, "OUTCOME_RESERVED", message)];
}
