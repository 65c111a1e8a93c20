import { isMark, tokensOf, type Token } from "./tokens.ts";

/** A module that another one asks for. */
export interface Import {
  /** As it is written. Absent: only who executes the file knows. */
  readonly specifier: string | undefined;
  /** Of the text that names it, with its quotes; of the word `import` where there is none. */
  readonly at: number;
  readonly end: number;
}

/** Every import that is not for types alone, in TypeScript or JavaScript. Throws {@link Unclear} where it cannot tell. */
export function importsIn(source: string): readonly Import[] {
  const tokens = tokensOf(source);
  return tokens.flatMap((token, index) => {
    if (token.kind !== "word" || isMark(tokens[index - 1], ".", "?.") || isMark(tokens[index + 1], ":")) return [];
    if (token.text === "import") return importAt(tokens, index);
    return token.text === "export" ? exportAt(tokens, index) : [];
  });
}

function importAt(tokens: readonly Token[], index: number): readonly Import[] {
  const here = tokens[index];
  const next = tokens[index + 1];
  if (here === undefined || isMark(next, "(", ".")) {
    const at = here?.at ?? 0;
    return [{ specifier: undefined, at, end: at + "import".length }];
  }
  if (next?.kind === "text") return named(next);
  if (isOnlyTypes(tokens, index)) return [];
  return named(textBehindFrom(tokens, index));
}

/** `export { a } from "x"`, and `export * from "x"`. */
function exportAt(tokens: readonly Token[], index: number): readonly Import[] {
  if (!isMark(tokens[index + 1], "{", "*")) return [];
  const closing = isMark(tokens[index + 1], "*") ? index + 1 : nextMark(tokens, index, "}");
  const follows = tokens.slice(closing + 1, closing + 4).findIndex((one) => one.kind === "word" && one.text === "from");
  if (follows < 0 || (isMark(tokens[index + 1], "{") && follows > 0)) return [];
  return named(tokens[closing + 2 + follows]);
}

/** `import type { A } from "x"`, but not `import type from "x"`. */
function isOnlyTypes(tokens: readonly Token[], index: number): boolean {
  const [word, next] = [tokens[index + 1], tokens[index + 2]];
  return word?.text === "type" && (isMark(next, "{", "*") || (next?.kind === "word" && next.text !== "from"));
}

function textBehindFrom(tokens: readonly Token[], index: number): Token | undefined {
  const from = tokens.findIndex((one, at) => at > index && one.text === "from" && tokens[at + 1]?.kind === "text");
  return tokens[from + 1];
}

const nextMark = (tokens: readonly Token[], index: number, mark: string): number =>
  tokens.findIndex((one, at) => at > index && isMark(one, mark));

const named = (token: Token | undefined): readonly Import[] =>
  token?.kind === "text"
    ? [{ specifier: token.text.slice(1, -1), at: token.at, end: token.at + token.text.length }]
    : [];
