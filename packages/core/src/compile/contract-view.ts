import { entriesOf } from "../artifact/reader.ts";
import { pathsOf, type Expression, type PathExpression } from "../artifact/expression.ts";
import { meantHint } from "../artifact/nearest.ts";
import type { At, Table } from "../artifact/reader.ts";
import type { Field } from "../graph/field.ts";
import type { FlowEdge } from "../graph/paths.ts";
import { ownValue, present } from "../value/present.ts";
import { returnedAt, returnedAtAll } from "./callable.ts";
import { anyField, fieldAt } from "./field-rules.ts";
import type { Callable, LinkedContract, LinkedStep } from "./linked.ts";
import { expected, fieldOf, missingLabel, rootUnknown, spelled } from "./view.ts";
import type { Found, Lookup, Need, ScopeView, Site, Unknown } from "./view.ts";

/** What later places may read of a step. */
interface StepView {
  readonly index: number;
  readonly callable: Callable | undefined;
  readonly outputs: ReadonlyMap<string, { readonly field: Field; readonly returns: Need["returns"] }>;
}

interface Names {
  readonly linked: LinkedContract;
  readonly steps: Map<string, StepView>;
}

/** A contract: its steps, and one end for each status that it may have. */
export function contractView(linked: LinkedContract): ScopeView {
  const { contract, steps } = linked;
  const declared = contract.allowed.value.map(({ value }) => value);
  const statuses = [...new Set([...declared, ...producedBy(linked), ...contract.exits.entries.keys()])];
  const ends = new Map(statuses.map((status, index) => [status, steps.length + index]));
  const names = namesOf(linked);
  return {
    flow: { start: 0, edges: [...steps.map((_, index) => edgesOf(index, linked, ends)), ...statuses.map(() => [])] },
    names: [...steps.map(({ step }) => step.name.value), ...statuses],
    spots: [...steps.map(({ step }) => step.name.spot), ...statuses.map(() => undefined)],
    ends: new Set(ends.values()),
    joins: new Set(),
    sites: [...steps.flatMap((step, index) => stepSites(step, index, names)), ...exitSites(names, ends)],
    whole: steps.every(({ step }, index) => leadsSomewhere(step.onResult, index, linked)),
  };
}

const leadsSomewhere = (onResult: Table<At<string>>, index: number, linked: LinkedContract): boolean =>
  entriesOf(onResult).every(({ value }) => targetOf(value, index, linked) !== undefined);

/** Every status that the contract ends with, the failure of an input included. */
export function producedBy(linked: LinkedContract): ReadonlySet<string> {
  return new Set([...exitsOf(linked), linked.contract.onInputFailure.value]);
}

/** Every status with which some step ends the contract. */
export function exitsOf(linked: LinkedContract): ReadonlySet<string> {
  return new Set(
    linked.steps.flatMap(({ step }, index) =>
      entriesOf(step.onResult)
        .filter(({ value }) => takenBy(value, index, linked) === "exit")
        .map(({ key }) => key),
    ),
  );
}

/** Where an outcome goes when it comes: what leads nowhere ends a published contract, whatever was written. */
export const takenBy = (target: At<string>, index: number, linked: LinkedContract): number | "exit" | undefined =>
  targetOf(target, index, linked) ?? (linked.contract.published === true ? "exit" : undefined);

/** Whether a contract that ends with a status returns an output: at each of its ends, as far as it is published. */
export function returnsAt(linked: LinkedContract, status: string, output: string): boolean {
  const { exits, published } = linked.contract;
  if (published !== true) return exits.entries.get(status)?.value.entries.has(output) === true;
  const ending = linked.steps.filter(({ step }, index) => {
    const target = step.onResult.entries.get(status);
    return target !== undefined && takenBy(target.value, index, linked) === "exit";
  });
  return ending.length > 0 && ending.every(({ step }) => step.outputs.entries.has(output));
}

