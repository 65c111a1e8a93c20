import { decodeUtf8, type Problem, type SourceDocument } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { ImplementationFile } from "./implementations.ts";
import type { Modules } from "./modules.ts";
import type { ConfiguredWorkspace } from "./open.ts";

/** What definitions say. */
export interface Defined {
  readonly documents: readonly SourceDocument[];
  readonly code: readonly ImplementationFile[];
  readonly problems: readonly Problem[];
  /** For frames. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Evaluates definitions. That is code of their author: it is read for what it could depend on before. */
export async function definedIn({ entries, files }: Modules, workspace: ConfiguredWorkspace): Promise<Defined> {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { bytes, file } of files.filter((one) => one.file.endsWith(".ts"))) {
    const text = decodeUtf8(bytes, { file, family: "ARTIFACT" });
    if (text.ok) texts.set(file, text.value);
    else problems.push(...text.error);
  }
  if (entries.length === 0 || problems.length > 0) return { documents: [], code: [], problems, texts };
  const { loadModules } = await import("@omnibase/infra/typescript");
  const sdk = await import("@omnibase/sdk");
  const given = new Map([["@omnibase/sdk", sdk]]);
  const loaded = await loadModules(entries, { sources: texts, given, root: workspace.root });
  if (!loaded.ok) return { documents: [], code: [], problems: loaded.error, texts };
  const { documentsOf, isDefinition } = await import("@omnibase/sdk/documents");
  const exported = [...loaded.value.exports].map(
    ([file, names]) => [file, Object.values(names).filter(isDefinition)] as const,
  );
  const missing = exported.flatMap(([file, definitions]) => (definitions.length === 0 ? [nothingDefined(file)] : []));
  const written = documentsOf(
    exported.flatMap(([, definitions]) => definitions),
    { namespace: workspace.config.namespace, placeOf: loaded.value.placeOf, sourceOf: (file) => texts.get(file) },
  );
  const code = written.code.map(({ at, fromLine, name, source }) => {
    return { name, file: at.file, digest: `sha256:${sha256(source)}`, source, written: { at, fromLine } };
  });
  return { documents: written.documents, code, problems: [...missing, ...written.problems], texts };
}

const nothingDefined = (file: string): Problem => ({
  code: "DEFINITION_MISSING",
  severity: "error",
  message: "it exports no definition",
  at: { file, line: 1, column: 1 },
  hint: "export what a builder returns, or move the file out of contracts/",
});
