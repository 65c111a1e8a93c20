import { problemAt, type Report } from "../artifact/spot.ts";
import { gatewayHandler } from "../compile/gateway-handler.ts";
import type { Callable, LinkedStep } from "../compile/linked.ts";
import { bindingAt } from "../compile/lower-binding.ts";
import type { Children } from "../compile/node-results.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { ChildWork, OutcomeName } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";

export const isGateway = (callable: Callable | undefined): boolean =>
  callable?.kind === "effect" && callable.handler === gatewayHandler;

export interface GatewaySite {
  /** Of whoever starts it. */
  readonly namespace: string;
  readonly children: Children;
  readonly report: Report;
}

/** What is started, and with what. Which workflow it is stands in the artifacts, or nobody could say what is reached. */
export function gatewayOf(
  { callable, step }: LinkedStep,
  inputs: Bindings,
  { children, namespace, report }: GatewaySite,
): { readonly work: ChildWork; readonly inputs: Bindings } {
  const code = ownValue(inputs, "workflow_code");
  const named = code?.kind === "literal" && typeof code.value === "string" ? code.value : undefined;
  const workflow = named === undefined || named.includes("::") ? (named ?? "") : `${namespace}::${named}`;
  const surface = children(workflow);
  if (callable?.kind !== "effect" || callable.operation !== "EXECUTE" || named === undefined) {
    const message = `${step.name.value} does not say in the artifacts which one workflow it starts`;
    report(problemAt(step.spot, "IMPLEMENTATION_UNKNOWN", message));
  } else if (surface === undefined) {
    report(problemAt(step.spot, "REFERENCE_UNRESOLVED", `${workflow} does not exist`));
  }
  return { work: { kind: "child", workflow }, inputs: membersOf(ownValue(inputs, "payload"), surface?.inputs ?? {}) };
}

/** A payload that is not written out is handed on as far as the intent of the workflow knows it. */
function membersOf(payload: Binding | undefined, declared: object): Bindings {
  if (payload?.kind === "object") return payload.fields;
  const members = Object.keys(declared).flatMap((name) => {
    const binding = bindingAt(payload, [name]);
    return binding === undefined ? [] : [[name, binding] as const];
  });
  return Object.fromEntries(members);
}

const failures: readonly OutcomeName[] = ["FAILED", "FAILURE", "VIOLATION", "BACKEND_ERROR"];

/** The status that its own engine would have seen. */
export const gatewayStatus = (ending: OutcomeName, known: readonly OutcomeName[]): OutcomeName | undefined =>
  ending === "COMPLETED"
    ? known.find((outcome) => outcome === "SUCCESS")
    : failures.find((outcome) => known.includes(outcome));

/** `execution_result` is what the machine keeps of another workflow. */
export const gatewayPath = (path: readonly string[]): readonly string[] =>
  path[0] === "execution_result" ? path.slice(1) : path;
