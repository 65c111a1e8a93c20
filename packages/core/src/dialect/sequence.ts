import { bindingAt } from "../compile/lower-binding.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { CallPlace, Edge, OutcomeName, PlaceName, Scope } from "../graph/graph.ts";
import { limits } from "../value/limits.ts";
import { ownValue } from "../value/present.ts";
import { builtin, childPlace, edgeFor, failures, notNamed, startedAs, textIn, textsIn } from "./starting.ts";
import type { LoweredStep, StartSite } from "./starting.ts";

/** Where it is counted how far a sequence went. */
export const countedPlace = (place: PlaceName): PlaceName => `${place}/count`;

/**
 * One workflow for each item of a list, and before it one for each item of the item: a map whose rounds may hold a map.
 * The first that does not complete ends it. Which workflows there are stands in the artifacts; a key of an item picks one.
 */
export function lowerSequence(site: StartSite): LoweredStep {
  const { code, inputs, place } = site;
  const own = ownValue(inputs, "item_sub_sequence");
  const each = roundOf(place, ownValue(inputs, "item_wf"), site);
  const before = own === undefined ? undefined : subSequence(own, each.entry, site);
  const count = countPlace(site);
  if (before === undefined) {
    return {
      places: [[place, sequencePlace(each.entry, site)], ...each.places, count],
      scopes: [[place, roundScope(code, {})]],
    };
  }
  const returned: Bindings = { sub_items: { kind: "result", of: before.entry, path: ["outcomes"] } };
  return {
    places: [[place, sequencePlace(before.entry, site)], ...before.places, ...each.places, count],
    scopes: [
      [place, roundScope(code, returned)],
      [before.entry, roundScope(code, {})],
    ],
  };
}

/** What is gone through is the input `over` of a map; what else is written is needed, and read by nobody. */
function sequencePlace(body: PlaceName, site: StartSite): CallPlace {
  const { inputs, mayMiss, missing, place, required, scope } = site;
  const needed = required.map((name) => (name === "sequence" ? "over" : name));
  const bound = Object.entries(inputs).map(
    ([name, binding]) => [name === "sequence" ? "over" : name, binding] as const,
  );
  const counted: Edge = { to: countedPlace(place) };
  return {
    ...mapPlace(scope, body),
    inputs: Object.fromEntries(bound.filter(([name]) => !rounds.has(name))),
    required: [...new Set(["over", ...needed.filter((name) => !rounds.has(name))])],
    ...(mayMiss ? { missing } : {}),
    edges: { SUCCESS: counted, ITEM_FAILED: counted, VIOLATION: edgeFor(site, ["VIOLATION", ...failures]) },
  };
}

/** What says how a round goes, and is no value. */
const rounds: ReadonlySet<string> = new Set(["item_wf", "item_sub_sequence"]);

const mapPlace = (scope: string, body: PlaceName): Omit<CallPlace, "inputs" | "required" | "edges"> => ({
  kind: "call",
  scope,
  work: { kind: "map", body, itemsMax: limits.roundsMax, parallel: 1, succeeds: ["SUCCESS"], stops: true },
  outcomes: ["SUCCESS", "ITEM_FAILED", "VIOLATION"],
});

const roundScope = (code: string, outputs: Bindings): Scope => ({
  code,
  exits: { SUCCESS: { outputs, back: true }, VIOLATION: { outputs, back: true } },
});

function countPlace(site: StartSite): readonly [PlaceName, CallPlace] {
  const { place, scope } = site;
  const told = (name: string): Binding => ({ kind: "result", of: place, path: [name] });
  const count: CallPlace = {
    kind: "call",
    scope,
    work: builtin("count_rounds"),
    inputs: { outcomes: told("outcomes"), results: told("results") },
    required: [],
    when: { path: ["result_status"], outcomes: { '"SUCCESS"': "SUCCESS", '"VIOLATION"': "VIOLATION" } },
    outcomes: ["SUCCESS", "VIOLATION"],
    edges: { SUCCESS: edgeFor(site, ["SUCCESS"]), VIOLATION: edgeFor(site, ["VIOLATION", ...failures]) },
  };
  return [countedPlace(place), count];
}

