import type { Admission } from "../artifact/admission.ts";
import type { Artifact } from "../artifact/artifact.ts";
import { identityOf } from "../artifact/fqdn.ts";
import { entriesOf } from "../artifact/reader.ts";
import type { Declared } from "../artifact/read-artifact.ts";
import type { Expression, Expressions } from "../artifact/expression.ts";
import type { Node } from "../artifact/node.ts";

/** The artifacts that a workflow needs, by identity: what it names, what that names, and the cases of all that. */
export function closureOf(workflow: string, declared: readonly Declared[]): ReadonlySet<string> {
  const artifacts = new Map(declared.map(({ artifact, named }) => [named.identity, artifact]));
  const seen = new Set([workflow]);
  for (const identity of seen) {
    const artifact = artifacts.get(identity);
    for (const name of artifact === undefined ? [] : namedBy(artifact)) if (artifacts.has(name)) seen.add(name);
  }
  for (const { artifact, named } of declared) {
    if (artifact?.kind !== "test-data") continue;
    const { value } = artifact.transform;
    if (seen.has(value.includes("::") ? value : identityOf(artifact.namespace, value))) seen.add(named.identity);
  }
  return seen;
}

function namedBy(artifact: Artifact): readonly string[] {
  const near = (name: string): string => (name.includes("::") ? name : identityOf(artifact.namespace, name));
  switch (artifact.kind) {
    case "workflow":
      return [
        artifact.runtimeBinding?.value ?? "",
        ...entriesOf(artifact.nodes).flatMap(({ value }) => namedByNode(value)),
        ...entriesOf(artifact.nodes).flatMap(({ value }) => startedBy("inputs" in value ? value.inputs : undefined)),
        ...(artifact.published === true ? [] : eventsIn(artifact.admission)),
      ].map(near);
    case "contract":
      return artifact.steps.flatMap(({ compensate, inputs, sideEffect, transform }) => [
        transform?.value ?? sideEffect?.value ?? "",
        compensate?.sideEffect?.value ?? "",
        ...startedBy(inputs).map(near),
      ]);
    case "runtime-binding":
      return [artifact.structure?.value ?? "", ...artifact.policies.entries.keys()];
    case "intent":
      return (artifact.actors ?? []).map(({ value }) => value);
    case "ingress":
      return [artifact.workflow.value, artifact.egress?.value ?? ""].map(near);
    case "egress":
      return [near(artifact.workflow.value)];
    case "structure":
      return [...artifact.entities.values()].map(({ value }) => value);
    case "transform":
      return (artifact.molecule?.steps ?? []).map(({ transform }) => near(transform.value));
    case "actor":
    case "side-effect":
    case "entity":
    case "event":
    case "test-data":
      return [];
  }
}

const eventsIn = (admission: Admission | undefined): readonly string[] =>
  [...(admission?.requires ?? []), ...(admission?.forbids ?? [])].flatMap(({ after, event }) => [
    event.value,
    after?.event.value ?? "",
  ]);

/** What a published contract is told to start: texts under the keys that its gateways read, however deep they stand. */
const startedBy = (inputs: Expressions | undefined): readonly string[] =>
  [...(inputs?.entries.values() ?? [])].flatMap(({ key, value }) => startedIn(key, value));

function startedIn(key: string, expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "literal":
      return startingKeys.has(key) && typeof expression.value === "string" ? [expression.value] : [];
    case "list":
      return expression.items.flatMap((item) => startedIn("", item));
    case "object":
      return expression.fields.flatMap((field) => startedIn(key === "mapping" ? "code" : field.key, field.value));
    case "path":
    case "timestamp":
      return [];
  }
}

const startingKeys: ReadonlySet<string> = new Set(["workflow_code", "code"]);

function namedByNode(node: Node): readonly string[] {
  switch (node.type) {
    case "IN":
    case "CC":
    case "MAP":
    case "LOOP":
      return [node.code.value];
    case "CHILD":
      return [node.workflow.value];
    case "EXIT":
      return [node.emit?.value ?? ""];
    case "TASK":
      return node.actors.map(({ value }) => value);
    case "WAIT":
      return [];
  }
}
