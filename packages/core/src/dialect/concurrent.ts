import { problemAt } from "../artifact/spot.ts";
import { bindingAt } from "../compile/lower-binding.ts";
import type { Binding } from "../graph/binding.ts";
import type { CallPlace, PlaceName } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";
import { builtin, childPlace, edgeFor, failures, nothing, notNamed, startedAs, textIn } from "./starting.ts";
import type { LoweredStep, StartSite } from "./starting.ts";

/** Where it is known what came of all. */
export const togetherPlace = (place: PlaceName): PlaceName => `${place}/together`;

/**
 * Several workflows at once: a fork, one child each, and a place that waits for all of them. None is called off because
 * another has failed.
 */
export function lowerConcurrent(site: StartSite): LoweredStep {
  const { inputs, place, scope } = site;
  const together = togetherPlace(place);
  const workflows = workflowsIn(site);
  const [first, ...others] = workflows.map(({ child }) => child);
  if (first === undefined) return nothing;
  const { workflows: _, ...needed } = inputs;
  const begin: CallPlace = {
    kind: "call",
    scope,
    work: builtin("passthrough"),
    inputs: needed,
    required: site.required.filter((name) => name !== "workflows"),
    ...(site.mayMiss ? { missing: site.missing } : {}),
    outcomes: ["SUCCESS"],
    edges: { SUCCESS: { to: first, ...(others.length === 0 ? {} : { also: others }) } },
  };
  const started = workflows.flatMap(({ child, named, payload }): LoweredStep["places"] => {
    const done = donePlace(child);
    return [
      [
        child,
        childPlace(scope, startedAs(named, [payload], site), (ending) => ({
          to: ending === "COMPLETED" ? done : together,
        })),
      ],
      [done, completed(scope, together)],
    ];
  });
  const join: CallPlace = {
    kind: "call",
    scope,
    ...(others.length === 0 ? {} : { join: "all" }),
    work: builtin("collect_results"),
    inputs: { workflows: { kind: "list", items: workflows.map(cameOf) } },
    required: [],
    when: {
      path: ["result_status"],
      outcomes: { '"SUCCESS"': "SUCCESS", '"PARTIAL_FAILURE"': "PARTIAL_FAILURE" },
    },
    outcomes: ["SUCCESS", "PARTIAL_FAILURE"],
    edges: { SUCCESS: edgeFor(site, ["SUCCESS"]), PARTIAL_FAILURE: edgeFor(site, ["PARTIAL_FAILURE", ...failures]) },
  };
  return { places: [[place, begin], ...started, [together, join]], scopes: [] };
}

interface Named {
  readonly named: string;
  readonly payload: Binding | undefined;
  readonly child: PlaceName;
}

/** Each once, because what came of it is found by its name. */
function workflowsIn(site: StartSite): readonly Named[] {
  const list = ownValue(site.inputs, "workflows");
  const items = list?.kind === "list" ? list.items : [];
  const named = items.flatMap((item): readonly Named[] => {
    const code = textIn(bindingAt(item, ["code"]));
    return code === undefined
      ? []
      : [{ named: code, payload: bindingAt(item, ["payload"]), child: `${site.place}/${code}` }];
  });
  if (named.length === 0 || named.length < items.length) notNamed(site, "which workflows it starts at the same time");
  const twice = named.find(({ named: code }, index) => named.findIndex((one) => one.named === code) < index);
  if (twice !== undefined) {
    const {
      report,
      linked: { step },
    } = site;
    report(problemAt(step.spot, "NAME_DUPLICATE", `${step.name.value} starts ${twice.named} twice at the same time`));
  }
  return named;
}

const donePlace = (child: PlaceName): PlaceName => `${child}/done`;

/** A place that is passed only where the workflow completed. */
const completed = (scope: string, to: PlaceName): CallPlace => ({
  kind: "call",
  scope,
  work: builtin("passthrough"),
  inputs: { result_status: { kind: "literal", value: "SUCCESS" } },
  required: [],
  outcomes: ["SUCCESS"],
  edges: { SUCCESS: { to } },
});

const cameOf = ({ child, named }: Named): Binding => ({
  kind: "object",
  fields: {
    code: { kind: "literal", value: named },
    outputs: { kind: "result", of: child, path: ["outputs"] },
    result_status: { kind: "result", of: donePlace(child), path: ["result_status"] },
  },
});
