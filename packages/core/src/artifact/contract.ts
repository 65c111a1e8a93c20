import type { Field, Fields } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { expression, type Expressions } from "./expression.ts";
import { fields, plainFields } from "./field.ts";
import {
  anything,
  duration,
  emptyTable,
  ignored,
  list,
  mapped,
  name,
  narrowed,
  number,
  optional,
  refuse,
  required,
  shape,
  table,
  text,
} from "./reader.ts";
import type { At, Here, Reader, Table } from "./reader.ts";
import { problemAt, type Spot } from "./spot.ts";

/** A capability contract: steps that end with one of a closed set of statuses. */
export interface Contract extends Named {
  readonly kind: "contract";
  readonly inputs: Fields;
  readonly outputs: Table<Field>;
  readonly allowed: At<readonly At<string>[]>;
  readonly onInputFailure: At<string>;
  readonly steps: readonly Step[];
  /** Status → what is returned then. */
  readonly exits: Table<Expressions>;
}

export interface Step {
  readonly spot: Spot;
  readonly name: At<string>;
  readonly transform: At<string> | undefined;
  readonly sideEffect: At<string> | undefined;
  readonly op: At<string> | undefined;
  readonly store: At<string> | undefined;
  readonly endpoint: At<string> | undefined;
  readonly inputs: Expressions;
  readonly outputs: Expressions;
  readonly surface: At<readonly At<string>[]>;
  /** Outcome → `continue`, `exit`, or the name of a later step. */
  readonly onResult: Table<At<string>>;
  /** Present where a field of the answer decides. */
  readonly when: When | undefined;
  readonly retry: Retry | undefined;
  readonly timeoutMs: At<number> | undefined;
  /** What undoes it; a side effect, which has no outcomes to route. */
  readonly compensate: Step | undefined;
}

/** A field of what comes with SUCCESS, and the value, or list of values, that each outcome stands for. */
export interface When {
  readonly spot: Spot;
  readonly field: At<string>;
  readonly outcomes: Table<At<Json>>;
}

export interface Retry {
  readonly spot: Spot;
  readonly attempts: At<number> | undefined;
  readonly backoffMs: At<number> | undefined;
  readonly factor: At<number> | undefined;
  readonly maxMs: At<number> | undefined;
}

const retryShape = shape({
  attempts: optional(number),
  backoff: optional(duration),
  factor: optional(number),
  max: optional(duration),
});
const retry: Reader<Retry> = mapped(retryShape, (read) => ({ ...read, backoffMs: read.backoff, maxMs: read.max }));

const compensationShape = shape({
  side_effect: required(text),
  op: optional(name),
  store: optional(name),
  endpoint: optional(name),
  inputs: optional(table(expression)),
  retry: optional(retry),
  timeout: optional(duration),
});

/** Its own engine undoes nothing, so a published step that asks for it would be misunderstood. */
const compensation: Reader<Omit<Step, "name">> = mapped(compensationShape, (read, here) => {
  if (here.published === true) return refuse(here, "ARTIFACT_SCHEMA", "no published step is undone");
  const { side_effect: sideEffect, spot, timeout, ...rest } = read;
  return {
    ...rest,
    spot,
    transform: undefined,
    sideEffect,
    inputs: read.inputs ?? emptyTable(spot),
    outputs: emptyTable(spot),
    surface: { value: [], spot },
    onResult: emptyTable(spot),
    when: undefined,
    timeoutMs: timeout,
    compensate: undefined,
  };
});

const stepShape = shape({
  step: required(name),
  transform: optional(text),
  side_effect: optional(text),
  op: optional(name),
  store: optional(name),
  endpoint: optional(name),
  inputs: optional(table(expression)),
  outputs: optional(table(expression)),
  result_surface: required(list(name)),
  on_result: required(table(name)),
  on_ct_result: ignored("ON_CT_RESULT_IGNORED", "nothing executes on_ct_result; outcomes are routed by on_result"),
  when: optional(shape({ field: required(text), outcomes: required(table(anything)) })),
  retry: optional(retry),
  timeout: optional(duration),
  compensate: optional(compensation),
});

const step: Reader<Step> = mapped(stepShape, (read) => {
  const {
    step: called,
    side_effect: sideEffect,
    result_surface: surface,
    on_result: onResult,
    timeout,
    compensate,
    ...rest
  } = read;
  return {
    ...rest,
    name: called,
    sideEffect,
    surface,
    onResult,
    timeoutMs: timeout,
    compensate: compensate && { ...compensate, name: { value: `${called.value}/compensate`, spot: compensate.spot } },
    inputs: read.inputs ?? emptyTable(read.spot),
    outputs: read.outputs ?? emptyTable(read.spot),
  };
});

const core = shape({
  inputs: optional(fields),
  outputs: optional(fields),
  result_status_contract: required(shape({ allowed: required(list(name)), on_input_failure: required(name) })),
  pipeline: required(narrowed(list(step), { minItems: 1 })),
  evaluation: ignored("EVALUATION_BLOCK_NOT_EXECUTABLE", "nothing executes an evaluation block"),
  exits: optional(table(table(expression))),
});

const document = shape({ cc_code: required(code), ...envelope, core: required(core) });

export const contractSchema: Describe = (parts) => described(document, parts);

export function readContract(here: Here, named: Named): Contract | undefined {
  const read = document(here)?.core;
  if (read?.pipeline.value.length === 0) {
    here.report(
      problemAt(read.pipeline.spot, "ARTIFACT_SCHEMA", "a contract has at least one step", { hint: "add a step" }),
    );
  }
  return (
    read && {
      kind: "contract",
      ...named,
      inputs: plainFields(read.inputs),
      outputs: read.outputs ?? emptyTable(read.spot),
      allowed: read.result_status_contract.allowed,
      onInputFailure: read.result_status_contract.on_input_failure,
      steps: read.pipeline.value,
      exits: read.exits ?? emptyTable(read.spot),
    }
  );
}
