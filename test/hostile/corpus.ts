import { existsSync, readFileSync } from "node:fs";

interface CorpusRow {
  readonly id: string;
  readonly category: string;
  readonly codes: readonly string[];
}

const file = new URL("../../../shared/conformance/hostile/corpus.json", import.meta.url);

/** The rows that this issue speaks of, or nothing where the corpus is not beside this checkout. */
export const corpus: readonly CorpusRow[] = existsSync(file)
  ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a fixture of known shape
    (JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly CorpusRow[] }).cases.filter(({ category }) =>
      ["A", "B", "C", "D", "E", "F", "K", "Q"].includes(category),
    )
  : [];

/** Whether a row states this code. A row that states none leaves it open. */
export function states({ codes }: CorpusRow, code: string): boolean {
  if (codes.length === 0) return true;
  return codes.some((stated) => (stated.endsWith("*") ? code.startsWith(stated.slice(0, -1)) : stated === code));
}
