import { entriesOf } from "../artifact/reader.ts";
import type { Step } from "../artifact/contract.ts";
import { plainFields } from "../artifact/field.ts";
import { meantHint } from "../artifact/nearest.ts";
import type { At, Table } from "../artifact/reader.ts";
import type { Operation, SideEffect } from "../artifact/side-effect.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import type { Transform } from "../artifact/transform.ts";
import { operations as storeOperations } from "../entity/apply.ts";
import type { Field, Fields } from "../graph/field.ts";
import { ownValue } from "../value/present.ts";
import { find, type Finder } from "./find.ts";
import type { Callable, Outcomes } from "./linked.ts";
import { gatewayHandler } from "./gateway-handler.ts";
import { moleculeOf } from "./molecule.ts";
import type { CompileOptions } from "./options.ts";

/** Both exist on every call and may be routed; nobody declares them. */
export const impliedOutcomes: readonly string[] = ["ERROR", "FAILED"];

/** What comes with an outcome; nothing comes with one that is implied. */
export function returnedAt(callable: Callable, outcome: string): Fields {
  if (callable.kind === "endpoint") return impliedOutcomes.includes(outcome) ? {} : callable.outputs;
  return callable.outcomes.get(outcome) ?? {};
}

/** Everything that may come with some outcome. */
export const returnedAtAll = (callable: Callable): Fields =>
  callable.kind === "endpoint" ? callable.outputs : Object.assign({}, ...callable.outcomes.values());

/** The one capability that a step calls. */
export function callableOf(step: Step, finder: Finder): Callable | undefined {
  const { transform, sideEffect, op } = step;
  if (transform !== undefined && sideEffect === undefined) {
    const found = find(transform, "transform", finder);
    return found && transformCallable(found, finder);
  }
  if (sideEffect !== undefined && transform === undefined) {
    const found = find(sideEffect, "side-effect", finder);
    return found && operationOf(found, op, step, finder.report);
  }
  finder.report(problemAt(step.spot, "STEP_CAPABILITY", `${step.name.value} names no capability, or two`));
  return undefined;
}

function operationOf(
  sideEffect: SideEffect,
  op: At<string> | undefined,
  step: Step,
  report: Report,
): Callable | undefined {
  if (op === undefined) {
    report(problemAt(step.spot, "STEP_KEY_MISSING", `${step.name.value} does not say which operation`));
    return undefined;
  }
  const { operations, identity } = sideEffect;
  const operation = operations.entries.get(op.value);
  if (operation !== undefined) {
    const callable = operationCallable(sideEffect, op.value, operation.value);
    if (callable?.kind !== "store" || sideEffect.published !== true) return callable;
    const own = ownOperation(callable.store, op.value);
    if (own !== undefined) return { ...callable, operation: own };
    // Only a published side effect may declare what we do not have, as long as nobody uses it.
    report(problemAt(op.spot, "IMPLEMENTATION_UNKNOWN", `the ${callable.store} store has no operation ${op.value}`));
    return undefined;
  }
  const declared = [...operations.entries.keys()];
  const hint = meantHint(op.value, declared).hint ?? `declared are ${declared.join(", ")}`;
  report(
    problemAt(op.spot, "SIDE_EFFECT_OPERATION_NOT_DECLARED", `${identity} does not declare ${op.value}`, { hint }),
  );
  return undefined;
}

/** Older names of operations that published contracts still use. */
const aliases: { readonly [operation: string]: string } = {
  READ_ALL: "GET_ALL",
  LIST_KEYS: "LIST",
  GET: "READ",
  PUT: "WRITE",
};

const ownOperation = (store: string, given: string): string | undefined =>
  [given, aliases[given] ?? ""].find((name) => storeOperations.has(`${store}.${name}`));

/**
 * An operation that nobody declares and that our store has: the published engine called whatever there was.
 *
 * Its outcomes are those that the step lists.
 */
export function assumedOf({ op, sideEffect, surface }: Step, finder: Finder): Callable | undefined {
  const found = sideEffect && find(sideEffect, "side-effect", { ...finder, report: () => undefined });
  if (found?.implementation.kind !== "store" || op === undefined) return undefined;
  const store = found.implementation.store.value;
  const operation = ownOperation(store, op.value);
  const outcomes = new Map(surface.value.map(({ value }): [string, Fields] => [value, {}]));
  if (operation === undefined) {
    const declared = found.operations.entries.has(op.value);
    if (!declared) finder.report(problemAt(op.spot, "IMPLEMENTATION_UNKNOWN", `the ${store} store has no ${op.value}`));
    return undefined;
  }
  return { kind: "store", identity: found.identity, store, operation, inputs: {}, outcomes };
}

