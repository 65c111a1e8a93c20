import { compiledArtifact, type Located, type Problem, type SourceDocument } from "@omnibase/core";
import { definedIn } from "./definitions.ts";
import type { SourceFile } from "./documents.ts";
import type { ImplementationFile } from "./implementations.ts";
import { libraryDocuments, libraryNamespace } from "./library.ts";
import { unreadIn, type Lying } from "./lying.ts";
import type { Place } from "./open.ts";
import { parsedDocuments } from "./parsed.ts";

/** What is declared: by the project, and by the library beside it. */
export interface Declarations {
  readonly documents: readonly SourceDocument[];
  /** Code that stands in definitions. */
  readonly code: readonly ImplementationFile[];
  /** The texts that they stand in, by file. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is wrong with files that could not even be read. */
  readonly problems: readonly Problem[];
}

/** Takes apart every file that lies there. */
export async function declarationsIn(
  lying: Lying,
  { key, stateFolder, workspaces }: Pick<Place, "key" | "stateFolder" | "workspaces">,
): Promise<Declarations> {
  const { brought, read } = lying;
  const texts = new Map<string, string>();
  const code: ImplementationFile[] = [];
  const problems: Problem[] = [...unreadIn(lying)];
  for (const { file, source } of brought.files) texts.set(file, source);
  const documents = (await libraryDocuments()).map(({ file, located, text }): SourceDocument => {
    texts.set(file, text);
    return { located, file, namespace: libraryNamespace };
  });
  const parsed = parsedDocuments({ stateFolder, workspaces, key });
  const take = async (source: SourceFile, namespace: string | undefined): Promise<void> => {
    const { located, text } = await parsed.read(source);
    texts.set(source.file, text);
    if (!located.ok) problems.push(...located.error);
    else documents.push(documentFrom(source, located.value, namespace));
  };
  for (const { sources, workspace } of read) {
    for (const source of sources.files) await take(source, workspace.config.namespace);
  }
  parsed.keep();
  for (const { modules, workspace } of read) {
    const defined = await definedIn(modules, workspace);
    documents.push(...defined.documents);
    code.push(...defined.code);
    problems.push(...defined.problems);
    for (const [file, text] of defined.texts) texts.set(file, text);
  }
  return { documents, code, texts, problems };
}

function documentFrom(
  { file, published }: SourceFile,
  located: Located,
  namespace: string | undefined,
): SourceDocument {
  if (published?.form === "compiled") return compiledArtifact(located, file);
  if (published === undefined) return { located, file, namespace };
  return { located, file, namespace: published.namespace, dialect: "published" };
}
