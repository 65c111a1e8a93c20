import type { PathExpression } from "../artifact/expression.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import { impliedOutcomes, returnedAt } from "../compile/callable.ts";
import { takenBy } from "../compile/contract-view.ts";
import type { Callable, LinkedContract, LinkedStep, LinkedWorkflow } from "../compile/linked.ts";
import { bindingAt, lowerAll } from "../compile/lower-binding.ts";
import { lowerWork } from "../compile/lower-work.ts";
import type { Children } from "../compile/node-results.ts";
import { lowerWhen } from "../compile/when.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { CallPlace, Edge, PlaceName, Scope, ScopeExit, When, Work } from "../graph/graph.ts";
import { publishedStoreOf } from "../entity/published-append.ts";
import { gatewayAnswer, isGateway, lowerGateway } from "./gateway.ts";
import type { LoweredStep } from "./starting.ts";
import { storeFile } from "./store-file.ts";
import { ownValue, present } from "../value/present.ts";

/** A published contract at one node of a workflow. */
export interface PublishedSite {
  readonly name: string;
  readonly linked: LinkedContract;
  readonly inputs: Bindings;
  /** Status → the place that it leads to. */
  readonly to: (status: string) => PlaceName;
  readonly workflow: LinkedWorkflow;
  /** What the other workflows take. */
  readonly children: Children;
  readonly report: Report;
}

export interface LoweredContract {
  readonly places: LoweredStep["places"];
  readonly scopes: LoweredStep["scopes"];
}

/** Every status that the contract can end with: what leaves its steps, and the failure of an input. */
export function statusesOf(linked: LinkedContract): readonly string[] {
  const leaving = linked.steps.flatMap((step, index) =>
    outcomesOf(step).filter((outcome) => targetOf(outcome, index, linked) === "exit"),
  );
  return [...new Set([...leaving, linked.contract.onInputFailure.value])];
}

/** What the capability may answer, and what the step says about answers besides. */
function outcomesOf({ assumed, callable, step }: LinkedStep): readonly string[] {
  const called = present(callable ?? assumed);
  const own = called.kind === "endpoint" ? [] : [...called.outcomes.keys()];
  const written = [...step.surface.value.map(({ value }) => value), ...step.onResult.entries.keys()];
  return [...new Set([...own, ...written])].filter(
    (outcome) => !impliedOutcomes.includes(outcome) || step.onResult.entries.has(outcome),
  );
}

/** A status that nobody routes ends the contract. */
function targetOf(outcome: string, index: number, linked: LinkedContract): number | "exit" {
  const routed = present(linked.steps[index]).step.onResult.entries.get(outcome);
  return routed === undefined ? "exit" : present(takenBy(routed.value, index, linked));
}

/** A step with every name in it replaced. */
interface Replaced {
  readonly place: PlaceName;
  readonly inputs: Bindings;
  /** What the contract returns when it ends with this step. */
  readonly returned: Bindings;
}

export function lowerContract(site: PublishedSite): LoweredContract {
  const { linked, name } = site;
  const outputs = new Map<string, Bindings>();
  const substitute = (path: PathExpression): Binding | undefined => insideContract(path, site, outputs);
  const steps = linked.steps.map(({ callable, step }): Replaced => {
    const place = `${name}/${step.name.value}`;
    const returned = lowerAll(step.outputs, (path) =>
      path.root === "capability_result" ? answered(place, callable, path.path) : substitute(path),
    );
    const replaced = {
      place,
      inputs: withValues(lowerAll(step.inputs, substitute)),
      returned: withoutStatus(returned),
    };
    outputs.set(step.name.value, returned);
    return replaced;
  });
  const ways = waysOut(site, steps);
  const lowered = steps.map((step, index) => lowerStep(step, index, site, ways));
  const scope: Scope = { code: linked.contract.identity, exits: ways.exits };
  return {
    places: lowered.flatMap(({ places }) => places),
    scopes: [[name, scope], ...lowered.flatMap(({ scopes }) => scopes)],
  };
}

function answered(of: PlaceName, callable: Callable | undefined, path: readonly string[]): Binding {
  return isGateway(callable) ? gatewayAnswer(of, callable, path) : { kind: "result", of, path, some: true };
}

/** A `null` that is written is no value either. */
const withValues = (inputs: Bindings): Bindings =>
  Object.fromEntries(
    Object.entries(inputs).filter(([, binding]) => binding.kind !== "literal" || binding.value !== null),
  );

/** The status is what the contract ends with, and no value of it. */
const withoutStatus = (returned: Bindings): Bindings =>
  Object.fromEntries(Object.entries(returned).filter(([name]) => name !== "result_status"));

function insideContract(
  { path, root }: PathExpression,
  { inputs, linked, name }: PublishedSite,
  outputs: ReadonlyMap<string, Bindings>,
): Binding | undefined {
  const [first = "", second = "", ...rest] = path;
  if (root === "inputs" || root === "payload") return bindingAt(ownValue(inputs, first), path.slice(1));
  const step = root === "results" ? outputs.get(first) : undefined;
  if (step === undefined) return undefined;
  if (second === "capability_result") {
    const callable = linked.steps.find((one) => one.step.name.value === first)?.callable;
    return answered(`${name}/${first}`, callable, rest);
  }
  return bindingAt(ownValue(step, second), rest);
}

