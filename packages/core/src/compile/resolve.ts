import type { Actor } from "../artifact/actor.ts";
import type { ArtifactKind, Artifact } from "../artifact/artifact.ts";
import type { Contract, Step } from "../artifact/contract.ts";
import type { Entity } from "../artifact/entity.ts";
import { endpoints, type Endpoint } from "../artifact/endpoint.ts";
import { identityOf } from "../artifact/fqdn.ts";
import { mailPolicy } from "../artifact/mail-policy.ts";
import { entriesOf, flag, optional, shape, text, type At, type Entry, type Here } from "../artifact/reader.ts";
import type { RuntimeBinding } from "../artifact/runtime-binding.ts";
import type { SideEffect } from "../artifact/side-effect.ts";
import { problemAt } from "../artifact/spot.ts";
import type { Structure } from "../artifact/structure.ts";
import type { Node } from "../artifact/node.ts";
import type { Workflow } from "../artifact/workflow.ts";
import { plain } from "../value/located-value.ts";
import { assumedOf, callableOf, sideEffectIsKnown, transformIsKnown } from "./callable.ts";
import { linkDoors } from "./doors.ts";
import { find, findNear, type Finder } from "./find.ts";
import { gatewayHandler } from "./gateway-handler.ts";
import { linkAdmission } from "./link-admission.ts";
import type {
  Callable,
  Linked,
  LinkedBinding,
  LinkedContract,
  LinkedNode,
  LinkedStep,
  LinkedWorkflow,
  Policy,
} from "./linked.ts";
import type { CompileOptions } from "./options.ts";
import { decidedBy } from "./when.ts";

/** Follows every reference. What leads nowhere is reported, and the rest is linked all the same. */
export function resolve(finder: Finder, options: CompileOptions): Linked {
  for (const transform of all("transform", finder)) transformIsKnown(transform, options, finder);
  for (const sideEffect of all("side-effect", finder)) sideEffectIsKnown(sideEffect, options, finder.report);
  const contracts = new Map(all("contract", finder).map((contract) => [contract, linkContract(contract, finder)]));
  const entities = new Map(all("structure", finder).map((structure) => [structure, entitiesOf(structure, finder)]));
  const bindings = new Map(
    all("runtime-binding", finder).map((binding) => [binding, linkBinding(binding, entities, finder)]),
  );
  for (const intent of all("intent", finder))
    findNear({ ...intent.workflow, from: intent.namespace }, "workflow", finder);
  const workflows = all("workflow", finder).map((workflow) => linkWorkflow(workflow, { contracts, bindings, finder }));
  const doors = linkDoors(all("ingress", finder), all("egress", finder), { finder, workflows });
  return { contracts: [...contracts.values()], workflows, structures: all("structure", finder), ...doors };
}

const all = <K extends ArtifactKind>(kind: K, { index }: Finder): readonly Extract<Artifact, { readonly kind: K }>[] =>
  [...index.values()].flatMap(({ artifact }) => (isOf(artifact, kind) ? [artifact] : []));

const isOf = <K extends ArtifactKind>(
  artifact: Artifact | undefined,
  kind: K,
): artifact is Extract<Artifact, { readonly kind: K }> => artifact?.kind === kind;

const linkContract = (contract: Contract, finder: Finder): LinkedContract => ({
  contract,
  steps: contract.steps.map((step) => linkStep(step, contract, finder)),
});

function linkStep(step: Step, { published = false }: Contract, finder: Finder): LinkedStep {
  const asked = published ? callableOf(step, finder) : withoutGateway(callableOf(step, finder), step, finder);
  const undoing = step.compensate && { undoing: linkUndoing(step.compensate, step, finder) };
  if (step.when !== undefined && asked !== undefined) {
    return { step, asked, callable: decidedBy(step.when, asked), ...undoing };
  }
  return published && asked === undefined
    ? { step, callable: asked, assumed: assumedOf(step, finder) }
    : { step, callable: asked, ...undoing };
}

/** Only the published dialect has steps that start workflows. */
function withoutGateway(callable: Callable | undefined, step: Step, { report }: Finder): Callable | undefined {
  if (callable?.kind !== "effect" || callable.handler !== gatewayHandler) return callable;
  const hint = "start it by a CHILD node of the workflow";
  report(problemAt(step.spot, "IMPLEMENTATION_UNKNOWN", `${callable.identity} is for published contracts`, { hint }));
  return undefined;
}

const linkUndoing = (step: Step, undoes: Step, finder: Finder): LinkedStep => ({
  step,
  callable: withoutGateway(callableOf(step, finder), step, finder),
  undoes,
});

