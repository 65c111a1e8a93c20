import { isObject, plain, type SourceDocument } from "@omnibase/core";
import { readSources } from "./documents.ts";
import type { Place } from "./open.ts";
import { parsedDocuments } from "./parsed.ts";

/** What documents declare of a kind, by its whole name. Whether it compiles is another question. */
function codeIn(
  { located, namespace = "" }: Pick<SourceDocument, "located" | "namespace">,
  key: string,
): readonly string[] {
  const document = plain(located);
  const code = isObject(document) ? document[key] : undefined;
  const own = isObject(document) ? document["namespace"] : undefined;
  return typeof code === "string" ? [`${typeof own === "string" ? own : namespace}::${code}`] : [];
}

/** Published ones have no code key of their own. */
export const doorIn = (document: SourceDocument): readonly string[] => [
  ...codeIn(document, "ti_code"),
  ...codeIn(document, "artifact_code").filter((identity) => identity.includes("::TI_")),
];

export const workflowIn = (document: SourceDocument): readonly string[] => [
  ...codeIn(document, "wf_code"),
  ...codeIn(document, "workflow"),
];

/** What can be asked for by name. */
export interface Declared {
  readonly workflow: readonly string[];
  readonly ingress: readonly string[];
  readonly transform: readonly string[];
  readonly actor: readonly string[];
  readonly event: readonly string[];
}

/**
 * The names that a project declares, read off its files without compiling them. What cannot be read declares nothing, and
 * what is defined in TypeScript is known from the last time that it was compiled.
 */
export async function declaredIn(place: Place): Promise<Declared> {
  const parsed = parsedDocuments(place);
  const documents: SourceDocument[] = [];
  for (const workspace of place.workspaces) {
    for (const source of readSources(workspace).files) {
      const { located } = await parsed.read(source);
      const { namespace } = source.published?.form === "markdown" ? source.published : workspace.config;
      if (located.ok) documents.push({ located: located.value, file: source.file, namespace });
    }
  }
  const named = (key: string): readonly string[] => documents.flatMap((document) => codeIn(document, key)).toSorted();
  return {
    workflow: [...new Set([...documents.flatMap(workflowIn), ...(place.cached?.workflows ?? [])])].toSorted(),
    ingress: documents.flatMap(doorIn).toSorted(),
    transform: named("ct_code"),
    actor: named("ac_code"),
    event: named("ev_code"),
  };
}
