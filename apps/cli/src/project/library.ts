import { locatedFrom, type Located } from "@omnibase/core";
import { libraryTexts, type LibraryText } from "./library-texts.ts";

/** An artifact of a built-in transform or side effect. It is in the namespace `std`. */
export interface LibraryDocument {
  /** As problems name it. */
  readonly file: string;
  /** For frames. */
  readonly text: string;
  readonly located: Located;
}

export const libraryNamespace = "std";

/** Put here by the bundler, so that a command neither opens nor parses a file for what never changes. JSON. */
declare const OMNIBASE_LIBRARY: string | undefined;

export async function libraryDocuments(): Promise<readonly LibraryDocument[]> {
  if (typeof OMNIBASE_LIBRARY === "undefined") return readLibrary();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the bundler wrote it in this shape
  const bundled = JSON.parse(OMNIBASE_LIBRARY) as readonly (LibraryText & { readonly located: string })[];
  return bundled.map(({ located, name, text }) => {
    const file = fileOf(name);
    return { file, text, located: locatedFrom(located, file) };
  });
}

const fileOf = (name: string): string => `${libraryNamespace}:${name}`;

/** From sources, where nothing was bundled. */
async function readLibrary(): Promise<readonly LibraryDocument[]> {
  const { readYaml } = await import("@omnibase/infra/yaml");
  return libraryTexts().map(({ name, text }) => {
    const file = fileOf(name);
    const located = readYaml(text, { file });
    if (!located.ok) throw new Error(`impossible: ${name} of the library cannot be read`);
    return { file, text, located: located.value };
  });
}