type EntitiesOf = ReadonlyMap<Structure, LinkedBinding["entities"]>;

const entitiesOf = (structure: Structure, finder: Finder): LinkedBinding["entities"] =>
  new Map(
    [...structure.entities].flatMap(([store, reference]) => {
      const entity = find(reference, "entity", finder);
      return entity === undefined ? [] : [[store, entity] as const];
    }),
  );

function linkBinding(binding: RuntimeBinding, entitiesOfAll: EntitiesOf, finder: Finder): LinkedBinding {
  const structure = binding.structure && find(binding.structure, "structure", finder);
  const policies = new Map<string, Entry<Policy>>();
  for (const { key, spot, value } of binding.policies.entries.values()) {
    const sideEffect = find({ value: key, spot }, "side-effect", finder);
    const policy = sideEffect && policyOf(sideEffect, value);
    if (policy !== undefined) policies.set(key, { key, spot, value: policy });
  }
  const entities = (structure && entitiesOfAll.get(structure)) ?? new Map<string, Entity>();
  return { binding, structure, entities, policies };
}

/** Only the kind of a side effect says how its policy is read. */
function policyOf({ implementation, operations }: SideEffect, here: Here): Policy | undefined {
  const none = { configuration: {}, endpoints: new Map<string, Entry<Endpoint>>() };
  if (implementation.kind === "store" && here.published === true) {
    const read = shape({ path: optional(text), strict: optional(flag) })(here);
    return read && { ...none, path: read.path?.value };
  }
  if (implementation.kind === "store") return shape({})(here) && none;
  if (implementation.kind === "handler" && implementation.handler.value === "mail") {
    const read = mailPolicy(here);
    return read && { ...none, configuration: read.configuration, calls: read.server };
  }
  const declared = entriesOf(operations);
  if (!declared.some(({ value }) => value.kind === "endpoint")) return { ...none, configuration: plain(here.located) };
  const read = endpoints(here);
  return read && { ...none, endpoints: read.endpoints.entries };
}

interface Parts {
  readonly contracts: ReadonlyMap<Contract, LinkedContract>;
  readonly bindings: ReadonlyMap<RuntimeBinding, LinkedBinding>;
  readonly finder: Finder;
}

function linkWorkflow(workflow: Workflow, parts: Parts): LinkedWorkflow {
  const { runtimeBinding, nodes } = workflow;
  const found = runtimeBinding && find(runtimeBinding, "runtime-binding", parts.finder);
  const linked = new Map([...nodes.entries].map(([name, { value }]) => [name, linkNode(value, workflow, parts)]));
  const admission = workflow.published === true ? undefined : workflow.admission;
  return {
    workflow,
    nodes: linked,
    binding: found && parts.bindings.get(found),
    admission: admission && linkAdmission(admission, workflow.namespace, parts.finder),
  };
}

function linkNode(node: Node, workflow: Workflow, { contracts, finder }: Parts): LinkedNode {
  const contractAt = (code: At<string>): LinkedContract | undefined => {
    const contract = findNear({ ...code, from: workflow.namespace }, "contract", finder);
    return contract && contracts.get(contract);
  };
  switch (node.type) {
    case "IN": {
      const intent = findNear({ ...node.code, from: workflow.namespace }, "intent", finder);
      const serves = intent && servedBy(intent.workflow.value, intent.namespace);
      if (serves !== undefined && serves !== workflow.identity) {
        const message = `${node.code.value} serves ${serves}`;
        finder.report(problemAt(node.code.spot, "INTENT_OF_ANOTHER_WORKFLOW", message));
      }
      return { type: "IN", node, intent, actors: intent?.actors && actorsAt(intent.actors, finder) };
    }
    case "CC":
      return { type: "CC", node, contract: contractAt(node.code) };
    case "MAP":
      return { type: "MAP", node, contract: contractAt(node.code) };
    case "LOOP":
      return { type: "LOOP", node, contract: contractAt(node.code) };
    case "WAIT":
      return { type: "WAIT", node };
    case "TASK":
      return { type: "TASK", node, actors: actorsAt(node.actors, finder) };
    case "CHILD":
      return {
        type: "CHILD",
        node,
        workflow: findNear({ ...node.workflow, from: workflow.namespace }, "workflow", finder),
      };
    case "EXIT":
      return { type: "EXIT", node, event: node.emit && find(node.emit, "event", finder) };
  }
}

const actorsAt = (references: readonly At<string>[], finder: Finder): readonly Actor[] =>
  references.flatMap((reference) => find(reference, "actor", finder) ?? []);

const servedBy = (reference: string, namespace: string): string =>
  reference.includes("::") ? reference : identityOf(namespace, reference);