/** Where an outcome of a step leads: to a later step, or out. `undefined`: nowhere that could be executed. */
export function targetOf({ value }: At<string>, index: number, { steps }: LinkedContract): number | "exit" | undefined {
  if (value === "exit") return "exit";
  const target = value === "continue" ? index + 1 : steps.findIndex(({ step }) => step.name.value === value);
  return target > index && target < steps.length ? target : undefined;
}

function edgesOf(index: number, linked: LinkedContract, ends: ReadonlyMap<string, number>): readonly FlowEdge[] {
  const { step } = present(linked.steps[index]);
  const routed = entriesOf(step.onResult).flatMap(({ key, value }): readonly FlowEdge[] => {
    const target = takenBy(value, index, linked);
    return target === undefined ? [] : [{ label: key, to: target === "exit" ? present(ends.get(key)) : target }];
  });
  const mayMiss = entriesOf(step.inputs).some(({ value }) => value.kind !== "literal");
  const missing = { label: missingLabel, to: present(ends.get(linked.contract.onInputFailure.value)) };
  return mayMiss ? [...routed, missing] : routed;
}

/** In order, because the outputs of a step may be made of those of earlier ones. */
function namesOf(linked: LinkedContract): Names {
  const names: Names = { linked, steps: new Map() };
  for (const [index, { step, callable }] of linked.steps.entries()) {
    const lookup = outputLookup(names, index, callable);
    const outputs = entriesOf(step.outputs).map(({ key, value }) => {
      const returns = (outcome: string): boolean => comesWith(value, outcome, callable);
      return [key, { field: fieldOf(value, lookup), returns }] as const;
    });
    names.steps.set(step.name.value, { index, callable, outputs: new Map(outputs) });
  }
  return names;
}

/** An output has its value only with outcomes that return everything it is made of. */
const comesWith = (value: Expression, outcome: string, callable: Callable | undefined): boolean =>
  pathsOf(value)
    .filter(({ root }) => root === "capability_result")
    .every(({ path }) => isReturned(path[0], outcome, callable));

/** What no outcome returns is unknown, which is said where it is read. */
function isReturned(name: string | undefined, outcome: string, callable: Callable | undefined): boolean {
  if (callable === undefined || name === undefined || !Object.hasOwn(returnedAtAll(callable), name)) return true;
  return Object.hasOwn(returnedAt(callable, outcome), name);
}

function stepSites(
  { step, callable, asked = callable, undoing }: LinkedStep,
  index: number,
  names: Names,
): readonly Site[] {
  const lookup = inputLookup(names, index);
  const declared = callable === undefined || callable.kind === "endpoint" ? {} : callable.inputs;
  const inputs = entriesOf(step.inputs).map(({ key, value }): Site => {
    const expects = expected(key, ownValue(declared, key), "INPUT_TYPE_MISMATCH");
    return { reader: index, expression: value, lookup, expects };
  });
  const outward = outputLookup(names, index, callable);
  const outputs = entriesOf(step.outputs).map(({ value }): Site => ({
    reader: index,
    expression: value,
    lookup: outward,
    expects: undefined,
    isName: true,
  }));
  return [...inputs, ...outputs, ...(undoing === undefined ? [] : undoingSites(undoing, { index, names, asked }))];
}

interface Undone {
  readonly asked: Callable | undefined;
  readonly index: number;
  readonly names: Names;
}

/** What undoes a step reads what the step has read, and what came with its success. */
function undoingSites({ callable, step }: LinkedStep, { asked, index, names }: Undone): readonly Site[] {
  const succeeded = asked && succeeding(asked);
  const earlier = inputLookup(names, index);
  const lookup: Lookup = (path) =>
    path.root === "capability_result" ? capabilityField(path, path.path, succeeded) : earlier(path);
  const declared = callable === undefined || callable.kind === "endpoint" ? {} : callable.inputs;
  return entriesOf(step.inputs).map(({ key, value }): Site => {
    const expects = expected(key, ownValue(declared, key), "INPUT_TYPE_MISMATCH");
    return { reader: index, expression: value, lookup, expects };
  });
}

