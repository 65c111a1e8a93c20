import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { bytesOf } from "./hex-bytes.ts";
import { mnemonicOf } from "./mnemonics.ts";

const lengths: ReadonlySet<number> = new Set([16, 20, 24, 28, 32]);

/** The words of BIP-39 for entropy that was drawn elsewhere. */
export const entropyToMnemonic: PureTransform = ({ entropy_bytes }) => {
  const entropy = bytesOf(entropy_bytes);
  if (entropy === undefined || !lengths.has(entropy.length)) {
    return violation("entropy_bytes", "it must be 0x and 16, 20, 24, 28 or 32 bytes in hexadecimal digits");
  }
  return success({ mnemonic: mnemonicOf(entropy) });
};
