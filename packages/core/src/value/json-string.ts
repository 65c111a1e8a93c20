import { positionAt, refuse, refuseSyntax, type JsonCursor } from "./json-cursor.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const FIRST_PRINTABLE = 0x20;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

const FOUR_HEX_DIGITS = /^[\da-f]{4}$/i;

/** Reads the string whose opening quote is next. */
export function readString(cursor: JsonCursor): string | undefined {
  const start = cursor.at;
  const text = readCharacters(cursor);
  if (text === undefined || text.isWellFormed()) return text;
  const message = "the string holds half of a surrogate pair, which no encoding can write";
  return refuse(cursor, { code: "ENCODING", message }, positionAt(cursor, start));
}

function readCharacters(cursor: JsonCursor): string | undefined {
  const start = cursor.at;
  let read = "";
  let from = start + 1;
  for (cursor.at = from; cursor.at < cursor.text.length; cursor.at += 1) {
    const unit = cursor.text.charCodeAt(cursor.at);
    if (unit === QUOTE) {
      read += cursor.text.slice(from, cursor.at);
      cursor.at += 1;
      return read;
    }
    if (unit < FIRST_PRINTABLE) return refuseSyntax(cursor, "a control character stands unescaped in a string");
    if (unit !== BACKSLASH) continue;
    read += cursor.text.slice(from, cursor.at);
    const escaped = readEscape(cursor);
    if (escaped === undefined) return undefined;
    read += escaped;
    from = cursor.at + 1;
  }
  return refuseSyntax(cursor, "the string that begins here never ends", start);
}

/** Leaves the cursor on the last character of the escape. */
function readEscape(cursor: JsonCursor): string | undefined {
  const { text, at } = cursor;
  if (text.charCodeAt(at + 1) === LETTER_U) {
    const digits = text.slice(at + 2, at + 6);
    if (!FOUR_HEX_DIGITS.test(digits)) {
      return refuse(cursor, { code: "ENCODING", message: "\\u is followed by four hexadecimal digits, always" });
    }
    cursor.at = at + 5;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  const escaped = ESCAPES.get(text.charAt(at + 1));
  if (escaped === undefined) return refuseSyntax(cursor, "JSON has no such escape");
  cursor.at = at + 1;
  return escaped;
}
