import type { JsonFamily } from "./json-cursor.ts";
import { err, ok, type Result } from "./result.ts";
import type { Problem } from "./problem.ts";

export interface DecodeOptions {
  readonly file: string;
  readonly family: JsonFamily;
}

/**
 * Decodes UTF-8 and refuses the first byte that is not: overlong forms, surrogates, what lies beyond U+10FFFF, an end in
 * the middle of a character. Of an artifact it also drops a byte order mark and refuses control characters; to a payload
 * a byte order mark is content, which the JSON reader then refuses.
 */
export function decodeUtf8(bytes: Uint8Array, options: DecodeOptions): Result<string, readonly Problem[]> {
  const declared = options.family === "ARTIFACT";
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = declared && hasMark(bytes) ? 3 : 0; at < bytes.length;) {
    const lead = Number(bytes[at]);
    if (lead < 0x80) {
      if (declared && isControl(lead)) return refused(bytes, at, { ...options, what: "a control character" });
      units[length] = lead;
      length += 1;
      at += 1;
      continue;
    }
    const size = sizeOf(lead);
    const point = size === 0 ? undefined : pointAt(bytes, at, size);
    if (point === undefined) return refused(bytes, at, { ...options, what: "not UTF-8" });
    if (declared && isControl(point)) return refused(bytes, at, { ...options, what: "a control character" });
    if (point < 0x1_00_00) units[length] = point;
    else {
      units[length] = 0xd7_c0 + (point >> 10);
      length += 1;
      units[length] = 0xdc_00 | (point & 0x3_ff);
    }
    length += 1;
    at += size;
  }
  return ok(textOf(units.subarray(0, length)));
}

const hasMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** C0 without tab and line ends, DEL, and C1, which YAML calls not printable. */
const isControl = (point: number): boolean =>
  point < 0x20 ? point !== 0x09 && point !== 0x0a && point !== 0x0d : point >= 0x7f && point <= 0x9f;

/** How many bytes the character has that begins with this byte; 0 where none can. */
function sizeOf(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function pointAt(bytes: Uint8Array, at: number, size: number): number | undefined {
  let point = Number(bytes[at]) & (0x7f >> size);
  for (let next = at + 1; next < at + size; next += 1) {
    const byte = Number(bytes[next]);
    if ((byte & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (byte & 0x3f);
  }
  const surrogate = point >= 0xd8_00 && point <= 0xdf_ff;
  const lowest = size === 2 ? 0x80 : 1 << (5 * size - 4);
  return point < lowest || point > 0x10_ff_ff || surrogate ? undefined : point;
}

/** A call takes its arguments on the stack, so the text is built in pieces. */
const unitsPerCall = 4_096;

function textOf(units: Uint16Array): string {
  let text = "";
  for (let from = 0; from < units.length; from += unitsPerCall) {
    text += Reflect.apply(String.fromCharCode, undefined, units.subarray(from, from + unitsPerCall));
  }
  return text;
}

function refused(
  bytes: Uint8Array,
  at: number,
  { file, family, what }: DecodeOptions & { readonly what: string },
): Result<string, readonly Problem[]> {
  const before = bytes.subarray(0, at);
  const lineStart = Math.max(before.lastIndexOf(0x0a), before.lastIndexOf(0x0d)) + 1;
  const column = before.subarray(lineStart).filter((byte) => (byte & 0xc0) !== 0x80).length + 1;
  const message = `the byte at offset ${String(at)} is ${what}`;
  const hint = "save the file as UTF-8 without control characters";
  const where = { file, line: lineOf(before), column };
  return err([{ code: `${family}_ENCODING`, severity: "error", message, at: where, hint }]);
}

const lineOf = (before: Uint8Array): number =>
  1 + before.filter((byte, index) => byte === 0x0a || (byte === 0x0d && before[index + 1] !== 0x0a)).length;
