import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { hexOf } from "./hex-bytes.ts";
import { isMnemonic, seedOf } from "./mnemonics.ts";

/** The seed of BIP-39. A mnemonic whose checksum does not hold was mistyped, and has none. */
export const mnemonicToSeed: PureTransform = ({ mnemonic, passphrase = "" }) => {
  if (typeof mnemonic !== "string" || !isMnemonic(mnemonic)) {
    return violation("mnemonic", "it must be 12 to 24 English words of BIP-39 with a checksum that holds");
  }
  if (typeof passphrase !== "string") return violation("passphrase", "it must be a text");
  return success({ seed_bytes: hexOf(seedOf(mnemonic, passphrase)) });
};
