import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "./documents.ts";

/** Put here by the bundler, so that a command opens no file for what never changes. */
declare const OMNIBASE_LIBRARY: Readonly<Record<string, string>> | undefined;

const folder = "contracts";

/** The artifacts of built-in transforms and side effects. They are in the namespace `std`. */
export function librarySources(): readonly SourceFile[] {
  const texts = typeof OMNIBASE_LIBRARY === "undefined" ? readLibrary() : OMNIBASE_LIBRARY;
  return Object.entries(texts).map(([name, text]) => ({ file: `std:${name}`, bytes: Buffer.from(text) }));
}

/** From sources, where nothing was bundled. */
function readLibrary(): Readonly<Record<string, string>> {
  const root = fileURLToPath(new URL(`../../../../${folder}/`, import.meta.url));
  const names = readdirSync(root).filter((name) => name.endsWith(".yaml"));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(`${root}${name}`, "utf8")]));
}
