import type { Problem } from "@omnibase/core";

export interface Sourced {
  readonly file: string;
  readonly source: string;
}

/** A problem with a word of a source. Where it stands is looked up there, because taking out types moves what is left. */
export function problemAtWord(
  { file, source }: Sourced,
  word: string,
  said: Pick<Problem, "code" | "message"> & { readonly hint: string },
): Problem {
  const lines = source.split("\n");
  const [name = ""] = word.split(".").slice(-1);
  const isThere = new RegExp(`(?<![\\w$])${name.replaceAll("$", String.raw`\$`)}(?![\\w$])`);
  const line = name === "" ? -1 : lines.findIndex((text) => isThere.test(text));
  const column = line < 0 ? 0 : (lines[line] ?? "").search(isThere);
  return { ...said, severity: "error", at: { file, line: Math.max(line, 0) + 1, column: column + 1 } };
}
