import type { TraceEntry } from "../trace.ts";
import type { Ending } from "./finding.ts";
import { isGood, text, workAt, type Story } from "./story.ts";

/** What led to an end: the node before the exit, and in it the step that decided. Nothing where it left by no node. */
export function endingOf(story: Story, end: TraceEntry): Ending | undefined {
  const { entries } = story;
  const exit = text(end, "exit_node");
  const reached = entries.findLastIndex((entry) => entry.kind === "node_start" && text(entry, "node_id") === exit);
  const before = entries.slice(0, reached < 0 ? entries.length : reached);
  const at = before.findLastIndex(({ kind }) => kind === "node_end" || kind === "side_effect_end");
  const node = before[at];
  return node === undefined ? undefined : { story, end, node, cause: causeOf(story, before.slice(0, at), node) };
}

/** In a contract the last step decides; in rounds, the last that was not as it should be. */
function causeOf(story: Story, before: readonly TraceEntry[], node: TraceEntry): TraceEntry {
  const name = text(node, "node_id");
  const inside = before.filter((entry) => entry.kind.endsWith("_end") && isInside(text(entry, "node_id"), name));
  if (!isIterating(story, name)) return inside.at(-1) ?? node;
  const isAsShould = isGood(text(node, "status")) || text(node, "status") === "EXHAUSTED";
  return (isAsShould ? undefined : inside.findLast((entry) => !isGood(text(entry, "status")))) ?? node;
}

const isInside = (position: string, name: string): boolean =>
  position.startsWith(`${name}/`) || position.startsWith(`${name}[`);

function isIterating(story: Story, name: string): boolean {
  const kind = text(workAt(story, name), "kind");
  return kind === "map" || kind === "loop";
}
