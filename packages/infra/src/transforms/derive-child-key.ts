import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { ethereumCurve } from "./curves.ts";
import { childKeyOf } from "./hd-keys.ts";
import { bytesOf, hexOf } from "./hex-bytes.ts";

/** One step down a tree of keys, by BIP-32. From 2147483648 on the index is hardened. */
export const deriveChildKey: PureTransform = ({ parent_private_key_bytes, parent_chain_code_bytes, index }) => {
  const key = bytesOf(parent_private_key_bytes, 32);
  const chainCode = bytesOf(parent_chain_code_bytes, 32);
  if (key === undefined || !ethereumCurve.isKey(key)) {
    return violation("parent_private_key_bytes", "it must be a key of secp256k1: 0x and 32 bytes");
  }
  if (chainCode === undefined) return violation("parent_chain_code_bytes", "it must be 0x and 32 bytes");
  if (!isIndex(index)) return violation("index", "it must be a whole number from 0 to 4294967295");
  const child = childKeyOf({ key, chainCode }, index);
  return success({ child_private_key_bytes: hexOf(child.key), child_chain_code_bytes: hexOf(child.chainCode) });
};

const isIndex = (index: Json | undefined): index is number =>
  typeof index === "number" && Number.isInteger(index) && index >= 0 && index < 2 ** 32;
