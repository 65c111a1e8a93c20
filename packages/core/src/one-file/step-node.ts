import { impliedOutcomes } from "../compile/callable.ts";
import { entriesIn, entryAt, textAt, valueAt } from "../dialect/reshape.ts";
import type { Located, LocatedEntry, LocatedMap } from "../value/located.ts";
import { plain } from "../value/located-value.ts";
import { canonical } from "../value/canonical.ts";
import type { Capability } from "./capability.ts";
import { anyValue, entry, list, map, mapOf, originOf, text, type Origin } from "./make.ts";

/** A node that calls a capability itself: a contract of one step, and the node that calls that contract. */
export interface StepNode {
  readonly node: LocatedMap;
  readonly core: LocatedMap;
}

/** Keys that say what a node does in its workflow. All others are the step's. */
const ofNode: ReadonlySet<string> = new Set(["inputs", "next", "join", "on_input_failure", "summary", "description"]);

const callStep = "call";
const usualFailure = "VIOLATION";

export function stepNode({ value: node, ...named }: LocatedEntry, code: string, capability: Capability): StepNode {
  const here = originOf({ value: node, ...named });
  const bound = entriesIn(valueAt(node, "inputs"));
  const outcomes = outcomesOf(node, capability);
  const failure = textAt(node, "on_input_failure") ?? usualFailure;
  const statuses = new Set([...outcomes.keys(), failure]);
  const onFailure = valueAt(node, "on_input_failure") ?? text(failure, valueAt(node, "next") ?? here);
  const kept = entriesIn(node).filter(({ key }) => ofNode.has(key) && key !== "on_input_failure");
  const outputs = outputsOf(outcomes);
  return {
    node: mapOf([entry("type", text("CC", here)), entry("code", text(code, here)), ...kept], node),
    core: map(
      {
        inputs: mapOf(
          bound.map((one) => inputOf(one, capability)),
          here,
        ),
        outputs: mapOf(outputs, here),
        result_status_contract: map(
          {
            allowed: list(
              [...statuses].map((status) => text(status, here)),
              here,
            ),
            on_input_failure: onFailure,
          },
          here,
        ),
        pipeline: list([stepOf(node, here, { bound, outcomes, outputs })], here),
        exits: exitsOf(outcomes, here),
      },
      here,
    ),
  };
}

type Outcomes = ReadonlyMap<string, readonly LocatedEntry[]>;

/** What the node may come to: what its capability declares, or, where only the world knows, what the node routes. */
function outcomesOf(node: Located, capability: Capability): Outcomes {
  const failure = textAt(node, "on_input_failure") ?? usualFailure;
  const routed = entriesIn(valueAt(node, "next")).map(({ key }) => key);
  const implied = routed.filter((key) => impliedOutcomes.includes(key)).map((key) => [key, []] as const);
  if (capability.outcomes === undefined) {
    const answers = routed.filter((key) => key !== failure && !impliedOutcomes.includes(key));
    return new Map([...answers.map((key) => [key, capability.outputs] as const), ...implied]);
  }
  const decided = entriesIn(valueAt(node, "when", "outcomes")).map(({ key }) => key);
  const declared = [...capability.outcomes].flatMap(([outcome, returned]) => {
    const stands = outcome === "SUCCESS" && decided.length > 0 ? decided : [outcome];
    // A contract comes to this one also where nobody was asked.
    return stands.map((key) => [key, key === failure ? [] : returned] as const);
  });
  return new Map([...declared, ...implied]);
}

/** An input of the contract is what the capability declares it to be. */
function inputOf(bound: LocatedEntry, capability: Capability): LocatedEntry {
  const declared = capability.inputs.find(({ key }) => key === bound.key);
  return { key: bound.key, keyAt: bound.keyAt, value: declared?.value ?? anyValue(originOf(bound)) };
}

/** Everything that comes with some outcome. What two outcomes return under one name and differently may be anything. */
function outputsOf(outcomes: Outcomes): readonly LocatedEntry[] {
  const outputs = new Map<string, LocatedEntry>();
  for (const output of [...outcomes.values()].flat()) {
    const before = outputs.get(output.key);
    const differs = before !== undefined && canonical(plain(before.value)) !== canonical(plain(output.value));
    outputs.set(output.key, differs ? { ...output, value: anyValue(originOf(output)) } : output);
  }
  return [...outputs.values()];
}

interface Called {
  readonly bound: readonly LocatedEntry[];
  readonly outcomes: Outcomes;
  readonly outputs: readonly LocatedEntry[];
}

function stepOf(node: Located, here: Origin, { bound, outcomes, outputs }: Called): LocatedMap {
  const own = entriesIn(node).filter(({ key }) => !ofNode.has(key));
  const inputs = bound.map((one) => ({ ...one, value: text(`$.inputs.${one.key}`, originOf(one)) }));
  const read = outputs.map(({ key }) => entry(key, text(`$.capability_result.${key}`, here)));
  const ends = [...outcomes.keys()].map((outcome) => entry(outcome, text("exit", here)));
  return mapOf(
    [
      entry("step", text(callStep, here)),
      ...own,
      entry("inputs", mapOf(inputs, entryAt(node, "inputs")?.value ?? here)),
      entry("outputs", mapOf(read, here)),
      entry(
        "result_surface",
        list(
          [...outcomes.keys()].map((outcome) => text(outcome, here)),
          here,
        ),
      ),
      entry("on_result", mapOf(ends, here)),
    ],
    here,
  );
}

function exitsOf(outcomes: Outcomes, here: Origin): LocatedMap {
  const exits = [...outcomes].flatMap(([outcome, returned]) => {
    const values = returned.map(({ key }) => entry(key, text(`$.results.${callStep}.${key}`, here)));
    return values.length === 0 ? [] : [entry(outcome, mapOf(values, here))];
  });
  return mapOf(exits, here);
}