/** What a round consists of, and where it begins. */
interface Body {
  readonly entry: PlaceName;
  readonly places: readonly (readonly [PlaceName, CallPlace])[];
}

/** An item without a list of its own has nothing before it. */
function subSequence(spec: Binding, next: PlaceName, site: StartSite): Body {
  const name = `${site.place}/sub_items`;
  const field = textIn(bindingAt(spec, ["field"]));
  if (field === undefined) notNamed(site, "in which field of an item its own items are");
  const body = roundOf(name, spec, site);
  const map: CallPlace = {
    ...mapPlace(site.place, body.entry),
    inputs: { over: { kind: "round", of: site.place, path: ["item", field ?? ""] } },
    required: ["over"],
    missing: { to: next },
    edges: { SUCCESS: { to: next }, ITEM_FAILED: { leave: "VIOLATION" }, VIOLATION: { leave: "VIOLATION" } },
  };
  return { entry: name, places: [[name, map], ...body.places] };
}

/** One round: the workflow itself, or first the place that picks it. */
function roundOf(round: PlaceName, spec: Binding | undefined, site: StartSite): Body {
  const [code, dispatch] = [bindingAt(spec, ["code"]), bindingAt(spec, ["wf_dispatch"])];
  const named = textIn(code);
  const [key, mapping] = [textIn(bindingAt(dispatch, ["key_field"])), textsIn(bindingAt(dispatch, ["mapping"]))];
  const item = (...path: readonly string[]): Binding => ({
    kind: "round",
    of: round,
    path: ["item", ...path],
    some: true,
  });
  const startOf = (workflow: string): readonly [PlaceName, CallPlace] => {
    const payload = payloadOf(spec, item, dispatch !== undefined);
    if (payload === undefined) notNamed(site, "what it hands on of an item");
    const started = startedAs(workflow, [payload, bindingAt(spec, ["inject"])], site);
    return [`${round}/${started.workflow}`, childPlace(round, started, endOfRound)];
  };
  if (dispatch === undefined && named !== undefined) {
    const child = startOf(named);
    return { entry: child[0], places: [child] };
  }
  if (code !== undefined || key === undefined || mapping === undefined) {
    notNamed(site, "which workflow it starts for an item, by code or by wf_dispatch");
    return { entry: round, places: [] };
  }
  const children = new Map([...new Set(Object.values(mapping))].map((workflow) => [workflow, startOf(workflow)]));
  const pick: CallPlace = {
    kind: "call",
    scope: round,
    work: builtin("lookup"),
    inputs: { key: item(key), map: { kind: "literal", value: mapping } },
    required: ["key"],
    missing: { leave: "VIOLATION" },
    when: {
      path: ["result"],
      outcomes: Object.fromEntries([...children.keys()].map((name) => [JSON.stringify(name), name])),
    },
    outcomes: [...children.keys(), "VIOLATION"],
    edges: {
      ...Object.fromEntries([...children].map(([workflow, [to]]) => [workflow, { to }])),
      VIOLATION: { leave: "VIOLATION" },
    },
  };
  return { entry: `${round}/pick`, places: [[`${round}/pick`, pick], ...children.values()] };
}

const endOfRound = (ending: OutcomeName): Edge => ({ leave: ending === "COMPLETED" ? "SUCCESS" : "VIOLATION" });

/** The fields of an item that are named; where none is, and a key picks the workflow, the whole item. */
function payloadOf(
  spec: Binding | undefined,
  item: (...path: readonly string[]) => Binding,
  isPicked: boolean,
): Binding | undefined {
  const written = bindingAt(spec, ["payload_fields"]);
  const fields = written === undefined ? {} : textsIn(written);
  if (fields === undefined) return undefined;
  const named = Object.entries(fields);
  if (named.length === 0 && isPicked) return item();
  return { kind: "object", fields: Object.fromEntries(named.map(([to, from]) => [to, item(from)])) };
}
