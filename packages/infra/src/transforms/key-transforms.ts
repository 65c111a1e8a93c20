import type { PureTransform } from "@omnibase/core";
import { deriveChildKey } from "./derive-child-key.ts";
import { deriveMasterKey } from "./derive-master-key.ts";
import { ecdsaSign } from "./ecdsa-sign.ts";
import { entropyToMnemonic } from "./entropy-to-mnemonic.ts";
import { keccak256Hash } from "./keccak256-hash.ts";
import { mnemonicToSeed } from "./mnemonic-to-seed.ts";
import { privateKeyToPublic } from "./private-key-to-public.ts";
import { pubkeyToEthAddress } from "./pubkey-to-eth-address.ts";

/** Built-ins over keys. Their libraries take longer to load than a whole command, so nobody loads them by accident. */
export const keyTransforms: { readonly [implementation: string]: PureTransform } = {
  "std.derive_child_key@1": deriveChildKey,
  "std.derive_master_key@1": deriveMasterKey,
  "std.ecdsa_sign@1": ecdsaSign,
  "std.entropy_to_mnemonic@1": entropyToMnemonic,
  "std.keccak256_hash@1": keccak256Hash,
  "std.mnemonic_to_seed@1": mnemonicToSeed,
  "std.private_key_to_public@1": privateKeyToPublic,
  "std.pubkey_to_eth_address@1": pubkeyToEthAddress,
};
