import { entriesOf } from "../artifact/reader.ts";
import type { LinkedWorkflow } from "./linked.ts";
import type { ChildExit, ChildSurface, Children } from "./node-results.ts";
import { fieldOf } from "./view.ts";
import { lookupIn, namesOf } from "./workflow-names.ts";

/** What each workflow takes and returns, worked out when someone asks. One that leads back to itself is not worked out. */
export function childrenIn(workflows: readonly LinkedWorkflow[]): Children {
  const linked = new Map(workflows.map((workflow) => [workflow.workflow.identity, workflow]));
  const known = new Map<string, ChildSurface | undefined>();
  const children: Children = (identity) => {
    if (known.has(identity)) return known.get(identity);
    known.set(identity, undefined);
    const workflow = linked.get(identity);
    const surface = workflow && surfaceOf(workflow, children);
    known.set(identity, surface);
    return surface;
  };
  return children;
}

function surfaceOf(workflow: LinkedWorkflow, children: Children): ChildSurface | undefined {
  const names = namesOf(workflow, children);
  if (names === undefined) return undefined;
  const lookup = lookupIn(names, "OUTPUT_PATH_ROOT_UNKNOWN");
  const exits = [...workflow.nodes.values()].flatMap((linked): readonly ChildExit[] => {
    if (linked.type !== "EXIT" || linked.node.class === undefined) return [];
    const outputs = entriesOf(linked.node.outputs).map(({ key, value }) => [key, fieldOf(value, lookup)] as const);
    return [{ class: linked.node.class.value, outputs: Object.fromEntries(outputs) }];
  });
  return { inputs: names.intent?.inputs, exits };
}
