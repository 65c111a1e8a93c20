import type { Field } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import type { Located } from "../value/located.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { expression, type Expression } from "./expression.ts";
import { field, fieldName } from "./field.ts";
import { anything, emptyTable, mapped, name, narrowed, number, oneOf, optional, refuse } from "./reader.ts";
import { required, shape, table, text, variants } from "./reader.ts";
import type { At, Here, Key, Reader, Table } from "./reader.ts";
import { described, type Describe } from "./schema.ts";
import type { Spot } from "./spot.ts";

/** What a transform must answer. Every case is executed before anything is sealed. */
export interface TestData extends Named {
  readonly kind: "test-data";
  readonly transform: At<string>;
  readonly cases: Table<TestCase>;
}

/** A value, and where everything in it stands. */
export interface Bound extends At<Json> {
  readonly located: Located;
}

export interface TestCase {
  readonly spot: Spot;
  readonly bindings: Table<Bound>;
  /** Absent: SUCCESS. */
  readonly outcome: At<string> | undefined;
  /** Output → what it must be, value for value. */
  readonly expected: Table<At<Json>>;
  /** Output → what must hold of it, where its value cannot be written down. */
  readonly assertions: Table<Assertion>;
}

export type Assertion =
  | { readonly kind: "exact"; readonly spot: Spot; readonly value: Json }
  | { readonly kind: "field"; readonly spot: Spot; readonly field: Field }
  | { readonly kind: "bytes"; readonly spot: Spot; readonly min: number; readonly max: number }
  | { readonly kind: "non-zero"; readonly spot: Spot }
  | { readonly kind: "equals" | "differs"; readonly spot: Spot; readonly from: Expression };

/** Which assertion it is was read before. */
const mode: Key<unknown> = required(oneOf(["exact", "property", "schema"] as const));
const type: Key<unknown> = required(text);

const exact = mapped(shape({ mode, value: required(anything) }), ({ spot, value }): Assertion => ({
  kind: "exact",
  spot,
  value: value.value,
}));

/** `$.inputs.x` or `$.outputs.y`, and whether the output is the same or another. */
const property: Reader<Assertion> = narrowed(
  mapped(
    shape({ mode, equals: optional(expression), differs: optional(expression) }),
    ({ differs, equals, spot }, here): Assertion | undefined => {
      if (equals !== undefined && differs === undefined) return { kind: "equals", spot, from: equals };
      if (differs !== undefined && equals === undefined) return { kind: "differs", spot, from: differs };
      return refuse(here, "ARTIFACT_SCHEMA", "a property says what the output equals, or what it is not");
    },
  ),
  { oneOf: [{ required: ["equals"] }, { required: ["differs"] }] },
);

const schema: Reader<Assertion> = variants(
  "type",
  {
    field: mapped(shape({ mode, type, field: required(field) }), (read): Assertion => ({
      kind: "field",
      spot: read.spot,
      field: read.field,
    })),
    hex_string: mapped(
      shape({ mode, type, byte_length: optional(number) }),
      ({ byte_length: length, spot }): Assertion => ({
        kind: "bytes",
        spot,
        min: length?.value ?? 0,
        max: length?.value ?? Number.POSITIVE_INFINITY,
      }),
    ),
    byte_length_range: mapped(
      shape({ mode, type, min: required(number), max: required(number) }),
      ({ max, min, spot }): Assertion => ({ kind: "bytes", spot, min: min.value, max: max.value }),
    ),
    non_zero: mapped(shape({ mode, type }), ({ spot }): Assertion => ({ kind: "non-zero", spot })),
  },
  "a schema says its type",
);

const assertion: Reader<Assertion> = variants("mode", { exact, property, schema }, "an assertion says its mode");

const bound: Reader<Bound> = mapped(anything, (read, { located }) => ({ ...read, located }));

const testCase: Reader<TestCase> = mapped(
  shape({
    bindings: required(table(bound, fieldName)),
    expected_outcome: optional(name),
    expected: optional(table(anything, fieldName)),
    assertions: optional(table(assertion, fieldName)),
  }),
  ({ spot, bindings, expected_outcome: outcome, expected, assertions }) => ({
    spot,
    bindings,
    outcome,
    expected: expected ?? emptyTable(spot),
    assertions: assertions ?? emptyTable(spot),
  }),
);

const document = shape({
  test_data_code: required(code),
  ...envelope,
  core: required(shape({ transform: required(text), cases: required(table(testCase)) })),
});

export const testDataSchema: Describe = (parts) => described(document, parts);

export function readTestData(here: Here, named: Named): TestData | undefined {
  const read = document(here)?.core;
  return read && { kind: "test-data", ...named, transform: read.transform, cases: read.cases };
}
