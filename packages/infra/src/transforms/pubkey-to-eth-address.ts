import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { ethereumCurve } from "./curves.ts";
import { bytesOf } from "./hex-bytes.ts";
import { keccak256 } from "./keccak.ts";

/** The address of a public key, in the mixed case of EIP-55, which shows a mistyped one. */
export const pubkeyToEthAddress: PureTransform = ({ public_key_uncompressed_bytes }) => {
  const point = bytesOf(public_key_uncompressed_bytes);
  if (point === undefined || !ethereumCurve.isPublicKey(point)) {
    const message = "it must be a point of secp256k1: 0x04 and 64 bytes in hexadecimal digits";
    return violation("public_key_uncompressed_bytes", message);
  }
  return success({ eth_address_hex: checksummed(keccak256(point.subarray(1)).subarray(-20)) });
};

/** EIP-55: a letter is large where the hash of the small address has 8 or more at its place. */
export function checksummed(address: Uint8Array): string {
  const small = Buffer.from(address).toString("hex");
  const marks = Buffer.from(keccak256(Buffer.from(small, "ascii"))).toString("hex");
  const letters = Array.from(small, (digit, at) => ((marks[at] ?? "") >= "8" ? digit.toUpperCase() : digit));
  return `0x${letters.join("")}`;
}
