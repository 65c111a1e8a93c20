import { entriesOf } from "../artifact/reader.ts";
import type { Step } from "../artifact/contract.ts";
import type { PathExpression } from "../artifact/expression.ts";
import type { Joining } from "../artifact/node.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { Fields } from "../graph/field.ts";
import type { Back, CallPlace, Edge, Join, Onward, PlaceName, Scope } from "../graph/graph.ts";
import { ownValue, present } from "../value/present.ts";
import { impliedOutcomes } from "./callable.ts";
import { answersOf } from "./answers.ts";
import { targetOf } from "./contract-view.ts";
import { entityBindings } from "./entity-rules.ts";
import { fieldAt } from "./field-rules.ts";
import type { LinkedBinding, LinkedContract } from "./linked.ts";
import { bindingAt, lowerAll, type Substitute } from "./lower-binding.ts";
import { lowerUndoing, undoOf } from "./lower-undoing.ts";
import { lowerWork, requiredBy } from "./lower-work.ts";
import { lowerWhen } from "./when.ts";

/** A contract at one node of a workflow. */
export interface ContractSite {
  /** Of the node, which names the scope. */
  readonly name: string;
  readonly linked: LinkedContract;
  /** What the workflow binds to the contract's inputs. */
  readonly inputs: Bindings;
  /** Status → where it leads. */
  readonly ways: ReadonlyMap<string, Onward | Back>;
  readonly join: Joining;
  readonly payload: Fields;
  readonly binding: LinkedBinding | undefined;
}

export interface LoweredContract {
  readonly places: readonly (readonly [PlaceName, CallPlace])[];
  readonly scope: Scope;
}

export const firstPlaceOf = (node: string, { steps }: LinkedContract): PlaceName =>
  placeOf(node, present(steps[0]).step);

export const joinOf = (join: Joining): { readonly join?: Join } => (join?.value === "all" ? { join: "all" } : {});

const placeOf = (node: string, step: Step): PlaceName => `${node}/${step.name.value}`;

/** Every name that a step can read is replaced here, so execution only ever reads results, the payload and literals. */
export function lowerContract(site: ContractSite): LoweredContract {
  const { name, linked, ways } = site;
  const outputs = new Map<string, Bindings>();
  const substitute = (path: PathExpression): Binding | undefined => insideContract(path, site, outputs);
  const places = linked.steps.flatMap(({ step, undoing }, index): LoweredContract["places"] => {
    const place = placeOf(name, step);
    const answered: Substitute = (path) =>
      path.root === "capability_result" ? { kind: "result", of: place, path: path.path } : substitute(path);
    const lowered = [place, lowerStep(index, site, lowerAll(step.inputs, substitute))] as const;
    outputs.set(step.name.value, lowerAll(step.outputs, answered));
    if (undoing === undefined) return [lowered];
    return [
      lowered,
      [
        placeOf(name, undoing.step),
        lowerUndoing(
          undoing,
          { name, binding: site.binding, contract: linked.contract },
          lowerAll(undoing.step.inputs, answered),
        ),
      ],
    ];
  });
  const exits = [...ways].map(([status, way]) => {
    const returned = linked.contract.exits.entries.get(status)?.value;
    return [status, { outputs: returned === undefined ? {} : lowerAll(returned, substitute), ...way }] as const;
  });
  return { places, scope: { code: linked.contract.identity, exits: Object.fromEntries(exits) } };
}

function insideContract(
  { root, path }: PathExpression,
  { name, linked, inputs }: ContractSite,
  outputs: ReadonlyMap<string, Bindings>,
): Binding | undefined {
  const [first, second, ...rest] = path;
  if (root === "inputs") return bindingAt(inputOf(present(first), linked, inputs), path.slice(1));
  const output = present(second);
  if (output === "capability_result") return { kind: "result", of: `${name}/${present(first)}`, path: rest };
  return bindingAt(ownValue(present(outputs.get(present(first))), output), rest);
}

/** What the workflow leaves unbound has its default, or no value. */
function inputOf(name: string, { contract }: LinkedContract, inputs: Bindings): Binding | undefined {
  const fallback = ownValue(contract.inputs, name)?.default;
  return ownValue(inputs, name) ?? (fallback === undefined ? undefined : { kind: "literal", value: fallback });
}

function lowerStep(index: number, site: ContractSite, inputs: Bindings): CallPlace {
  const { name, linked, payload } = site;
  const linkedStep = present(linked.steps[index]);
  const { step } = linkedStep;
  const required = requiredBy(linkedStep, linked.contract, site.binding);
  const edges = entriesOf(step.onResult).map(({ key, value }) => {
    const target = present(targetOf(value, index, linked));
    const to: Edge = target === "exit" ? { leave: key } : { to: placeOf(name, present(linked.steps[target]).step) };
    return [key, to] as const;
  });
  const mayMiss = required.some((input) => !isCertain(ownValue(inputs, input), payload));
  return {
    kind: "call",
    scope: name,
    ...(index === 0 ? joinOf(site.join) : {}),
    work: lowerWork(linkedStep, site.binding),
    inputs: { ...inputs, ...entityBindings(step, site.binding) },
    required,
    ...(mayMiss ? { missing: { leave: linked.contract.onInputFailure.value } } : {}),
    ...(step.when === undefined ? {} : { when: lowerWhen(step.when) }),
    outcomes: step.surface.value.map(({ value }) => value).filter((outcome) => !impliedOutcomes.includes(outcome)),
    edges: Object.fromEntries(edges),
    ...undoOf(linkedStep, name),
    ...answersOf(linkedStep),
  };
}

/** Has it a value whatever happens? Handlers and transforms are not taken at their word. */
export function isCertain(binding: Binding | undefined, payload: Fields): boolean {
  switch (binding?.kind) {
    case "literal":
      return binding.value !== null;
    case "timestamp":
    case "object":
    case "list":
      return true;
    case "payload":
      return binding.path.every((_, length) => isRequiredAt(binding.path.slice(0, length + 1), payload));
    case "round":
      return binding.path[0] === "index";
    case "received":
    case "result":
    case undefined:
      return false;
  }
}

function isRequiredAt(path: readonly string[], payload: Fields): boolean {
  const field = fieldAt({ type: "object", required: true, fields: payload }, path);
  return field !== undefined && (field.required || field.default !== undefined);
}
