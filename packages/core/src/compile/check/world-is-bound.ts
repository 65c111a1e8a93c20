import { entriesOf, type At } from "../../artifact/reader.ts";
import { hasBody } from "../../artifact/endpoint.ts";
import type { Endpoint } from "../../artifact/endpoint.ts";
import type { Step } from "../../artifact/contract.ts";
import { meantHint } from "../../artifact/nearest.ts";
import { problemAt } from "../../artifact/spot.ts";
import { parseOrigin } from "../../artifact/url.ts";
import type { Problem } from "../../value/problem.ts";
import { stepsIn, type EndpointCallable, type LinkedBinding, type LinkedStep, type LinkedWorkflow } from "../linked.ts";
import type { CompileOptions } from "../options.ts";
import { outcomesBy } from "../when.ts";
import { surfaceMismatch } from "./surfaces-are-exact.ts";

/** Every side effect of a workflow is bound to a place in the world, and that place is granted. */
export function worldIsBound(workflow: LinkedWorkflow, options: CompileOptions): readonly Problem[] {
  return [...new Set(stepsIn(workflow))].flatMap((step) => ofStep(step, workflow, options));
}

function ofStep(
  linked: LinkedStep,
  { workflow, binding }: LinkedWorkflow,
  options: CompileOptions,
): readonly Problem[] {
  const { step, callable } = linked;
  if (callable === undefined || callable.kind === "transform" || callable.kind === "entropy") return [];
  const declared = binding?.binding.policies.entries.has(callable.identity) === true;
  if (!declared && (binding !== undefined || workflow.runtimeBinding === undefined)) {
    const related = [{ message: `used by ${step.name.value}`, at: step.spot.at }];
    const spot = binding?.binding.policies.spot ?? workflow.spot;
    return [problemAt(spot, "RUNTIME_BINDING_MISSING", `nothing says where ${callable.identity} acts`, { related })];
  }
  if (binding === undefined) return [];
  if (callable.kind === "store") return storeIsThere(step, binding);
  if (callable.kind === "endpoint") return endpointIsThere(linked, callable, binding, options);
  const calls = binding.policies.get(callable.identity)?.value.calls;
  return calls === undefined ? [] : isGranted(calls, calls.value, options);
}

function storeIsThere({ store }: Step, { binding, structure }: LinkedBinding): readonly Problem[] {
  if (store === undefined) return [];
  if (structure === undefined) {
    if (binding.structure !== undefined) return [];
    return [problemAt(binding.spot, "RUNTIME_BINDING_MISSING", `no storage structure says where ${store.value} is`)];
  }
  const { entries } = structure.stores;
  if (entries.has(store.value)) return [];
  const hint = meantHint(store.value, entries.keys());
  return [problemAt(store.spot, "STORE_UNKNOWN", `${structure.identity} has no store ${store.value}`, hint)];
}

function endpointIsThere(
  { step, undoes }: LinkedStep,
  { identity }: EndpointCallable,
  binding: LinkedBinding,
  options: CompileOptions,
): readonly Problem[] {
  const policy = binding.policies.get(identity)?.value;
  if (step.endpoint === undefined || policy === undefined) return [];
  const { endpoints } = policy;
  const { value: name, spot } = step.endpoint;
  const endpoint = endpoints.get(name)?.value;
  if (endpoint === undefined) {
    const hint = meantHint(name, endpoints.keys());
    return [problemAt(spot, "ENDPOINT_UNKNOWN", `${binding.binding.identity} has no endpoint ${name}`, hint)];
  }
  const outcomes = [...new Set(entriesOf(endpoint.outcomes).map(({ value }) => value.value))];
  return [
    ...(undoes === undefined
      ? surfaceMismatch(step.surface, outcomesBy(step.when, outcomes), name)
      : succeeds(step, outcomes, name)),
    ...endpointInputs(step, endpoint, name),
    ...isGranted(endpoint.url, endpoint.template.origin, options),
  ];
}

function endpointInputs({ inputs }: Step, { template, method }: Endpoint, name: string): readonly Problem[] {
  const missing = template.inputs.filter((hole) => !inputs.entries.has(hole));
  const stray = entriesOf(inputs).filter(({ key }) => !template.inputs.includes(key) && !hasBody(method));
  return [
    ...missing.map((hole) => problemAt(inputs.spot, "REQUIRED_INPUT_NOT_BOUND", `the URL of ${name} needs ${hole}`)),
    ...stray.map(({ key, spot }) =>
      problemAt(spot, "BOUND_INPUT_NOT_DECLARED", `${key} is not in the URL of ${name}, and ${method} has no body`),
    ),
  ];
}

function isGranted({ spot }: At<string>, origin: string, { grants }: CompileOptions): readonly Problem[] {
  if (grants.hosts.some((host) => host === origin || parseOrigin(host) === origin)) return [];
  const hint = `add ${origin} to grants.hosts in omnibase.yaml, if it is meant`;
  return [problemAt(spot, "CAPABILITY_DENIED", `${origin} is not granted`, { hint })];
}

/** What undoes a step has no surface; it is enough that it can succeed. */
const succeeds = ({ spot }: Step, outcomes: readonly string[], name: string): readonly Problem[] =>
  outcomes.includes("SUCCESS")
    ? []
    : [problemAt(spot, "COMPENSATION_NEVER", `${name} never answers SUCCESS, so nothing would be undone`)];
