import type { ExitClass } from "../graph/graph.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { expression, type Expressions } from "./expression.ts";
import {
  emptyTable,
  mapped,
  name,
  oneOf,
  optional,
  refuse,
  required,
  saying,
  shape,
  table,
  text,
  variants,
} from "./reader.ts";
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

const exit: Reader<ExitNode> = saying(
  (parts) => described(exitNode, parts),
  (here) => {
    if (here.published === true) {
      const read = publishedExit(here);
      return read && { ...read, type: "EXIT", outputs: read.outputs ?? emptyTable(read.spot) };
    }
    const read = exitNode(here);
    if (read === undefined) return undefined;
    if (read.class === undefined) return refuse(here, "EXIT_CLASS_REQUIRED", "this exit does not say what it means");
    return { ...read, type: "EXIT", class: read.class, outputs: read.outputs ?? emptyTable(read.spot) };
  },
);

/** A node says by its type which other keys it has. */
const node: Reader<Node> = variants(
  "type",
  {
    IN: mapped(intentNode, (read): IntentNode => ({ ...read, type: "IN" })),
    CC: mapped(contractNode, (read): ContractNode => ({
      ...read,
      type: "CC",
      inputs: read.inputs ?? emptyTable(read.spot),
    })),
    EXIT: exit,
  },
  "a node says its type",
);

const document = shape({
  wf_code: required(code),
  ...envelope,
  runtime_binding: optional(text),
  core: required(shape({ start_node: required(name), nodes: required(table(node)) })),
});

export const workflowSchema: Describe = (parts) => described(document, parts);

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
