import { admission, type Admission } from "./admission.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import type { Node } from "./node.ts";
import { node } from "./read-node.ts";
import { name, optional, required, shape, table, text } from "./reader.ts";
import type { At, Here, Table } from "./reader.ts";

export interface Workflow extends Named {
  readonly kind: "workflow";
  readonly runtimeBinding: At<string> | undefined;
  readonly start: At<string>;
  readonly nodes: Table<Node>;
  /** Absent: it may always begin. */
  readonly admission: Admission | undefined;
}

const document = shape({
  wf_code: required(code),
  ...envelope,
  runtime_binding: optional(text),
  core: required(shape({ admission: optional(admission), start_node: required(name), nodes: required(table(node)) })),
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
      admission: read.core.admission,
    }
  );
}
