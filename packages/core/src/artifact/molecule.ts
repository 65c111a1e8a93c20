import type { Json } from "../value/json.ts";
import { expression, type Expression, type Expressions } from "./expression.ts";
import { fieldName } from "./field.ts";
import {
  anything,
  emptyTable,
  list,
  mapped,
  name,
  narrowed,
  optional,
  refuse,
  required,
  shape,
  table,
} from "./reader.ts";
import { text, type At, type Reader, type Table } from "./reader.ts";
import type { Spot } from "./spot.ts";

/** A transform that is made of others, and needs no code of its own. */
export interface MoleculeText {
  readonly spot: Spot;
  readonly steps: readonly AtomText[];
  /** Output → what it is. */
  readonly emit: Expressions;
}

export interface AtomText {
  readonly spot: Spot;
  readonly as: At<string>;
  readonly transform: At<string>;
  readonly inputs: Expressions;
  /** Present where it is asked once for each item. */
  readonly loop: LoopText | undefined;
}

interface LoopText {
  readonly over: Expression;
  /** What it is before the first round. */
  readonly accumulator: Table<At<Json>>;
  /** What becomes of it after each. */
  readonly update: Expressions;
}

const step: Reader<AtomText> = narrowed(
  mapped(
    shape({
      as: required(name),
      transform: required(text),
      with: optional(table(expression, fieldName)),
      over: optional(expression),
      accumulator: optional(table(anything, fieldName)),
      update: optional(table(expression, fieldName)),
    }),
    ({ accumulator, over, update, with: inputs, ...rest }, here) => {
      const { spot } = rest;
      const bound = { ...rest, inputs: inputs ?? emptyTable(spot) };
      if (over === undefined && accumulator === undefined && update === undefined) return { ...bound, loop: undefined };
      if (over === undefined) return refuse(here, "ARTIFACT_SCHEMA", "what accumulates goes over a list", "add over");
      const loop = { over, accumulator: accumulator ?? emptyTable(spot), update: update ?? emptyTable(spot) };
      return { ...bound, loop };
    },
  ),
  { dependentRequired: { accumulator: ["over"], update: ["over"] } },
);

export const molecule: Reader<MoleculeText> = mapped(
  shape({
    steps: required(
      narrowed(
        mapped(list(step), (read, here) =>
          read.value.length === 0
            ? refuse(here, "ARTIFACT_SCHEMA", "a molecule has at least one step", "add a step")
            : read,
        ),
        { minItems: 1 },
      ),
    ),
    emit: required(table(expression, fieldName)),
  }),
  ({ emit, spot, steps }) => ({ spot, emit, steps: steps.value }),
);
