import { pathsOf, type Expression, type PathExpression } from "../artifact/expression.ts";
import { meantHint } from "../artifact/nearest.ts";
import type { Expressions } from "../artifact/expression.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { Field, Fields } from "../graph/field.ts";
import { accumulatorName, iteratorName, lastName } from "../graph/molecule.ts";
import type { Code } from "./codes.ts";
import { fieldAt, misfit } from "./field-rules.ts";
import { lowerAll, lowerBinding } from "./lower-binding.ts";
import { leaksIn } from "./secret-leaks.ts";
import { fieldOf, isUnknown, rootUnknown, spelled, type Found, type Unknown } from "./view.ts";

/** What may be read where something is bound in a molecule. */
export interface Readable {
  readonly inputs: Field;
  /** Step → what it returned. */
  readonly results: ReadonlyMap<string, Field>;
  /** Only inside of a loop: the item, what has accumulated, and, behind a round, what that returned. */
  readonly round?: { readonly iterator: Field; readonly accumulator: Field; readonly last?: Field };
}

/** A name, and what the other side declares of it. */
export interface Wanted {
  readonly fields: Fields;
  readonly whose: string;
  readonly stray: Code;
  /** Absent: nothing has to be bound. */
  readonly missing?: Code;
}

/** Expressions as the machine evaluates them. What is wrong with them is reported, and left out. */
export function bind(given: Expressions, wanted: Wanted, readable: Readable, report: Report): Bindings {
  for (const { key, spot, value } of given.entries.values()) {
    const declared = Object.hasOwn(wanted.fields, key) ? wanted.fields[key] : undefined;
    if (declared === undefined) {
      const hint = meantHint(key, Object.keys(wanted.fields));
      report(problemAt(spot, wanted.stray, `${wanted.whose} does not declare ${key}`, hint));
    } else expect(value, { name: key, field: declared }, readable, report);
  }
  for (const [name, { required }] of Object.entries(wanted.fields)) {
    if (!required || wanted.missing === undefined || given.entries.has(name)) continue;
    report(problemAt(given.spot, wanted.missing, `${wanted.whose} requires ${name}`, { hint: `bind ${name}` }));
  }
  return lowerAll(given, (path) => bindingOf(path, readable));
}

/** Whether an expression can be read and is of the type that is wanted. */
export function expect(
  given: Expression,
  { field, name }: { readonly name: string; readonly field: Field },
  readable: Readable,
  report: Report,
): void {
  const unknown = pathsOf(given).flatMap((path) => {
    const found = lookup(path, readable);
    return isUnknown(found) ? [problemAt(path.spot, found.code, found.message)] : [];
  });
  for (const problem of unknown) report(problem);
  if (tellsTime(given))
    report(problemAt(given.spot, "PURITY_VIOLATION", "a molecule knows no time; let it be an input"));
  const wrong =
    unknown.length > 0
      ? undefined
      : misfit(
          fieldOf(given, (path) => lookup(path, readable)),
          field,
        );
  if (wrong !== undefined) report(problemAt(given.spot, "INPUT_TYPE_MISMATCH", `${name}: ${wrong}`));
  for (const { spot, what } of leaksIn(given, field, (path) => lookup(path, readable))) {
    report(problemAt(spot, "SECRET_FLOW", `${what} is secret, and goes to ${name}`));
  }
}

function tellsTime(given: Expression): boolean {
  if (given.kind === "object") return given.fields.some(({ value }) => tellsTime(value));
  return given.kind === "list" ? given.items.some(tellsTime) : given.kind === "timestamp";
}

export function lookup(path: PathExpression, readable: Readable): Found | Unknown {
  const start = startOf(path, readable);
  if (start === undefined) return rootUnknown("INPUT_PATH_ROOT_UNKNOWN", path);
  const field = fieldAt(start.field, path.path.slice(start.taken));
  return field === undefined
    ? {
        code: path.root === "inputs" ? "INPUT_FIELD_UNKNOWN" : "OUTPUT_FIELD_UNKNOWN",
        message: `there is no ${spelled(path)}`,
      }
    : { field };
}

interface Start {
  readonly field: Field;
  /** How much of the path names it. */
  readonly taken: number;
  readonly binding: (rest: readonly string[]) => Binding;
}

const result =
  (of: string) =>
  (path: readonly string[]): Binding => ({ kind: "result", of, path });

const payload = (path: readonly string[]): Binding => ({ kind: "payload", path });

function startOf({ path, root }: PathExpression, { inputs, results, round }: Readable): Start | undefined {
  if (root === "inputs") return { field: inputs, taken: 0, binding: payload };
  if (root === "iterator" && round !== undefined)
    return { field: round.iterator, taken: 0, binding: result(iteratorName) };
  if (root === "accumulator" && round !== undefined)
    return { field: round.accumulator, taken: 0, binding: result(accumulatorName) };
  if (root === "last" && round?.last !== undefined) return { field: round.last, taken: 0, binding: result(lastName) };
  const [step = ""] = path;
  const returned = root === "results" ? results.get(step) : undefined;
  return returned && { field: returned, taken: 1, binding: result(step) };
}

/** Where nothing can be read the problem has been reported, and nothing is lowered in the end. */
function bindingOf(path: PathExpression, readable: Readable): Binding | undefined {
  const start = startOf(path, readable);
  return start && start.binding(path.path.slice(start.taken));
}

/** Of what cannot be read there is nothing, and that has been reported. */
export const bindingFor = (given: Expression, readable: Readable): Binding =>
  lowerBinding(given, (path) => bindingOf(path, readable)) ?? { kind: "literal", value: null };