interface Ways {
  /** How a status leaves the scope behind a step; without a step: because an input was missing. */
  readonly by: (status: string, place?: PlaceName) => Edge;
  readonly exits: { readonly [name: string]: ScopeExit };
}

/** A contract returns what its last step returned: where two steps end with one status, there are two ways out. */
function waysOut({ linked, to }: PublishedSite, steps: readonly Replaced[]): Ways {
  const missed = linked.contract.onInputFailure.value;
  const leaving = linked.steps.flatMap((step, index) =>
    outcomesOf(step)
      .filter((outcome) => targetOf(outcome, index, linked) === "exit")
      .map((status) => ({ status, step: present(steps[index]) })),
  );
  const names = new Map<string, string>([[`${missed}\n`, missed]]);
  const exits = new Map<string, ScopeExit>([[missed, { outputs: {}, to: to(missed) }]]);
  for (const { step, status } of leaving) {
    const { place, returned } = step;
    const [name, alone] = [`${status}/${place.slice(place.indexOf("/") + 1)}`, exits.get(status)];
    const isFree = alone === undefined || isSame(alone.outputs, returned);
    const exit = { outputs: returned, to: to(status) };
    names.set(`${status}\n${place}`, isFree ? status : name);
    exits.set(isFree ? status : name, isFree ? exit : { ...exit, outcome: status });
  }
  return {
    by: (status, place = "") => ({ leave: present(names.get(`${status}\n${place}`)) }),
    exits: Object.fromEntries(exits),
  };
}

const isSame = (one: Bindings, other: Bindings): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Every input that is written is needed. */
function lowerStep({ inputs, place }: Replaced, index: number, site: PublishedSite, ways: Ways): LoweredStep {
  const { linked, name, workflow, report } = site;
  const linkedStep = present(linked.steps[index]);
  const { callable, step } = linkedStep;
  const required = [...step.inputs.entries.keys()];
  const outcomes = outcomesOf(linkedStep);
  const edges = outcomes.map((outcome) => {
    const target = targetOf(outcome, index, linked);
    if (target === "exit") return [outcome, ways.by(outcome, place)] as const;
    return [outcome, { to: `${name}/${present(linked.steps[target]).step.name.value}` }] as const;
  });
  const mayMiss = required.some((input) => !isCertain(ownValue(inputs, input)));
  const missing = ways.by(linked.contract.onInputFailure.value);
  if (isGateway(callable)) {
    return lowerGateway(callable, {
      linked: linkedStep,
      place,
      scope: name,
      code: linked.contract.identity,
      inputs,
      required,
      mayMiss,
      missing,
      routed: new Map(edges),
      namespace: workflow.workflow.namespace,
      children: site.children,
      report,
    });
  }
  const gate = gateOf(linkedStep);
  const lowered: CallPlace = {
    kind: "call",
    scope: name,
    work: workOf(linkedStep, workflow, report),
    inputs,
    required,
    ...(mayMiss ? { missing } : {}),
    ...(gate === undefined ? {} : { when: gate }),
    outcomes: outcomes.filter((outcome) => !impliedOutcomes.includes(outcome)),
    edges: Object.fromEntries(edges),
  };
  return { places: [[place, lowered]], scopes: [] };
}

/** A gate says yes or no. Its own engine let both pass; here no is a violation, where the step knows one. */
function gateOf(linked: LinkedStep): When | undefined {
  const { callable, step } = linked;
  if (step.when !== undefined) return lowerWhen(step.when);
  if (callable?.kind !== "transform" || !outcomesOf(linked).includes("VIOLATION")) return undefined;
  const answers = Object.entries(returnedAt(callable, "SUCCESS")).filter(
    ([, { required, type }]) => required && type === "boolean",
  );
  const [answer, another] = answers.map(([name]) => name);
  if (answer === undefined || another !== undefined) return undefined;
  return { path: [answer], outcomes: { true: "SUCCESS", false: "VIOLATION" } };
}

const isCertain = (binding: Binding | undefined): boolean =>
  binding !== undefined && !["payload", "received", "result"].includes(binding.kind);

function workOf(linked: LinkedStep, { binding, workflow }: LinkedWorkflow, report: Report): Work {
  const callable = present(linked.callable ?? linked.assumed);
  if (callable.kind !== "store") return lowerWork({ ...linked, callable }, binding);
  const file = storeFile({ ...linked, callable }, binding);
  if (file === undefined) {
    report(problemAt(linked.step.spot, "RUNTIME_BINDING_MISSING", `no file is named for ${linked.step.name.value}`));
  }
  const own = `${callable.store}.${callable.operation}`;
  // Whatever is appended may be an event that a gate asks for.
  const operation = own === "append-only.APPEND" ? "published.APPEND" : own;
  return {
    kind: "operate",
    capability: callable.identity,
    operation,
    store: publishedStoreOf(file ?? workflow.identity),
  };
}
