import { keccak_256 as hashed } from "@noble/hashes/sha3.js";

/** Keccak as Ethereum uses it: with the padding from before it became SHA-3. */
export const keccak256 = (bytes: Uint8Array): Uint8Array => hashed(bytes);
