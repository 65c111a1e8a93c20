import { problemAt, type Report } from "../artifact/spot.ts";
import type { LinkedStep } from "../compile/linked.ts";
import { bindingAt } from "../compile/lower-binding.ts";
import { childOutcomes } from "../compile/node-outcomes.ts";
import type { Children } from "../compile/node-results.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { CallPlace, Edge, OutcomeName, PlaceName, Scope, ScopeName, TransformWork } from "../graph/graph.ts";

/** A step of a published contract that starts workflows, where it stands. */
export interface StartSite {
  readonly linked: LinkedStep;
  readonly place: PlaceName;
  /** Of the contract. */
  readonly scope: ScopeName;
  readonly code: string;
  /** What the step binds. */
  readonly inputs: Bindings;
  /** Every input that is written is needed. */
  readonly required: readonly string[];
  readonly mayMiss: boolean;
  /** Status → where it leads. */
  readonly routed: ReadonlyMap<string, Edge>;
  /** Where it leads when an input has no value, and whatever comes that no status of the step stands for. */
  readonly missing: Edge;
  readonly namespace: string;
  readonly children: Children;
  readonly report: Report;
}

/** What a step becomes. */
export interface LoweredStep {
  readonly places: readonly (readonly [PlaceName, CallPlace])[];
  /** Beside the scope of the contract. */
  readonly scopes: readonly (readonly [ScopeName, Scope])[];
}

export interface Started {
  readonly workflow: string;
  readonly inputs: Bindings;
}

/** A workflow by the name that the artifacts give it, told what its intent knows of what is handed on; the last one counts. */
export function startedAs(named: string, payloads: readonly (Binding | undefined)[], site: StartSite): Started {
  const workflow = named.includes("::") ? named : `${site.namespace}::${named}`;
  const surface = site.children(workflow);
  if (surface === undefined) {
    site.report(problemAt(site.linked.step.spot, "REFERENCE_UNRESOLVED", `${workflow} does not exist`));
  }
  const members = payloads.map((payload) => membersOf(payload, surface?.inputs ?? {}));
  return { workflow, inputs: Object.assign({}, ...members) };
}

/** Which workflow it is stands in the artifacts, or nobody could say what a snapshot reaches. */
export function notNamed({ linked: { step }, report }: StartSite, lacking: string): LoweredStep {
  report(problemAt(step.spot, "WORKFLOW_NOT_NAMED", `${step.name.value} does not say in the artifacts ${lacking}`));
  return nothing;
}

/** Of what is wrong no graph is made. */
export const nothing: LoweredStep = { places: [], scopes: [] };

/** A payload that is not written out is handed on as far as the intent of the workflow knows it. */
function membersOf(payload: Binding | undefined, declared: object): Bindings {
  if (payload?.kind === "object") return payload.fields;
  const members = Object.keys(declared).flatMap((name) => {
    const binding = bindingAt(payload, [name]);
    return binding === undefined ? [] : [[name, binding] as const];
  });
  return Object.fromEntries(members);
}

export function childPlace(
  scope: ScopeName,
  { inputs, workflow }: Started,
  onward: (ending: OutcomeName) => Edge,
): CallPlace {
  return {
    kind: "call",
    scope,
    work: { kind: "child", workflow },
    inputs,
    required: [],
    outcomes: childOutcomes,
    edges: Object.fromEntries(childOutcomes.map((ending) => [ending, onward(ending)])),
  };
}

/** What its own engine would have said of a workflow that did not complete. */
export const failures: readonly OutcomeName[] = ["FAILED", "FAILURE", "VIOLATION", "BACKEND_ERROR"];

/** Where the first status leads that the step knows. */
export const edgeFor = ({ missing, routed }: StartSite, statuses: readonly OutcomeName[]): Edge =>
  statuses.map((status) => routed.get(status)).find((edge) => edge !== undefined) ?? missing;

/** A text that is written out, and none that is known only when it is executed. */
export const textIn = (binding: Binding | undefined): string | undefined =>
  binding?.kind === "literal" && typeof binding.value === "string" ? binding.value : undefined;

/** Texts by name, where all of them are written out. */
export function textsIn(binding: Binding | undefined): { readonly [name: string]: string } | undefined {
  if (binding?.kind !== "object") return undefined;
  const texts = Object.entries(binding.fields).flatMap(([name, field]) => {
    const text = textIn(field);
    return text === undefined ? [] : [[name, text] as const];
  });
  return texts.length === Object.keys(binding.fields).length ? Object.fromEntries(texts) : undefined;
}

/** Pure code of the standard library, which is the same for whoever uses it. */
export const builtin = (name: string): TransformWork => ({
  kind: "transform",
  capability: `std::CT_PURE_${name.toUpperCase()}_V0`,
  implementation: `std.${name}`,
});
