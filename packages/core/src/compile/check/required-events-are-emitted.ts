import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import type { LinkedEvents } from "../link-admission.ts";
import type { Linked } from "../linked.ts";
import type { CompileOptions } from "../options.ts";

/**
 * A gate that waits for what no workflow here emits stays shut, unless a workflow of another project emits it. Of one
 * workflow alone nobody can tell.
 */
export function requiredEventsAreEmitted({ workflows }: Linked, { only }: CompileOptions): readonly Problem[] {
  if (only !== undefined) return [];
  const emitted = new Set(
    workflows.flatMap(({ nodes }) =>
      [...nodes.values()].map((node) => (node.type === "EXIT" ? node.node.emit?.value : "")),
    ),
  );
  return workflows
    .flatMap(({ admission }) => admission?.clauses ?? [])
    .filter(({ asked, atLeast }) => asked.event !== undefined && atLeast.value > 0 && !emitted.has(asked.identity))
    .map(({ asked }) => warning(asked));
}

const warning = ({ identity, spot }: LinkedEvents): Problem => ({
  ...problemAt(spot, "EVENT_NEVER_EMITTED", `no exit here emits ${identity}`),
  severity: "warning",
});
