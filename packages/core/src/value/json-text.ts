import {
  countNode,
  positionAt,
  refuse,
  refuseSyntax,
  skipSpace,
  type JsonCursor,
  type JsonFamily,
} from "./json-cursor.ts";
import { readString } from "./json-string.ts";
import { hasLineSeparator, keyRefusal } from "./key-rule.ts";
import { limits } from "./limits.ts";
import type { Located, LocatedEntry, LocatedScalar } from "./located.ts";
import { numberRefusal } from "./number-rule.ts";
import type { Position, Problem } from "./problem.ts";
import { err, ok, type Result } from "./result.ts";
import { utf8Length } from "./utf8-length.ts";

export interface JsonTextOptions {
  readonly file: string;
  readonly family: JsonFamily;
  /** Of the whole text. Without it, the bound of the family. */
  readonly bytesMax?: number;
}

/**
 * Reads JSON (RFC 8259) and refuses what JSON.parse lets through: depth, width, duplicate and reserved keys, numbers and
 * strings that would not come back as they were written.
 *
 * Depth is counted before a collection is entered, so no text can exhaust the stack. One problem ends the reading. A text
 * above its bound is read all the same, to name what is wrong with it before the bound; the caller bounds that reading.
 */
export function parseJson(text: string, options: JsonTextOptions): Result<Located, readonly Problem[]> {
  const { file, family, bytesMax = bytesMaxOf[family] } = options;
  const cursor: JsonCursor = { text, file, family, at: 0, line: 1, lineStart: 0, nodes: 0, refusals: [] };

  const value = readDocument(cursor);
  if (isLonger(text, bytesMax) && isLonger(text.slice(0, cursor.at), bytesMax)) {
    refuse(cursor, { code: "TOO_LARGE", message: `the text is longer than ${String(bytesMax)} bytes` }, startOf(file));
  }
  return value === undefined || cursor.refusals.length > 0 ? err(cursor.refusals) : ok(value);
}

const bytesMaxOf: Readonly<Record<JsonFamily, number>> = {
  PAYLOAD: limits.payloadBytesMax,
  ARTIFACT: limits.artifactBytesMax,
};

const startOf = (file: string): Position => ({ file, line: 1, column: 1 });

const isLonger = (text: string, bytesMax: number): boolean =>
  text.length > bytesMax || (text.length * 3 > bytesMax && utf8Length(text) > bytesMax);

function readDocument(cursor: JsonCursor): Located | undefined {
  skipSpace(cursor);
  if (cursor.at === cursor.text.length && cursor.family === "ARTIFACT") {
    return refuse(cursor, { code: "EMPTY", message: "the file declares nothing" }, startOf(cursor.file));
  }
  const value = readValue(cursor, 0);
  if (value === undefined) return undefined;
  skipSpace(cursor);
  if (cursor.at < cursor.text.length) return refuseSyntax(cursor, "something follows the value");
  return value;
}

function readValue(cursor: JsonCursor, depth: number): Located | undefined {
  if (!countNode(cursor)) return undefined;
  const at = positionAt(cursor);
  switch (cursor.text.charAt(cursor.at)) {
    case "{":
      return mayEnter(cursor, depth) ? readMap(cursor, depth + 1) : undefined;
    case "[":
      return mayEnter(cursor, depth) ? readList(cursor, depth + 1) : undefined;
    case '"': {
      const value = readString(cursor);
      if (value === undefined) return undefined;
      if (!isLonger(value, limits.stringBytesMax)) return { kind: "scalar", value, at };
      return refuse(cursor, { code: "TOO_LARGE", message: tooLongString }, at);
    }
    default:
      return readLiteral(cursor, at);
  }
}

const tooLongString = `a string is longer than ${String(limits.stringBytesMax)} bytes`;

function mayEnter(cursor: JsonCursor, depth: number): boolean {
  if (depth < limits.depthMax) return true;
  refuse(cursor, { code: "TOO_DEEP", message: `more than ${String(limits.depthMax)} collections inside one another` });
  return false;
}

