import { entriesOf, type At, type Table } from "../artifact/reader.ts";
import type { Contract, Retry, Step } from "../artifact/contract.ts";
import type { Expression } from "../artifact/expression.ts";
import { entropyHandler } from "../graph/entropy.ts";
import type { Fields } from "../graph/field.ts";
import type { EffectWork, RetryPolicy, Work } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import type { Callable, EffectCallable, EndpointCallable, LinkedBinding, LinkedStep } from "./linked.ts";

/** What holds where a step says nothing. Only what may be repeated is repeated. */
const defaults = {
  timeoutMs: 30_000,
  attemptsIdempotent: 5,
  attemptsOnce: 1,
  backoffMs: 200,
  factor: 2,
  backoffMaxMs: 30_000,
} as const;

/** What a step asks for, with everything in it that the runtime will need. */
export function lowerWork({ step, callable }: LinkedStep, binding: LinkedBinding | undefined): Work {
  const called = present(callable);
  switch (called.kind) {
    case "transform":
      return transformWork(called);
    case "entropy":
      return drawing(called.identity);
    case "store": {
      const { identity, store, operation } = called;
      const where = storeIdentity(present(step.store).value, binding);
      return { kind: "operate", capability: identity, operation: `${store}.${operation}`, store: where };
    }
    case "effect":
    case "endpoint":
      return effectOf(step, called, configurationOf(step, called, present(binding)));
  }
}

const transformWork = ({
  identity,
  implementation,
  molecule,
}: Extract<Callable, { readonly kind: "transform" }>): Work => ({
  kind: "transform",
  capability: identity,
  implementation,
  ...(molecule === undefined ? {} : { molecule }),
});

/** Nothing is known of a draw before it is recorded, so one whose answer was lost may be made again. */
const drawing = (capability: string): EffectWork => ({
  kind: "effect",
  capability,
  handler: entropyHandler,
  operation: "DRAW",
  configuration: {},
  idempotent: true,
  timeoutMs: defaults.timeoutMs,
  retry: retryOf(undefined, true),
});

export const storeIdentity = (store: string, binding: LinkedBinding | undefined): string =>
  `${present(binding?.structure).identity}/${store}`;

function effectOf(
  step: Step,
  { identity, handler, operation }: EffectCallable | EndpointCallable,
  how: Configured,
): EffectWork {
  return {
    kind: "effect",
    capability: identity,
    handler,
    operation,
    configuration: how.configuration,
    idempotent: how.idempotent,
    timeoutMs: step.timeoutMs?.value ?? defaults.timeoutMs,
    retry: retryOf(step.retry, how.idempotent),
  };
}

interface Configured {
  readonly configuration: Json;
  readonly idempotent: boolean;
}

function configurationOf(step: Step, callable: EffectCallable | EndpointCallable, binding: LinkedBinding): Configured {
  const { configuration, endpoints } = present(binding.policies.get(callable.identity)).value;
  if (callable.kind === "effect") return { configuration, idempotent: callable.idempotent };
  const { headers, method, url, outcomes, idempotent } = present(endpoints.get(present(step.endpoint).value)).value;
  const named = { url: url.value, outcomes: plainTexts(outcomes) };
  const sent = headers === undefined ? {} : { headers: plainTexts(headers) };
  return { configuration: { method, ...named, ...sent }, idempotent };
}

const plainTexts = (table: Table<At<string>>): { readonly [name: string]: string } =>
  Object.fromEntries(entriesOf(table).map(({ key, value }) => [key, value.value]));

/** Inputs without which the step cannot be asked for: its capability's, and those that the contract itself requires. */
export function requiredBy(
  { step, callable }: LinkedStep,
  contract: Contract,
  binding: LinkedBinding | undefined,
): readonly string[] {
  const wanted = wantedBy(step, present(callable), binding);
  const direct = entriesOf(step.inputs).filter(({ value }) => isRequiredInput(value, contract.inputs));
  const names = new Set([...wanted, ...direct.map(({ key }) => key)]);
  return [...step.inputs.entries.keys()].filter((name) => names.has(name));
}

function wantedBy(step: Step, callable: Callable, binding: LinkedBinding | undefined): readonly string[] {
  if (callable.kind !== "endpoint") return requiredIn(callable.inputs);
  const { endpoints } = present(present(binding).policies.get(callable.identity)).value;
  return present(endpoints.get(present(step.endpoint).value)).value.template.inputs;
}

const requiredIn = (inputs: Fields): readonly string[] =>
  Object.entries(inputs).flatMap(([name, { required }]) => (required ? [name] : []));

const isRequiredInput = (value: Expression, inputs: Fields): boolean =>
  value.kind === "path" && value.root === "inputs" && ownValue(inputs, value.path.join("."))?.required === true;

const retryOf = (retry: Retry | undefined, idempotent: boolean): RetryPolicy => ({
  attemptsMax: retry?.attempts?.value ?? (idempotent ? defaults.attemptsIdempotent : defaults.attemptsOnce),
  backoffMs: retry?.backoffMs?.value ?? defaults.backoffMs,
  factor: retry?.factor?.value ?? defaults.factor,
  backoffMaxMs: retry?.maxMs?.value ?? defaults.backoffMaxMs,
});
