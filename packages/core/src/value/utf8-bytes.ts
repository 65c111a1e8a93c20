import { isHighSurrogate, isLowSurrogate, utf8Length } from "./utf8-length.ts";

/** The UTF-8 of a text. A lone surrogate has none, and no text of ours may hold one, so it is a bug. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at] = unit;
      at += 1;
      continue;
    }
    const point = isHighSurrogate(unit) ? pairAt(text, index) : unit;
    if (point >= 0xd8_00 && point <= 0xdf_ff) throw new Error("impossible: a lone surrogate has no UTF-8");
    if (point > 0xff_ff) index += 1;
    at = writePoint(bytes, at, point);
  }
  return bytes;
}

/** The character beyond U+FFFF that begins with this high surrogate, or the surrogate where it is alone. */
function pairAt(text: string, index: number): number {
  const [high, low] = [text.charCodeAt(index), text.charCodeAt(index + 1)];
  return isLowSurrogate(low) ? 0x1_00_00 + ((high - 0xd8_00) << 10) + (low - 0xdc_00) : high;
}

/** Writes a character of several bytes and says where the next one begins. */
function writePoint(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x8_00) {
    bytes[at] = 0xc0 | (point >> 6);
    bytes[at + 1] = tail(point);
    return at + 2;
  }
  if (point < 0x1_00_00) {
    bytes[at] = 0xe0 | (point >> 12);
    bytes[at + 1] = tail(point >> 6);
    bytes[at + 2] = tail(point);
    return at + 3;
  }
  bytes[at] = 0xf0 | (point >> 18);
  bytes[at + 1] = tail(point >> 12);
  bytes[at + 2] = tail(point >> 6);
  bytes[at + 3] = tail(point);
  return at + 4;
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);