const succeeding = (callable: Callable): Callable =>
  callable.kind === "endpoint"
    ? callable
    : { ...callable, outcomes: new Map([["SUCCESS", returnedAt(callable, "SUCCESS")]]) };

function exitSites(names: Names, ends: ReadonlyMap<string, number>): readonly Site[] {
  const { contract, steps } = names.linked;
  const lookup: Lookup = (path) =>
    insideContract(path, names, steps.length) ?? rootUnknown("OUTPUT_PATH_ROOT_UNKNOWN", path);
  return entriesOf(contract.exits).flatMap(({ key: status, value: returned }) =>
    entriesOf(returned).map(({ key, value }): Site => {
      const expects = expected(key, contract.outputs.entries.get(key)?.value, "EXIT_TYPE_MISMATCH");
      return { reader: present(ends.get(status)), expression: value, lookup, expects };
    }),
  );
}

const inputLookup =
  (names: Names, index: number): Lookup =>
  (path) =>
    insideContract(path, names, index) ?? rootUnknown("INPUT_PATH_ROOT_UNKNOWN", path);

const outputLookup =
  (names: Names, index: number, callable: Callable | undefined): Lookup =>
  (path) => {
    if (path.root === "capability_result") return capabilityField(path, path.path, callable);
    return insideContract(path, names, index) ?? rootUnknown("OUTPUT_PATH_ROOT_UNKNOWN", path);
  };

/** `$.inputs` and `$.results`, which exist everywhere in a contract. */
function insideContract(path: PathExpression, names: Names, index: number): Found | Unknown | undefined {
  if (path.root === "results") return resultField(path, names, index);
  if (path.root !== "inputs") return undefined;
  const { inputs } = names.linked.contract;
  const [name = "", ...rest] = path.path;
  const declared = ownValue(inputs, name);
  const field = declared && fieldAt(declared, rest);
  if (field !== undefined) return { field };
  return unknown("INPUT_FIELD_UNKNOWN", path, "is not declared by the contract", meantHint(name, Object.keys(inputs)));
}

function resultField(path: PathExpression, { steps }: Names, index: number): Found | Unknown {
  const [name = "", output = "", ...rest] = path.path;
  const step = steps.get(name);
  if (step === undefined || step.index >= index) {
    const earlier = [...steps].filter(([, view]) => view.index < index).map(([other]) => other);
    return unknown("REFERENCE_UNRESOLVED", path, "names no earlier step", meantHint(name, earlier));
  }
  const { callable, index: of } = step;
  if (output === "capability_result") {
    const returns = (outcome: string): boolean => isReturned(rest[0], outcome, callable);
    const found = capabilityField(path, rest, callable);
    return "code" in found ? found : { ...found, need: { of, returns } };
  }
  const declared = step.outputs.get(output);
  const field = declared && fieldAt(declared.field, rest);
  if (declared !== undefined && field !== undefined) return { field, need: { of, returns: declared.returns } };
  return unknown("OUTPUT_FIELD_UNKNOWN", path, `is not an output of ${name}`, meantHint(output, step.outputs.keys()));
}

function capabilityField(
  path: PathExpression,
  names: readonly string[],
  callable: Callable | undefined,
): Found | Unknown {
  if (callable === undefined) return { field: anyField };
  const fields = returnedAtAll(callable);
  const [name = "", ...rest] = names;
  const declared = ownValue(fields, name);
  const field = declared && fieldAt(declared, rest);
  if (field !== undefined) return { field };
  return unknown(
    "OUTPUT_FIELD_UNKNOWN",
    path,
    `is not returned by ${callable.identity}`,
    meantHint(name, Object.keys(fields)),
  );
}

const unknown = (
  code: Unknown["code"],
  path: PathExpression,
  why: string,
  hint: { readonly hint?: string },
): Unknown => ({ code, message: `${spelled(path)} ${why}`, ...hint });
