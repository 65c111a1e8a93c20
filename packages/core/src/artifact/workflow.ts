import type { ExitClass } from "../graph/graph.ts";
import { envelope, type Named } from "./envelope.ts";
import { expression, type Expressions } from "./expression.ts";
import { anything, emptyTable, inside, name, oneOf, optional, refuse, required, shape, table, text } from "./reader.ts";
import type { At, Here, Reader, Table } from "./reader.ts";
import type { Spot } from "./spot.ts";

export interface Workflow extends Named {
  readonly kind: "workflow";
  readonly runtimeBinding: At<string> | undefined;
  readonly start: At<string>;
  readonly nodes: Table<Node>;
}

export type Node = IntentNode | ContractNode | ExitNode;

/** Outcome → name of a node. */
export type Next = Table<At<string>>;

export interface IntentNode {
  readonly type: "IN";
  readonly spot: Spot;
  readonly code: At<string>;
  readonly next: Next;
}

export interface ContractNode {
  readonly type: "CC";
  readonly spot: Spot;
  readonly code: At<string>;
  readonly inputs: Expressions;
  readonly next: Next;
}

export interface ExitNode {
  readonly type: "EXIT";
  readonly spot: Spot;
  /** These three may be absent in published artifacts, where the status that leads to the exit says the rest. */
  readonly reason: At<string> | undefined;
  readonly class: At<ExitClass> | undefined;
  readonly outcome: At<string> | undefined;
  readonly outputs: Expressions;
  readonly emit: At<string> | undefined;
}

type Reason = "COMPLETED" | "EXITED" | "FAILED";

const reasons: readonly Reason[] = ["COMPLETED", "EXITED", "FAILED"];
const classes: readonly ExitClass[] = ["completed", "rejected", "failed"];
const types = ["IN", "CC", "EXIT"] as const;

const intentNode = shape({
  type: required(text),
  code: required(text),
  next: required(table(name)),
});
const contractNode = shape({
  type: required(text),
  code: required(text),
  inputs: optional(table(expression)),
  next: required(table(name)),
});
const exitNode = shape({
  type: required(text),
  reason: required(oneOf(reasons)),
  class: optional(oneOf(classes)),
  outcome: required(name),
  outputs: optional(table(expression)),
  emit: optional(text),
});

const publishedExit = shape({
  type: required(text),
  reason: optional(text),
  class: optional(oneOf(classes)),
  outcome: optional(name),
  outputs: optional(table(expression)),
  emit: optional(text),
});

const node: Reader<Node> = (here) => {
  const { located } = here;
  const type = located.kind === "map" ? located.entries.find(({ key }) => key === "type") : undefined;
  if (type === undefined)
    return refuse(here, "ARTIFACT_SCHEMA", "a node says its type", `add type: ${types.join(", ")}`);
  switch (oneOf(types)(inside(here, "type", type.value))?.value) {
    case "IN":
      return typed("IN", intentNode(here));
    case "CC": {
      const read = contractNode(here);
      return typed("CC", read && { ...read, inputs: read.inputs ?? emptyTable(read.spot) });
    }
    case "EXIT":
      return exitOf(here);
    case undefined:
      return undefined;
  }
};

const typed = <T extends Node["type"], R extends object>(
  type: T,
  read: R | undefined,
): (Omit<R, "type"> & { readonly type: T }) | undefined => (read === undefined ? undefined : { ...read, type });

function exitOf(here: Here): ExitNode | undefined {
  if (here.published === true) {
    const read = publishedExit(here);
    return read && { ...read, type: "EXIT", outputs: read.outputs ?? emptyTable(read.spot) };
  }
  const read = exitNode(here);
  if (read === undefined) return undefined;
  if (read.class === undefined) return refuse(here, "EXIT_CLASS_REQUIRED", "this exit does not say what it means");
  return { ...read, type: "EXIT", class: read.class, outputs: read.outputs ?? emptyTable(read.spot) };
}

const document = shape({
  wf_code: required(anything),
  ...envelope,
  runtime_binding: optional(text),
  core: required(shape({ start_node: required(name), nodes: required(table(node)) })),
});

export function readWorkflow(here: Here, named: Named): Workflow | undefined {
  const read = document(here);
  return (
    read && {
      kind: "workflow",
      ...named,
      runtimeBinding: read.runtime_binding,
      start: read.core.start_node,
      nodes: read.core.nodes,
    }
  );
}
