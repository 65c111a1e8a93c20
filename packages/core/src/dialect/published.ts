import type { SourceDocument } from "../artifact/read-artifact.ts";
import { contractForm } from "./contract-form.ts";
import { sideEffectForm, transformForm } from "./capability-form.ts";
import type { Forms } from "./forms.ts";
import { bindingForm, eventForm, intentForm, structureForm } from "./world-form.ts";
import { textAt, valueAt } from "./reshape.ts";
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
};

/** Published artifacts in the form that ours have, value for value where they stood; others as they are. */
export function inOurForm(document: SourceDocument, known: Omit<Forms, "namespace">): SourceDocument {
  const { located } = document;
  const namespace = namespaceOf(document);
  if (document.dialect === undefined || located.kind !== "map") return document;
  const form = located.entries.map(({ key }) => (Object.hasOwn(forms, key) ? forms[key] : undefined)).find(Boolean);
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

/** A compiled artifact of the published compiler: what counts is its `frontmatter`, in its own `namespace`. */
export function compiledArtifact(located: Located, file: string): SourceDocument {
  const frontmatter = valueAt(located, "frontmatter");
  const namespace = textAt(located, "namespace");
  return { located: frontmatter ?? located, file, namespace, dialect: "published" };
}
