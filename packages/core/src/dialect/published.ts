import type { SourceDocument } from "../artifact/read-artifact.ts";
import { conformanceForm, isConformance } from "./conformance-form.ts";
import { contractForm } from "./contract-form.ts";
import { sideEffectForm, transformForm } from "./capability-form.ts";
import type { Forms } from "./forms.ts";
import { bindingForm, eventForm, intentForm, structureForm } from "./world-form.ts";
import { actorForm, entityForm, ingressForm, underOwnCode } from "./people-form.ts";
import { entryAt, put, textAt, valueAt } from "./reshape.ts";
import type { Located } from "../value/located.ts";
import { workflowForm } from "./workflow-form.ts";

type Form = (document: Located, forms: Forms) => Located;

const forms: { readonly [codeKey: string]: Form } = {
  wf_code: workflowForm,
  in_code: intentForm,
  cc_code: contractForm,
  ct_code: transformForm,
  cs_code: sideEffectForm,
  rb_code: bindingForm,
  structure_code: structureForm,
  ev_code: eventForm,
  ac_code: actorForm,
  entity_code: entityForm,
  ti_code: ingressForm,
};

/** Published artifacts in the form that ours have, value for value where they stood; others as they are. */
export function inOurForm(document: SourceDocument, known: Omit<Forms, "namespace">): SourceDocument {
  const namespace = namespaceOf(document);
  if (document.dialect === undefined || document.located.kind !== "map") return document;
  const located = underOwnCode(document.located);
  const form = forms[Object.keys(forms).find((key) => entryAt(located, key) !== undefined) ?? ""];
  return form === undefined ? document : { ...document, located: form(located, { ...known, namespace }) };
}

const namespaceOf = ({ located, namespace = "" }: SourceDocument): string => textAt(located, "namespace") ?? namespace;

/** Which intent serves which workflow. */
export function intentsIn(documents: readonly SourceDocument[]): ReadonlyMap<string, string> {
  const serving = documents.flatMap((document) => {
    const { located } = document;
    const namespace = namespaceOf(document);
    const [code, workflow] = [textAt(located, "in_code"), textAt(located, "core", "workflow")];
    if (code === undefined || workflow === undefined) return [];
    return [[workflow.includes("::") ? workflow : `${namespace}::${workflow}`, `${namespace}::${code}`] as const];
  });
  return new Map(serving);
}

/** A compiled artifact of the published compiler: what counts is its `frontmatter`, in its own `namespace`; or one of its cases. */
export function compiledArtifact(located: Located, file: string): SourceDocument {
  if (isConformance(located)) {
    const [namespace = ""] = (textAt(located, "fqdn") ?? "").split("::");
    return { located: conformanceForm(located), file, namespace, dialect: "published" };
  }
  const frontmatter = valueAt(located, "frontmatter") ?? located;
  const namespace = textAt(located, "namespace");
  const code = entryAt(located, "artifact_code");
  const isNamed = frontmatter.kind === "map" && frontmatter.entries.some(({ key }) => key.endsWith("_code"));
  const named = isNamed || code === undefined ? frontmatter : put(frontmatter, code.key, code.value);
  return { located: named, file, namespace, dialect: "published" };
}
