import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import type { Sealer } from "@omnibase/core";

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** What is closed is filled up to a multiple of this, so that its length says little. JSON may end with spaces. */
const grainChars = 32;

/**
 * Seals under one key. The salt of a place is HMAC(key, place), the commitment HMAC(salt, text), and the nonce is the
 * beginning of the commitment: it is the same for the same text at the same place, and for nothing else, so a second
 * text at a place, after a lost race, does no harm.
 */
export function sealerOf(key: Uint8Array): Sealer {
  const boxKey = hmac(key, "box");
  const committed = (where: string, filled: string): Buffer => hmac(hmac(key, `salt ${where}`), filled);
  return {
    close(where, text) {
      const filled = text.padEnd(Math.ceil(text.length / grainChars) * grainChars);
      const commitment = committed(where, filled);
      const box = locked(boxKey, {
        nonce: commitment.subarray(0, nonceBytes),
        about: where,
        text: Buffer.from(filled),
      });
      return { commitment: commitment.toString("hex"), box: box.toString("base64") };
    },
    open(where, { box, commitment }) {
      const nonce = Buffer.from(commitment, "hex").subarray(0, nonceBytes);
      const filled = unlocked(boxKey, { nonce, about: where, text: Buffer.from(box, "base64") })?.toString("utf8");
      if (filled === undefined) return undefined;
      const isKept = timingSafeEqual(committed(where, filled), hmacSized(commitment));
      return isKept ? filled.trimEnd() : undefined;
    },
  };
}

const hmac = (key: Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** A commitment of another length is none, and is compared with nothing. */
function hmacSized(commitment: string): Buffer {
  const bytes = Buffer.from(commitment, "hex");
  return bytes.length === 32 ? bytes : Buffer.alloc(32);
}

export interface Locking {
  readonly nonce: Uint8Array;
  /** What it is about; it opens for nothing else. */
  readonly about: string;
  readonly text: Uint8Array;
}

/** Encrypted, with the tag behind. */
export function locked(key: Uint8Array, { about, nonce, text }: Locking): Buffer {
  const locking = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([locking.update(text), locking.final(), locking.getAuthTag()]);
}

/** `undefined`: it was not locked with this key, this nonce and about this. */
export function unlocked(key: Uint8Array, { about, nonce, text }: Locking): Buffer | undefined {
  if (nonce.length !== nonceBytes || text.length < tagBytes) return undefined;
  const end = text.length - tagBytes;
  const unlocking = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  unlocking.setAAD(Buffer.from(about)).setAuthTag(text.subarray(end));
  try {
    return Buffer.concat([unlocking.update(text.subarray(0, end)), unlocking.final()]);
  } catch {
    return undefined;
  }
}

export const lockNonceBytes: number = nonceBytes;