function readList(cursor: JsonCursor, depth: number): Located | undefined {
  const at = positionAt(cursor);
  const items: Located[] = [];
  cursor.at += 1;
  skipSpace(cursor);
  if (skip(cursor, "]")) return { kind: "list", items, at };
  for (;;) {
    const item = readValue(cursor, depth);
    if (item === undefined) return undefined;
    items.push(item);
    skipSpace(cursor);
    if (skip(cursor, "]")) return { kind: "list", items, at };
    if (!skip(cursor, ",")) return refuseSyntax(cursor, "a list goes on with , or ends with ]");
    skipSpace(cursor);
  }
}

function readMap(cursor: JsonCursor, depth: number): Located | undefined {
  const at = positionAt(cursor);
  const entries: LocatedEntry[] = [];
  const seen = new Map<string, Position>();
  cursor.at += 1;
  skipSpace(cursor);
  if (skip(cursor, "}")) return { kind: "map", entries, at };
  for (;;) {
    const entry = readEntry(cursor, seen, depth);
    if (entry === undefined) return undefined;
    entries.push(entry);
    skipSpace(cursor);
    if (skip(cursor, "}")) return { kind: "map", entries, at };
    if (!skip(cursor, ",")) return refuseSyntax(cursor, "an object goes on with , or ends with }");
    skipSpace(cursor);
  }
}

function readEntry(cursor: JsonCursor, seen: Map<string, Position>, depth: number): LocatedEntry | undefined {
  const keyAt = positionAt(cursor);
  if (cursor.text.charAt(cursor.at) !== '"') return refuseSyntax(cursor, "a key is a string in double quotes");
  const key = readString(cursor);
  if (key === undefined || !mayBeKey(cursor, key, keyAt, seen)) return undefined;
  skipSpace(cursor);
  if (!skip(cursor, ":")) return refuseSyntax(cursor, "a key is followed by :");
  skipSpace(cursor);
  const value = readValue(cursor, depth);
  return value === undefined ? undefined : { key, keyAt, value };
}

/** Remembers the key. Two keys that look the same are one to an author, so artifacts compare them after NFC. */
function mayBeKey(cursor: JsonCursor, key: string, at: Position, seen: Map<string, Position>): boolean {
  const reason = keyRefusal(key) ?? separatorRefusal(cursor, key);
  if (reason !== undefined) {
    refuse(cursor, reason, at);
    return false;
  }
  const name = cursor.family === "ARTIFACT" ? key.normalize("NFC") : key;
  const first = seen.get(name);
  if (first !== undefined) {
    const related = [{ message: "it is first given here", at: first }];
    refuse(cursor, { code: "DUPLICATE_KEY", message: "the object gives the same key twice", related }, at);
    return false;
  }
  if (seen.size === limits.keysPerObjectMax) {
    refuse(
      cursor,
      { code: "TOO_WIDE", message: `an object has more than ${String(limits.keysPerObjectMax)} keys` },
      at,
    );
    return false;
  }
  seen.set(name, at);
  return true;
}

function separatorRefusal(cursor: JsonCursor, key: string): { code: string; message: string } | undefined {
  if (cursor.family === "PAYLOAD" || !hasLineSeparator(key)) return undefined;
  return { code: "ENCODING", message: "a key holds a line separator (U+2028, U+2029)" };
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.+-])/y;
const WORD = /-?[A-Za-z]+/y;

function readLiteral(cursor: JsonCursor, at: Position): LocatedScalar | undefined {
  const literal = match(NUMBER, cursor);
  if (literal !== undefined) {
    const value = Number(literal);
    const reason = numberRefusal(literal, value);
    if (reason !== undefined) return refuse(cursor, reason, at);
    cursor.at += literal.length;
    return { kind: "scalar", value: value === 0 ? 0 : value, at };
  }
  const word = match(WORD, cursor) ?? "";
  if (word === "NaN" || word === "Infinity" || word === "-Infinity") {
    return refuse(cursor, {
      code: "NUMBER_RANGE",
      message: `${word} is no JSON number`,
      hint: "leave it out, or write a string",
    });
  }
  const value = WORDS.get(word);
  if (value === undefined) return refuseSyntax(cursor, "here should be a JSON value");
  cursor.at += word.length;
  return { kind: "scalar", value, at };
}

const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ["null", null],
  ["true", true],
  ["false", false],
]);

function match(pattern: RegExp, cursor: JsonCursor): string | undefined {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.text)?.[0];
}

function skip(cursor: JsonCursor, character: string): boolean {
  if (cursor.text.charAt(cursor.at) !== character) return false;
  cursor.at += 1;
  return true;
}
