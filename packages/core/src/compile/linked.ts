import type { Actor } from "../artifact/actor.ts";
import type { Contract, Step } from "../artifact/contract.ts";
import type { Egress } from "../artifact/egress.ts";
import type { Endpoint } from "../artifact/endpoint.ts";
import type { Entity } from "../artifact/entity.ts";
import type { EventArtifact } from "../artifact/event.ts";
import type { Ingress } from "../artifact/ingress.ts";
import type { Intent } from "../artifact/intent.ts";
import type { At, Entry } from "../artifact/reader.ts";
import type { RuntimeBinding } from "../artifact/runtime-binding.ts";
import type { Structure } from "../artifact/structure.ts";
import type {
  ChildNode,
  ContractNode,
  ExitNode,
  IntentNode,
  LoopNode,
  MapNode,
  SignalEnd,
  TaskNode,
  WaitNode,
} from "../artifact/node.ts";
import type { Workflow } from "../artifact/workflow.ts";
import type { StoreKind } from "../entity/kinds.ts";
import type { Fields } from "../graph/field.ts";
import type { Molecule } from "../graph/molecule.ts";
import type { Json } from "../value/json.ts";
import type { LinkedAdmission } from "./link-admission.ts";

/**
 * Artifacts whose references have been followed.
 *
 * Where a reference could not be followed that is already a problem; the checks leave out what hangs on it.
 */
export interface Linked {
  readonly contracts: readonly LinkedContract[];
  readonly workflows: readonly LinkedWorkflow[];
  readonly structures: readonly Structure[];
  readonly doors: readonly LinkedDoor[];
  readonly egresses: readonly LinkedEgress[];
}

/** Where one comes in, and what is said to them. */
export interface LinkedDoor {
  readonly ingress: Ingress;
  readonly workflow: LinkedWorkflow | undefined;
  /** Absent also where the ingress names none. */
  readonly egress: LinkedEgress | undefined;
}

export interface LinkedEgress {
  readonly egress: Egress;
  readonly workflow: LinkedWorkflow | undefined;
}

export interface LinkedContract {
  readonly contract: Contract;
  readonly steps: readonly LinkedStep[];
}

export interface LinkedStep {
  readonly step: Step;
  /** What undoes it. */
  readonly undoing?: LinkedStep;
  /** What it undoes. */
  readonly undoes?: Step;
  readonly callable: Callable | undefined;
  /** What it calls before a field of the answer decides; present where one does. */
  readonly asked?: Callable;
  /** What a published step is taken to call, although nothing declares it. */
  readonly assumed?: Callable | undefined;
}

/** What a step calls, whichever kind it is. */
export type Callable = TransformCallable | EntropyCallable | StoreCallable | EffectCallable | EndpointCallable;

/** Outcome → what comes with it. */
export type Outcomes = ReadonlyMap<string, Fields>;

interface TransformCallable {
  readonly kind: "transform";
  readonly identity: string;
  readonly implementation: string;
  readonly molecule?: Molecule;
  readonly inputs: Fields;
  readonly outcomes: Outcomes;
}

/** Chance. It is asked for like a transform, and answered like an effect. */
interface EntropyCallable {
  readonly kind: "entropy";
  readonly identity: string;
  readonly inputs: Fields;
  readonly outcomes: Outcomes;
}

interface StoreCallable {
  readonly kind: "store";
  readonly identity: string;
  readonly store: StoreKind;
  readonly operation: string;
  readonly inputs: Fields;
  readonly outcomes: Outcomes;
}

export interface EffectCallable {
  readonly kind: "effect";
  readonly identity: string;
  readonly handler: string;
  readonly operation: string;
  readonly inputs: Fields;
  readonly outcomes: Outcomes;
  readonly idempotent: boolean;
}

/** Its outcomes and inputs are known only where a workflow and its runtime binding meet the contract. */
export interface EndpointCallable {
  readonly kind: "endpoint";
  readonly identity: string;
  readonly handler: string;
  readonly operation: string;
  readonly outputs: Fields;
}

export interface LinkedWorkflow {
  readonly workflow: Workflow;
  readonly nodes: ReadonlyMap<string, LinkedNode>;
  readonly binding: LinkedBinding | undefined;
  /** Absent also in the published dialect, whose gates name events that nobody declares. */
  readonly admission?: LinkedAdmission | undefined;
}

export type LinkedNode =
  | LinkedIntentNode
  | WithContract
  | { readonly type: "WAIT"; readonly node: WaitNode }
  | { readonly type: "TASK"; readonly node: TaskNode; readonly actors: readonly Actor[] }
  | { readonly type: "CHILD"; readonly node: ChildNode; readonly workflow: Workflow | undefined }
  | { readonly type: "EXIT"; readonly node: ExitNode; readonly event: EventArtifact | undefined };

/** Nodes that execute a contract: once, for each item, or again and again. */
export type WithContract =
  | { readonly type: "CC"; readonly node: ContractNode; readonly contract: LinkedContract | undefined }
  | { readonly type: "MAP"; readonly node: MapNode; readonly contract: LinkedContract | undefined }
  | { readonly type: "LOOP"; readonly node: LoopNode; readonly contract: LinkedContract | undefined };

export type LinkedCall = Exclude<LinkedNode, { readonly type: "EXIT" }>;

export const contractOf = (linked: LinkedNode): LinkedContract | undefined =>
  "contract" in linked ? linked.contract : undefined;

/** Everything that may be said to a workflow, as often as something waits for it. */
export const signalsIn = ({ nodes }: LinkedWorkflow): readonly SignalEnd[] =>
  [...nodes.values()].flatMap(({ node }) => (node.type === "WAIT" && node.end.kind === "signal" ? [node.end] : []));

/** Everything that the contracts of a workflow call, each contract as often as it is used. */
export const stepsIn = ({ nodes }: LinkedWorkflow): readonly LinkedStep[] =>
  [...nodes.values()].flatMap((node) => withUndoing(contractOf(node)?.steps ?? []));

/** Steps, each with what undoes it. */
export const withUndoing = (steps: readonly LinkedStep[]): readonly LinkedStep[] =>
  steps.flatMap((step) => (step.undoing === undefined ? [step] : [step, step.undoing]));

export interface LinkedIntentNode {
  readonly type: "IN";
  readonly node: IntentNode;
  readonly intent: Intent | undefined;
  /** Who may send it. Absent: anyone. */
  readonly actors: readonly Actor[] | undefined;
}

export interface LinkedBinding {
  readonly binding: RuntimeBinding;
  readonly structure: Structure | undefined;
  /** What the records of a store are, by its name. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** By the identity of the side effect. */
  readonly policies: ReadonlyMap<string, Entry<Policy>>;
}

/** What a runtime binding says to one side effect. */
export interface Policy {
  /** For a handler of its own kind, as it was written. */
  readonly configuration: Json;
  readonly endpoints: ReadonlyMap<string, Entry<Endpoint>>;
  /** What a handler of its own kind calls, as it is granted. */
  readonly calls?: At<string> | undefined;
  /** Where a published store without a storage structure keeps its file. */
  readonly path?: string | undefined;
}
