import { join } from "node:path";
import { SealingFault, type Entropy, type ExecutionKey, type Sealing } from "@omnibase/spi";
import { makeKeyFile, readKeyFile } from "./key-file.ts";
import { lockNonceBytes, locked, sealerOf, unlocked } from "./sealer.ts";

const keyBytes = 32;

/** Beside the store and never in it, so that a copy of the store alone tells nothing. */
export const sealingKeyFile = "secrets.key";

/** Keys of executions, wrapped under the key that lies in a folder. It is made when the first of them is. */
export function sealingIn(folder: string, entropy: Entropy): Sealing {
  let known: Sealing | undefined;
  const there = (): Sealing | undefined => {
    const root = known === undefined ? sealingKeyIn(folder) : undefined;
    if (root !== undefined) known = sealingUnder(root, entropy);
    return known;
  };
  return {
    newKey(of) {
      if (there() === undefined)
        makeKeyFile(folder, sealingKeyFile, Buffer.from(entropy.draw(keyBytes)).toString("hex"));
      const sealing = there();
      if (sealing === undefined)
        throw new SealingFault(`${join(folder, sealingKeyFile)}: it was removed while it was made`);
      return sealing.newKey(of);
    },
    sealer: (of, wrapped) => there()?.sealer(of, wrapped),
  };
}

/** The same under a key in memory. */
export const sealingUnder = (root: Uint8Array, entropy: Entropy): Sealing => ({
  newKey(of) {
    const nonce = entropy.draw(lockNonceBytes);
    const wrapped = locked(root, { nonce, about: nameOf(of), text: entropy.draw(keyBytes) });
    return Buffer.concat([nonce, wrapped]).toString("base64");
  },
  sealer(of, wrapped) {
    const bytes = Buffer.from(wrapped, "base64");
    const [nonce, text] = [bytes.subarray(0, lockNonceBytes), bytes.subarray(lockNonceBytes)];
    const key = unlocked(root, { nonce, about: nameOf(of), text });
    return key === undefined ? undefined : sealerOf(key);
  },
});

const nameOf = ({ execution, tenant }: ExecutionKey): string => `${tenant}\n${execution}`;

/** `undefined`: there is none yet. One that cannot be used as it stands is a {@link SealingFault}. */
export function sealingKeyIn(folder: string): Uint8Array | undefined {
  const file = join(folder, sealingKeyFile);
  const text = readKeyFile(file);
  if (text === undefined) return undefined;
  if (!text.ok) throw new SealingFault(`${file}: ${text.error.detail}`);
  const key = Buffer.from(text.value.trim(), "hex");
  if (key.length !== keyBytes) throw new SealingFault(`${file}: it is no key of ${String(keyBytes)} bytes in hex`);
  return key;
}
