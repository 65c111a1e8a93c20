import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sha256 } from "@omnibase/infra/crypto";

/** An artifact of the library, as it was written. */
export interface LibraryText {
  readonly name: string;
  readonly text: string;
}

/** Put here by the bundler, so that a command opens no file for what never changes. */
declare const OMNIBASE_LIBRARY_DIGEST: string | undefined;

/** What the same library has in common with no other. */
export const libraryDigest = (): string =>
  typeof OMNIBASE_LIBRARY_DIGEST === "undefined" ? sha256(JSON.stringify(libraryTexts())) : OMNIBASE_LIBRARY_DIGEST;

/** From sources, where nothing was bundled. */
export function libraryTexts(): readonly LibraryText[] {
  const folder = fileURLToPath(new URL("../../../../contracts/", import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.toSorted().map((name) => ({ name, text: readFileSync(`${folder}${name}`, "utf8") }));
}
