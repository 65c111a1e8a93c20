import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { locatedFrom, type Located } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";

/** An artifact of a built-in transform or side effect. It is in the namespace `std`. */
export interface LibraryDocument {
  /** As problems name it. */
  readonly file: string;
  /** For frames. */
  readonly text: string;
  readonly located: Located;
}

export const libraryNamespace = "std";

/** Put here by the bundler, so that a command neither opens nor parses a file for what never changes. */
declare const OMNIBASE_LIBRARY: Bundled | undefined;

interface Bundled {
  readonly digest: string;
  readonly documents: readonly (Named & { readonly located: string })[];
}

interface Named {
  readonly name: string;
  readonly text: string;
}

/** What the same library has in common with no other. */
export const libraryDigest = (): string =>
  typeof OMNIBASE_LIBRARY === "undefined" ? sha256(JSON.stringify(texts())) : OMNIBASE_LIBRARY.digest;

export async function libraryDocuments(): Promise<readonly LibraryDocument[]> {
  if (typeof OMNIBASE_LIBRARY === "undefined") return readLibrary();
  return OMNIBASE_LIBRARY.documents.map(({ located, name, text }) => {
    const file = fileOf(name);
    return { file, text, located: locatedFrom(located, file) };
  });
}

const fileOf = (name: string): string => `${libraryNamespace}:${name}`;

/** From sources, where nothing was bundled. */
async function readLibrary(): Promise<readonly LibraryDocument[]> {
  const { readYaml } = await import("@omnibase/infra/yaml");
  return texts().map(({ name, text }) => {
    const file = fileOf(name);
    const located = readYaml(text, { file });
    if (!located.ok) throw new Error(`impossible: ${name} of the library cannot be read`);
    return { file, text, located: located.value };
  });
}

function texts(): readonly Named[] {
  const folder = fileURLToPath(new URL("../../../../contracts/", import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.toSorted().map((name) => ({ name, text: readFileSync(`${folder}${name}`, "utf8") }));
}
