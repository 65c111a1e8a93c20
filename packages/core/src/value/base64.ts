const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 (RFC 4648 §4) with padding. */
export function base64Text(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const tail = (second === undefined ? "=" : symbol(bits >> 6)) + (third === undefined ? "=" : symbol(bits));
    pieces.push(symbol(bits >> 18) + symbol(bits >> 12) + tail);
  }
  return pieces.join("");
}

/**
 * Reads what {@link base64Text} writes, and nothing else: no other alphabet, no white space, no missing padding, no bits
 * that belong to no byte. So a value has one spelling, and a changed spelling is a changed value.
 */
export function base64Bytes(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const symbols = text.length - padding;
  let bits = 0;
  for (let index = 0; index < symbols; index += 1) {
    const value = ALPHABET.indexOf(text.charAt(index));
    if (value === -1) return undefined;
    bits = ((bits << 6) | value) & 0xff_ff_ff;
    if (index % 4 !== 0) bytes[Math.floor((index * 3) / 4)] = (bits >> (6 - 2 * (index % 4))) & 0xff;
  }
  const unused = bits & ((1 << (2 * padding)) - 1);
  return unused === 0 ? bytes : undefined;
}

const symbol = (bits: number): string => ALPHABET.charAt(bits & 0x3f);
