import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { bytesOf, hexOf } from "./hex-bytes.ts";
import { keccak256 } from "./keccak.ts";

/** Keccak-256 of bytes. */
export const keccak256Hash: PureTransform = ({ input_bytes }) => {
  const given = typeof input_bytes === "string" && !input_bytes.startsWith("0x") ? `0x${input_bytes}` : input_bytes;
  const bytes = bytesOf(given);
  if (bytes === undefined) return violation("input_bytes", "it must be bytes in hexadecimal digits");
  return success({ hash_hex: hexOf(keccak256(bytes)) });
};
