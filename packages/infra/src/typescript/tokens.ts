/** A word, a number, a text or a mark. What stands in comments is none. */
export interface Token {
  readonly kind: "word" | "number" | "text" | "mark";
  readonly text: string;
  /** Where it begins; of a template, where that begins. */
  readonly at: number;
}

/** JavaScript that cannot be divided into tokens for certain. */
export class Unclear extends Error {
  override readonly name = "Unclear";
}

/**
 * Divides JavaScript into tokens, and throws {@link Unclear} where it cannot know whether a slash divides or begins a
 * pattern: whoever reads wrongly there could be shown one program and execute another.
 */
export function tokensOf(source: string): readonly Token[] {
  const reading: Reading = { source, at: 0, tokens: [], heads: [], braces: [] };
  while (reading.at < source.length) readOne(reading);
  if (reading.braces.length > 0) throw new Unclear("a brace is never closed");
  return reading.tokens;
}

interface Reading {
  readonly source: string;
  at: number;
  readonly tokens: Token[];
  /** For each open parenthesis, whether it is the head of a statement: behind such a one a pattern may begin. */
  readonly heads: boolean[];
  /** For each open brace, whether it stands in a template. */
  readonly braces: boolean[];
  headEnded?: boolean;
}

const BLANK = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)+/y;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /0[xXbBoO][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?n?/y;
const TEXT = /"(?:[^"\\\n\r]|\\[\s\S])*"|'(?:[^'\\\n\r]|\\[\s\S])*'/y;
const PATTERN = /\/(?![*/])(?:[^\\/[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/[a-z]*/y;
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
const MARK = /\.\.\.|=>|\+\+|--|\?\?|\?\.(?!\d)|[!%&()*+,./:;<=>?@[\]^{|}~#-]/y;

function readOne(reading: Reading): void {
  if (take(reading, BLANK) !== undefined) return;
  const { source, at } = reading;
  const word = take(reading, WORD);
  if (word !== undefined) return push(reading, "word", word);
  if (/\d|\.\d/y.test(source.slice(at, at + 2))) return push(reading, "number", taken(reading, NUMBER, "a number"));
  const char = source.charAt(at);
  if (char === '"' || char === "'") return push(reading, "text", taken(reading, TEXT, "a text"));
  if (char === "`") return template(reading);
  if (char === "/" && beginsPattern(reading)) return push(reading, "text", taken(reading, PATTERN, "a pattern"));
  mark(reading, taken(reading, MARK, "a mark"));
}

function mark(reading: Reading, text: string): void {
  const before = reading.tokens.at(-1);
  const isMember = isMark(reading.tokens.at(-2), ".", "?.");
  push(reading, "mark", text);
  if (text === "(") reading.heads.push(!isMember && before?.kind === "word" && heads.has(before.text));
  if (text === ")") reading.headEnded = reading.heads.pop() ?? false;
  if (text === "{") reading.braces.push(false);
  if (text !== "}") return;
  const inTemplate = reading.braces.pop();
  if (inTemplate === undefined) throw new Unclear("a brace is closed that was never opened");
  if (inTemplate) templateRest(reading);
}

function template(reading: Reading): void {
  const { at, tokens } = reading;
  const first = tokens.length;
  reading.at += 1;
  templateRest(reading);
  const begun = tokens[first];
  if (begun !== undefined) tokens[first] = { ...begun, at };
}

/** To the end of the template, or into an expression in it. */
function templateRest(reading: Reading): void {
  taken(reading, TEMPLATE, "a template");
  if (reading.source.startsWith("${", reading.at)) {
    reading.at += 2;
    push(reading, "mark", "{");
    reading.braces.push(true);
    return;
  }
  if (reading.source.charAt(reading.at) !== "`") throw new Unclear("a template is never closed");
  reading.at += 1;
  push(reading, "text", "`");
}

/** Statements whose parentheses are followed by a statement. */
const heads: ReadonlySet<string> = new Set(["if", "while", "for", "with"]);
const beforePattern: ReadonlySet<string> = new Set(
  "case delete do else in instanceof new return throw typeof void".split(" "),
);
/** Names and keywords at once, depending on where they stand. */
const contextual: ReadonlySet<string> = new Set(["await", "yield", "of", "let", "static", "async"]);

function beginsPattern({ tokens, headEnded }: Reading): boolean {
  const before = tokens.at(-1);
  if (before === undefined) return true;
  if (before.kind === "number" || before.kind === "text") return false;
  if (before.kind === "mark") {
    if (["}", "++", "--"].includes(before.text)) throw new Unclear(`a slash behind ${before.text} may mean two things`);
    return before.text === ")" ? headEnded === true : before.text !== "]";
  }
  if (isMark(tokens.at(-2), ".", "?.")) return false;
  if (contextual.has(before.text)) throw new Unclear(`a slash behind ${before.text} may mean two things`);
  return beforePattern.has(before.text);
}

export const isMark = (token: Token | undefined, ...texts: readonly string[]): boolean =>
  token?.kind === "mark" && texts.includes(token.text);

const push = ({ at, tokens }: Reading, kind: Token["kind"], text: string): void =>
  void tokens.push({ kind, text, at: at - text.length });

function taken(reading: Reading, pattern: RegExp, what: string): string {
  const text = take(reading, pattern);
  if (text !== undefined) return text;
  throw new Unclear(`${what} that is none: ${JSON.stringify(reading.source.slice(reading.at, reading.at + 12))}`);
}

function take(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const text = pattern.exec(reading.source)?.[0];
  if (text === undefined || (text === "" && pattern !== TEMPLATE)) return undefined;
  reading.at += text.length;
  return text;
}
