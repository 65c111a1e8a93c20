import type { Expression } from "../artifact/expression.ts";
import { entriesOf, type Entry } from "../artifact/reader.ts";
import type { Spot } from "../artifact/spot.ts";
import type { Assertion, TestCase } from "../artifact/test-data.ts";
import type { Transform } from "../artifact/transform.ts";
import { admit } from "../execution/admit.ts";
import { valueAt } from "../execution/evaluate.ts";
import { codeOf } from "../execution/molecule.ts";
import type { PureTransform, TransformAnswer } from "../execution/world.ts";
import type { Molecule } from "../graph/molecule.ts";
import { canonical } from "../value/canonical.ts";
import { isObject, type Json, type JsonObject } from "../value/json.ts";
import { ownValue } from "../value/present.ts";
import type { LinkedTests } from "./link-tests.ts";
import type { CompileOptions } from "./options.ts";

/** What came of one case. */
export interface CaseResult {
  /** The identity of what declares it. */
  readonly tests: string;
  readonly transform: string;
  readonly name: string;
  readonly spot: Spot;
  /** Empty: it holds. */
  readonly failures: readonly CaseFailure[];
}

interface CaseFailure {
  readonly spot: Spot;
  readonly message: string;
}

/** Executes every case whose transform can be executed. A case is pure: the same code always comes to the same. */
export const resultsOf = (tests: readonly LinkedTests[], { code, transforms }: CompileOptions): readonly CaseResult[] =>
  tests.flatMap(({ molecule, tests: declared, transform }) => {
    const execute = transform && codeFor(transform, molecule, { code, transforms });
    if (transform === undefined || execute === undefined) return [];
    return entriesOf(declared.cases).map((one) => ({
      tests: declared.identity,
      transform: transform.identity,
      name: one.key,
      spot: one.spot,
      failures: failuresOf(one, transform, execute),
    }));
  });

function codeFor(
  { implementation, molecule: text }: Transform,
  molecule: Molecule | undefined,
  { code, transforms }: { readonly code: CompileOptions["code"] | undefined } & Pick<CompileOptions, "transforms">,
): PureTransform | undefined {
  // One that is made of what is not there has been refused.
  if (text !== undefined && molecule === undefined) return undefined;
  const atom = { implementation: implementation.value, ...(molecule === undefined ? {} : { molecule }) };
  return codeOf(atom, (name) => code?.(ownValue(transforms, name) ?? ""));
}

function failuresOf(
  { key, spot, value: given }: Entry<TestCase>,
  transform: Transform,
  execute: PureTransform,
): readonly CaseFailure[] {
  const inputs = plainOf(given);
  const answer = answerTo(inputs, execute);
  const wanted = given.outcome?.value ?? "SUCCESS";
  if (answer.outcome !== wanted) {
    const why = answer.outcome === "ERROR" ? `: ${shown(answer.value)}` : "";
    return [{ spot: given.outcome?.spot ?? spot, message: `${key} answers ${answer.outcome}, not ${wanted}${why}` }];
  }
  const outputs = isObject(answer.value) ? answer.value : {};
  const wrong = wanted === "SUCCESS" ? admit(transform.outputs, outputs, true).nack : [];
  return [
    ...wrong.map(({ message }) => ({ spot, message: `${key} answers what is not declared: ${message}` })),
    ...entriesOf(given.expected).flatMap(({ key: name, value }) => differenceOf(name, outputs[name], value)),
    ...entriesOf(given.assertions).flatMap(({ key: name, value }) => {
      const got = ownValue(outputs, name);
      const message = brokenBy(got, value, { inputs, outputs });
      return message === undefined ? [] : [{ spot: value.spot, message: `${name} is ${shown(got)}, ${message}` }];
    }),
  ];
}

/** An exception is the outcome ERROR, as it is when a workflow executes it. */
function answerTo(inputs: JsonObject, execute: PureTransform): TransformAnswer {
  try {
    return execute(inputs);
  } catch (error) {
    return { outcome: "ERROR", value: error instanceof Error ? error.message : String(error) };
  }
}

const plainOf = ({ bindings }: TestCase): JsonObject =>
  Object.fromEntries(entriesOf(bindings).map(({ key, value }) => [key, value.value]));

const differenceOf = (
  name: string,
  got: Json | undefined,
  { spot, value }: { readonly spot: Spot; readonly value: Json },
): readonly CaseFailure[] =>
  same(got, value) ? [] : [{ spot, message: `${name} is ${shown(got)}, not ${shown(value)}` }];

interface Known {
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
}

/** What an assertion has against a value, or nothing. */
function brokenBy(got: Json | undefined, assertion: Assertion, known: Known): string | undefined {
  switch (assertion.kind) {
    case "exact":
      return same(got, assertion.value) ? undefined : `not ${shown(assertion.value)}`;
    case "field": {
      const { nack } = admit({ it: { ...assertion.field, required: true } }, got === undefined ? {} : { it: got });
      return nack.length === 0 ? undefined : nack.map(({ message }) => message).join("; ");
    }
    case "bytes": {
      const length = bytesIn(got);
      if (length === undefined) return "not bytes in hexadecimal digits";
      const { max, min } = assertion;
      return length >= min && length <= max ? undefined : `${String(length)} bytes long`;
    }
    case "non-zero":
      return isNonZero(got) ? undefined : "which is zero";
    case "equals":
      return same(got, valueOf(assertion.from, known)) ? undefined : `not ${shown(valueOf(assertion.from, known))}`;
    case "differs":
      return same(got, valueOf(assertion.from, known)) ? "and must not be" : undefined;
  }
}

const HEX = /^(?:0x)?((?:[0-9a-f]{2})*)$/i;

function bytesIn(value: Json | undefined): number | undefined {
  const digits = typeof value === "string" ? HEX.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : digits.length / 2;
}

const isNonZero = (value: Json | undefined): boolean =>
  typeof value === "string" ? /[^0x]/i.test(value) : typeof value === "number" && value !== 0;

/** Only paths and values that stand there: a property that computes would be a second transform. */
function valueOf(from: Expression, { inputs, outputs }: Known): Json | undefined {
  if (from.kind === "literal") return from.value;
  return from.kind === "path" ? valueAt({ inputs, outputs }, [from.root, ...from.path]) : undefined;
}

const same = (got: Json | undefined, wanted: Json | undefined): boolean =>
  got === undefined || wanted === undefined ? got === wanted : canonical(got) === canonical(wanted);

const shownCharsMax = 120;

function shown(value: Json | undefined): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > shownCharsMax ? `${text.slice(0, shownCharsMax)}…` : text;
}
