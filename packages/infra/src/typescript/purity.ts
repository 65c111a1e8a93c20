import { isMark, tokensOf, Unclear } from "./tokens.ts";
import type { Token } from "./tokens.ts";

/** Why code is not pure, and the word by which it is found in its source. */
export interface Impurity {
  readonly word: string;
  readonly message: string;
}

/**
 * What in a transform could answer differently tomorrow, or touch the world.
 *
 * It names what the text says, so it keeps honest code honest. It is no cell: who builds names at run time gets around
 * it, and nothing here bounds time or memory.
 */
export function impuritiesOf(javascript: string): readonly Impurity[] {
  try {
    const tokens = tokensOf(javascript);
    const found = tokens.flatMap((token, index) => {
      if (token.kind === "text") return isMark(tokens[index - 1], "[") ? wrongMember(token.text.slice(1, -1)) : [];
      return token.kind === "word" ? wrongWith(token.text, tokens, index) : [];
    });
    const state = tokens.flatMap((token, index) => (isState(token, tokens, index) ? [stateOf(token)] : []));
    return [...new Map([...found, ...state].map((one) => [one.word, one])).values()];
  } catch (error) {
    if (error instanceof Unclear) return [{ word: "", message: `${error.message}; write it more plainly` }];
    throw error;
  }
}

function wrongWith(word: string, tokens: readonly Token[], index: number): readonly Impurity[] {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (isMark(before, ".", "?.")) {
    const isOfMath = tokens[index - 2]?.text === "Math";
    if (isOfMath && !exactMath.has(word)) return [impurity(`Math.${word}`, "not the same on every host")];
    return wrongMember(word);
  }
  if (isMark(after, ":") && isMark(before, "{", ",")) return wrongMember(word);
  if (word === "Math") return isMark(after, ".") ? [] : [impurity(word, "read its members by name, as in Math.floor")];
  const why = forbidden.get(word);
  return why === undefined ? [] : [impurity(word, why)];
}

const wrongMember = (word: string): readonly Impurity[] => {
  const why =
    members.get(word) ?? (/^(?:toLocale|locale)/.test(word) ? "depends on the language of the host" : undefined);
  return why === undefined ? [] : [impurity(word, why)];
};

const impurity = (word: string, why: string): Impurity => ({ word, message: `${word}: ${why}` });

/** A variable beside the functions outlives a call, so a second call could answer differently. */
function isState(token: Token, tokens: readonly Token[], index: number): boolean {
  if (token.kind !== "word" || (token.text !== "let" && token.text !== "var")) return false;
  const before = tokens.slice(0, index);
  const opened = before.filter((one) => isMark(one, "{", "(")).length;
  return opened === before.filter((one) => isMark(one, "}", ")")).length;
}

const stateOf = ({ text }: Token): Impurity =>
  impurity(text, "a variable outside of functions outlives a call; use const");

/** Those of which the standard says what they answer, to the last bit. */
const exactMath: ReadonlySet<string> = new Set(
  "abs ceil clz32 E floor fround imul LN10 LN2 LOG10E LOG2E max min PI round sign sqrt SQRT1_2 SQRT2 trunc".split(" "),
);

const because = (why: string, words: string): readonly (readonly [string, string])[] =>
  words.split(" ").map((word) => [word, why] as const);

/** Names that the platform gives to every file. Whatever is not here and not declared does not exist, and says so. */
const forbidden: ReadonlyMap<string, string> = new Map([
  ...because("reads the clock", "Date Temporal performance"),
  ...because("is by chance", "crypto Crypto CryptoKey SubtleCrypto"),
  ...because("reads the environment", "process navigator Navigator global globalThis self window document"),
  ...because("reaches files or other code", "import require module exports __dirname __filename"),
  ...because(
    "reaches the network",
    "fetch Request Response Headers FormData WebSocket EventSource XMLHttpRequest BroadcastChannel CloseEvent MessageEvent",
  ),
  ...because(
    "waits, or works beside the call",
    "setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask Promise async await " +
      "Atomics SharedArrayBuffer Worker MessageChannel MessagePort AbortController AbortSignal Event EventTarget CustomEvent",
  ),
  ...because("writes where nobody records", "console localStorage sessionStorage Storage"),
  ...because("executes what the file does not say", "eval Function WebAssembly Reflect Proxy with"),
  ...because("depends on memory", "WeakRef FinalizationRegistry gc"),
  ...because("depends on the language of the host", "Intl"),
  ...because(
    "is not needed by a transform",
    "Blob File Buffer ReadableStream WritableStream TransformStream CompressionStream DecompressionStream URL " +
      "structuredClone DOMException Iterator arguments this class debugger",
  ),
]);

const members: ReadonlyMap<string, string> = new Map([
  ...because("leads to code that the file does not say", "constructor __proto__ prototype caller callee"),
  ...because(
    "changes what others share",
    "__defineGetter__ __defineSetter__ setPrototypeOf defineProperty defineProperties",
  ),
  ...because("tells where the code lies", "stack captureStackTrace prepareStackTrace stackTraceLimit"),
]);