function transformCallable(transform: Transform, finder: Finder): Callable {
  const { given, identity, implementation, inputs, outputs, outcomes } = transform;
  const returned = outcomes.map(({ value }): [string, Fields] => [value, value === "SUCCESS" ? outputs : {}]);
  if (given !== undefined) return { kind: "entropy", identity, inputs, outcomes: new Map(returned) };
  const molecule = moleculeOf(transform, finder);
  const called = { kind: "transform", identity, implementation: implementation.value } as const;
  return { ...called, inputs, outcomes: new Map(returned), ...(molecule === undefined ? {} : { molecule }) };
}

function operationCallable(sideEffect: SideEffect, operation: string, declared: Operation): Callable | undefined {
  const { identity, implementation } = sideEffect;
  if (implementation.kind === "store") {
    if (declared.kind === "endpoint") return undefined;
    const outcomes = outcomesOf(declared.outcomes);
    return { kind: "store", identity, store: implementation.store.value, operation, inputs: declared.inputs, outcomes };
  }
  const handler = implementation.handler.value;
  if (declared.kind === "endpoint")
    return { kind: "endpoint", identity, handler, operation, outputs: declared.outputs };
  const { inputs, idempotent } = declared;
  return { kind: "effect", identity, handler, operation, inputs, outcomes: outcomesOf(declared.outcomes), idempotent };
}

const outcomesOf = ({ entries }: Table<Table<Field>>): Outcomes =>
  new Map([...entries].map(([outcome, { value }]) => [outcome, plainFields(value)]));

/** What a transform declares can be kept: its implementation exists, and its outcomes are its own. */
export function transformIsKnown(transform: Transform, { transforms }: CompileOptions, finder: Finder): void {
  const { given, implementation, molecule, outcomes } = transform;
  const { report } = finder;
  if (given !== undefined && !isEntropy(transform)) {
    const message = "entropy is asked for by entropy_bits, and comes as entropy_bytes, a text that is secret";
    report(problemAt(implementation.spot, "ARTIFACT_SCHEMA", message));
  }
  if (molecule !== undefined) moleculeOf(transform, finder);
  else if (given === undefined && ownValue(transforms, implementation.value) === undefined) {
    const hint = meantHint(implementation.value, Object.keys(transforms));
    report(
      problemAt(
        implementation.spot,
        "IMPLEMENTATION_UNKNOWN",
        `no transform ${implementation.value} is built in`,
        hint,
      ),
    );
  }
  for (const { value, spot } of outcomes) outcomeIsFree(value, spot, report);
}

/** Whoever draws knows no other names, and what is drawn is nobody's business. */
const isEntropy = ({ inputs, outputs }: Transform): boolean =>
  [...Object.keys(inputs), ...Object.keys(outputs)].join() === "entropy_bits,entropy_bytes" &&
  outputs["entropy_bytes"]?.type === "string" &&
  outputs["entropy_bytes"].secret === true;

export function sideEffectIsKnown(sideEffect: SideEffect, { handlers }: CompileOptions, report: Report): void {
  const { implementation, operations } = sideEffect;
  const isStarting =
    sideEffect.published === true &&
    implementation.kind === "handler" &&
    implementation.handler.value === gatewayHandler;
  if (
    !isStarting &&
    implementation.kind === "handler" &&
    ownValue(handlers, implementation.handler.value) === undefined
  ) {
    const { value, spot } = implementation.handler;
    report(
      problemAt(
        spot,
        "IMPLEMENTATION_UNKNOWN",
        `there is no handler ${value}`,
        meantHint(value, Object.keys(handlers)),
      ),
    );
  }
  const kinds = new Set(entriesOf(operations).map(({ value }) => value.kind));
  if (kinds.size > 1) {
    report(
      problemAt(operations.spot, "ARTIFACT_SCHEMA", "either all operations are endpoints, or none", {
        hint: "divide them",
      }),
    );
  }
  for (const { key, spot, value } of operations.entries.values()) {
    if (
      implementation.kind === "store" &&
      sideEffect.published !== true &&
      (value.kind === "endpoint" || !storeOperations.has(`${implementation.store.value}.${key}`))
    ) {
      report(
        problemAt(spot, "IMPLEMENTATION_UNKNOWN", `the ${implementation.store.value} store has no operation ${key}`),
      );
    }
    if (value.kind === "declared") {
      for (const outcome of value.outcomes.entries.values()) outcomeIsFree(outcome.key, outcome.spot, report);
    }
  }
}

function outcomeIsFree(outcome: string, spot: Parameters<typeof problemAt>[0], report: Report): void {
  if (impliedOutcomes.includes(outcome)) report(problemAt(spot, "OUTCOME_RESERVED", `${outcome} exists on every call`));
}
