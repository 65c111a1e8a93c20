import { isMark, tokensOf, Unclear, type Token } from "./tokens.ts";

/** Offsets of a part of a source. */
export interface Extent {
  readonly at: number;
  readonly end: number;
}

interface Taken {
  readonly name: string;
  readonly at: number;
}

/**
 * Names of the file that a part of it uses: what is imported or declared at the top, and is not declared anew within the
 * part. Taken away from its file, the part would not know them.
 */
export function takenFromAround(source: string, { at, end }: Extent): readonly Taken[] {
  const tokens = tokensIn(source);
  const inner = tokens.filter((token) => token.at >= at && token.at < end);
  const outer = topNames(tokens.filter((token) => token.at < at || token.at >= end));
  const own = ownNames(inner);
  const used = inner.filter((token, index) => token.kind === "word" && isReference(inner, index));
  return used.filter(({ text }) => outer.has(text) && !own.has(text)).map((one) => ({ name: one.text, at: one.at }));
}

function tokensIn(source: string): readonly Token[] {
  try {
    return tokensOf(source);
  } catch (error) {
    if (error instanceof Unclear) return [];
    throw error;
  }
}

/** Neither a member of something, nor the key of a property. */
function isReference(tokens: readonly Token[], index: number): boolean {
  if (isMark(tokens[index - 1], ".", "?.")) return false;
  return !(isMark(tokens[index + 1], ":") && isMark(tokens[index - 1], "{", ","));
}

const declaring: ReadonlySet<string> = new Set(["const", "let", "var", "function", "class", "import"]);

/** What statements at the top declare and import. */
function topNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  let [depth, declares] = [0, false];
  for (const [index, token] of tokens.entries()) {
    if (isMark(token, "{", "(", "[")) depth += 1;
    if (isMark(token, "}", ")", "]")) depth -= 1;
    if (depth > 0) continue;
    if (isMark(token, ";")) declares = false;
    const isDeclaring = token.kind === "word" && declaring.has(token.text) && !isMark(tokens[index - 1], ".");
    if (isDeclaring) declares = token.text === "const" || token.text === "let" || token.text === "var";
    if (!isDeclaring && !(declares && isMark(token, ","))) continue;
    for (const name of patternAt(tokens, index + 1, token.text === "import")) names.add(name);
  }
  return names;
}

const behindPattern = ["=", ":", "(", ";", "<", ","] as const;

/** Names from where a declaration begins to what follows them. Those that only types have are none. */
function patternAt(tokens: readonly Token[], first: number, isImport: boolean): readonly string[] {
  const names: string[] = [];
  if (isImport && tokens[first]?.text === "type") return [];
  let depth = 0;
  for (let index = first; index < tokens.length; index += 1) {
    const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    const isOver = isMark(token, ...behindPattern) && !(isImport && isMark(token, ","));
    if (token === undefined || (depth === 0 && (isOver || token.text === "from" || token.kind === "text"))) break;
    if (isMark(token, "{", "[")) depth += 1;
    if (isMark(token, "}", "]")) depth -= 1;
    const isOther =
      isMark(next, ":") || (isImport && (token.text === "as" || next?.text === "as" || before?.text === "type"));
    if (token.kind === "word" && !isOther) names.push(token.text);
    if (depth === 0 && !isImport) break;
  }
  return names;
}

/** What a part declares itself: variables, functions, and parameters. */
function ownNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "word" && declaring.has(token.text)) {
      for (const name of patternAt(tokens, index + 1, false)) names.add(name);
    }
    if (isMark(token, "=>") && tokens[index - 1]?.kind === "word") names.add(tokens[index - 1]?.text ?? "");
    if (isMark(token, "(") && isParameters(tokens, index)) {
      for (const name of wordsWithin(tokens, index)) names.add(name);
    }
  }
  return names;
}

/** The parentheses of an arrow function, of a function, or of the method that the part is. */
function isParameters(tokens: readonly Token[], open: number): boolean {
  const [before, earlier] = [tokens[open - 1], tokens[open - 2]];
  if (open === 0 || before?.text === "function" || earlier?.text === "function" || before?.text === "catch")
    return true;
  const behind = tokens[closingOf(tokens, open) + 1];
  return isMark(behind, "=>") || (isMark(behind, ":") && isMark(before, "(", ",", "=", ":"));
}

const wordsWithin = (tokens: readonly Token[], open: number): readonly string[] =>
  tokens.slice(open + 1, closingOf(tokens, open)).flatMap((token) => (token.kind === "word" ? [token.text] : []));

function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isMark(tokens[index], "(")) depth += 1;
    if (isMark(tokens[index], ")")) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}
