import { isMark, tokensOf, Unclear, type Token } from "./tokens.ts";

/** How a value is written in a source, as far as it is written out: where it stands, and where what is in it stands. */
export type Literal = LiteralMap | LiteralList | LiteralOther;

interface Extent {
  /** Offsets in the source. */
  readonly at: number;
  readonly end: number;
}

interface LiteralMap extends Extent {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, LiteralEntry>;
}

interface LiteralList extends Extent {
  readonly kind: "list";
  readonly items: readonly Literal[];
}

/** Anything that has to be computed. */
interface LiteralOther extends Extent {
  readonly kind: "other";
}

interface LiteralEntry {
  readonly keyAt: number;
  /** Of a method this begins with its parameters. */
  readonly value: Literal;
  readonly isMethod: boolean;
}

/** The arguments of the call that begins at an offset, or behind it. Empty where that cannot be told. */
export function argumentsAt(source: string, offset: number): readonly Literal[] {
  try {
    const tokens = tokensOf(source);
    const open = tokens.findIndex((token) => token.at >= offset && isMark(token, "("));
    return open < 0 ? [] : itemsIn({ source, tokens, names: 0 }, open);
  } catch (error) {
    if (error instanceof Unclear) return [];
    throw error;
  }
}

interface Text {
  readonly source: string;
  readonly tokens: readonly Token[];
  /** How many names were followed to be here. */
  readonly names: number;
}

/** Names may lead around in a circle. */
const namesMax = 8;

const opening = ["(", "[", "{"] as const;
const closing = [")", "]", "}"] as const;

/** What stands between a bracket and the one that closes it, divided by commas. */
function itemsIn(text: Text, open: number): readonly Literal[] {
  return partsOf(text, open).map(([first, behind]) => literalAt(text, first, behind));
}

/** Token ranges between commas: the first of a part, and the first behind it. */
function partsOf({ tokens }: Text, open: number): readonly (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let [depth, first] = [0, open + 1];
  for (let index = open + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    const isEnd = depth === 0 && isMark(token, ...closing);
    if ((isEnd || (depth === 0 && isMark(token, ","))) && index > first) parts.push([first, index]);
    if (isEnd) return parts;
    if (depth === 0 && isMark(token, ",")) first = index + 1;
    if (isMark(token, ...opening)) depth += 1;
    if (isMark(token, ...closing)) depth -= 1;
  }
  return parts;
}

function literalAt(text: Text, first: number, behind: number): Literal {
  const { source, tokens } = text;
  const at = tokens[first]?.at ?? 0;
  const end = at + source.slice(at, tokens[behind]?.at).trimEnd().length;
  const isWhole = closes(tokens, first) === behind - 1 || isAsConst(tokens, closes(tokens, first) + 1, behind);
  if (isWhole && isMark(tokens[first], "[")) return { kind: "list", at, end, items: itemsIn(text, first) };
  if (isWhole && isMark(tokens[first], "{")) return { kind: "map", at, end, entries: entriesIn(text, first) };
  const said = tokens[first]?.kind === "word" ? saidBy(text, first, behind) : undefined;
  return said?.kind === "map" ? { ...said, at, end } : { kind: "other", at, end };
}

/** What a name stands for in its file, and what a call is given last: what is in it is written there. */
function saidBy(text: Text, first: number, behind: number): Literal | undefined {
  const { tokens } = text;
  const isCall = isMark(tokens[first + 1], "(") && closes(tokens, first + 1) === behind - 1;
  if (isCall) return itemsIn(text, first + 1).at(-1);
  if (behind !== first + 1) return undefined;
  const declared = tokens.findIndex((token, index) => token.text === "const" && names(tokens, index, first));
  if (declared < 0 || !isMark(tokens[declared + 3], "{") || text.names >= namesMax) return undefined;
  const inside = { ...text, names: text.names + 1 };
  return literalAt(inside, declared + 3, statementEnd(tokens, declared + 3));
}

/** Whether a declaration, `const name = `, is that of a name that is used elsewhere. */
const names = (tokens: readonly Token[], declared: number, used: number): boolean =>
  declared + 1 !== used && tokens[declared + 1]?.text === tokens[used]?.text && isMark(tokens[declared + 2], "=");

function statementEnd(tokens: readonly Token[], first: number): number {
  const closed = closes(tokens, first) + 1;
  return tokens[closed]?.text === "as" ? closed + 2 : closed;
}

const entriesIn = (text: Text, open: number): ReadonlyMap<string, LiteralEntry> =>
  new Map(partsOf(text, open).flatMap(([from, to]) => entryAt(text, from, to)));

const isAsConst = (tokens: readonly Token[], from: number, behind: number): boolean =>
  from === behind - 2 && tokens[from]?.text === "as" && tokens[from + 1]?.text === "const";

/** `key: value`, `"key": value`, `key` and `key() {}`; what is spread has no key. */
function entryAt(text: Text, first: number, behind: number): readonly (readonly [string, LiteralEntry])[] {
  const token = text.tokens[first];
  if (token === undefined || (token.kind !== "word" && token.kind !== "text" && token.kind !== "number")) return [];
  const key = token.kind === "text" ? token.text.slice(1, -1) : token.text;
  const next = text.tokens[first + 1];
  if (isMark(next, ":"))
    return [[key, { keyAt: token.at, value: literalAt(text, first + 2, behind), isMethod: false }]];
  const isMethod = isMark(next, "(");
  if (isMethod) return [[key, { keyAt: token.at, value: literalAt(text, first + 1, behind), isMethod }]];
  return first + 1 === behind
    ? [[key, { keyAt: token.at, value: literalAt(text, first, behind), isMethod: false }]]
    : [];
}

/** The index of the bracket that closes the one at an index; the index itself where none is opened there. */
function closes(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isMark(tokens[index], ...opening)) depth += 1;
    if (isMark(tokens[index], ...closing)) depth -= 1;
    if (depth === 0) return index;
  }
  return open;
}
