import type { Json } from "@omnibase/core";

const digits = /^[\da-f]*$/i;

/** The bytes that `0x…` stands for, where it is as many as are wanted; of text that is none, `undefined`. */
export function bytesOf(text: Json | undefined, length?: number): Uint8Array | undefined {
  if (typeof text !== "string" || !text.startsWith("0x")) return undefined;
  const hex = text.slice(2);
  if (hex.length % 2 === 1 || !digits.test(hex)) return undefined;
  const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
  return length === undefined || bytes.length === length ? bytes : undefined;
}

export const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
