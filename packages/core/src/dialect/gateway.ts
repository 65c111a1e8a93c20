import { problemAt } from "../artifact/spot.ts";
import { gatewayHandler } from "../compile/gateway-handler.ts";
import type { Callable, EffectCallable } from "../compile/linked.ts";
import type { Binding } from "../graph/binding.ts";
import type { PlaceName } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";
import { lowerConcurrent, togetherPlace } from "./concurrent.ts";
import { countedPlace, lowerSequence } from "./sequence.ts";
import {
  childPlace,
  edgeFor,
  failures,
  notNamed,
  nothing,
  startedAs,
  textIn,
  type LoweredStep,
  type StartSite,
} from "./starting.ts";

export const isGateway = (callable: Callable | undefined): callable is EffectCallable =>
  callable?.kind === "effect" && callable.handler === gatewayHandler;

const lowered: { readonly [operation: string]: (site: StartSite) => LoweredStep } = {
  EXECUTE: lowerOne,
  EXECUTE_SEQUENCE: lowerSequence,
  EXECUTE_CONCURRENT: lowerConcurrent,
};

/** A step that starts workflows: one, one for each item of a list, or several at once. */
export function lowerGateway({ operation }: EffectCallable, site: StartSite): LoweredStep {
  const lower = ownValue(lowered, operation);
  if (lower !== undefined) return lower(site);
  const { step } = site.linked;
  const message = `${step.name.value} starts workflows in a way that nobody knows`;
  site.report(problemAt(step.spot, "IMPLEMENTATION_UNKNOWN", message));
  return nothing;
}

/** Another workflow, whose class is a status of the step. */
function lowerOne(site: StartSite): LoweredStep {
  const { inputs, place, scope } = site;
  const named = textIn(ownValue(inputs, "workflow_code"));
  if (named === undefined) return notNamed(site, "which workflow it starts");
  const started = startedAs(named, [ownValue(inputs, "payload")], site);
  const onward = childPlace(scope, started, (ending) => edgeFor(site, ending === "COMPLETED" ? ["SUCCESS"] : failures));
  return { places: [[place, onward]], scopes: [] };
}

/** What such a step answered. Of one workflow, `execution_result` is what the machine keeps of it. */
export function gatewayAnswer(place: PlaceName, { operation }: EffectCallable, path: readonly string[]): Binding {
  switch (operation) {
    case "EXECUTE_SEQUENCE":
      return { kind: "result", of: countedPlace(place), path, some: true };
    case "EXECUTE_CONCURRENT":
      return { kind: "result", of: togetherPlace(place), path, some: true };
    default: {
      const [first, ...rest] = path;
      return { kind: "result", of: place, path: first === "execution_result" ? rest : path, some: true };
    }
  }
}
