import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { masterKeyOf } from "./hd-keys.ts";
import { bytesOf, hexOf } from "./hex-bytes.ts";

/** The root of a tree of keys, by BIP-32. */
export const deriveMasterKey: PureTransform = ({ seed_bytes }) => {
  const seed = bytesOf(seed_bytes);
  if (seed === undefined || seed.length < 16 || seed.length > 64) {
    return violation("seed_bytes", "it must be 0x and 16 to 64 bytes in hexadecimal digits");
  }
  const { chainCode, key } = masterKeyOf(seed);
  return success({ master_private_key_bytes: hexOf(key), master_chain_code_bytes: hexOf(chainCode) });
};
