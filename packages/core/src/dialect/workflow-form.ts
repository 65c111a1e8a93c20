import { problemAt } from "../artifact/spot.ts";
import type { Located } from "../value/located.ts";
import { pointerOf } from "../value/located-value.ts";
import type { Forms } from "./forms.ts";
import { all, drop, each, put, reshape, scalar, textAt, valueAt, type Change } from "./reshape.ts";

/** A published workflow: nodes know their identity, events are named without their namespace. */
export function workflowForm(document: Located, forms: Forms): Located {
  const identity = `${forms.namespace}::${textAt(document, "wf_code") ?? ""}`;
  const node = (value: Located, name: string): Located => nodeForm(value, name, identity, forms);
  return reshape({
    ...all(["extensions", "structure", "subdomain"], drop),
    core: reshape({ admission: gateForm, nodes: each(node) }),
  })(document);
}

/** What is written and empty is what is not there. */
const unlessNull: Change = (value) => (value.kind === "scalar" && value.value === null ? undefined : value);

const gateForm: Change = (gate) => unlessNull(reshape(all(["requires", "forbids", "bindings"], unlessNull))(gate));

function nodeForm(node: Located, name: string, workflow: string, forms: Forms): Located {
  const identity = valueAt(node, "fqdn_id");
  const emit = textAt(node, "emit");
  const known = reshape({
    ...all(["fqdn_id", "payload_schema"], drop),
    code: (code) => (identity === undefined ? code : { ...identity, at: code.at }),
    emit: (event) => (emit === undefined || emit.includes("::") ? event : scalar(`${forms.namespace}::${emit}`, event)),
  })(node);
  const type = textAt(node, "type");
  const path = pointerOf(["core", "nodes", name]);
  if (type === "EXIT" && valueAt(node, "reason") === undefined && valueAt(node, "class") === undefined) {
    forms.report(problemAt({ at: node.at, path }, "KEY_ABSENT", "the key reason is absent", { hint: "add reason" }));
  }
  if (type !== "IN" || valueAt(node, "code") !== undefined) return known;
  forms.report(problemAt({ at: node.at, path }, "ARTIFACT_SCHEMA", "the key code is absent", { hint: "add code" }));
  return put(known, "code", scalar(forms.intentOf.get(workflow) ?? name, node));
}
