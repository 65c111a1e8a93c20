import { entropyToMnemonic, mnemonicToSeedSync, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** Of 16, 20, 24, 28 or 32 bytes: 12 to 24 English words, the last of which holds a checksum. */
export const mnemonicOf = (entropy: Uint8Array): string => entropyToMnemonic(entropy, wordlist);

export const isMnemonic = (text: string): boolean => validateMnemonic(text, wordlist);

/** The 64 bytes of BIP-39. Meant to be slow: 2048 rounds. */
export const seedOf = (mnemonic: string, passphrase: string): Uint8Array => mnemonicToSeedSync(mnemonic, passphrase);
