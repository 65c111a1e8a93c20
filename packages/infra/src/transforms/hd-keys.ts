import { HDKey } from "@scure/bip32";

/** A private key of BIP-32 with what its children are derived from beside it. 32 bytes each. */
export interface ExtendedKey {
  readonly key: Uint8Array;
  readonly chainCode: Uint8Array;
}

export const masterKeyOf = (seed: Uint8Array): ExtendedKey => extended(HDKey.fromMasterSeed(seed));

/** The parent is a key of secp256k1, and the index a whole number below 2^32. */
export const childKeyOf = ({ chainCode, key }: ExtendedKey, index: number): ExtendedKey =>
  extended(new HDKey({ chainCode, privateKey: key }).deriveChild(index));

function extended({ chainCode, privateKey }: HDKey): ExtendedKey {
  if (chainCode === null || privateKey === null) throw new Error("impossible: a derived key without its parts");
  return { key: privateKey, chainCode };
}
