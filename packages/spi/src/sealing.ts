import type { Sealer } from "@omnibase/core";
import type { ExecutionKey } from "./execution.ts";

/**
 * Keys under which the secrets of single executions are stored. Deleting one erases them, so it lies nowhere but in the
 * store, wrapped.
 *
 * 1. **One each.** A key is new, and a wrapped key opens for the execution that it was made for, on this data root, and
 *    for no other.
 * 2. **Deterministic.** A sealer closes the same text at the same place to the same commitment and box, in every process.
 * 3. **Salted.** Without the key neither says anything of the text but, roughly, how long it is; equal texts at two
 *    places look different.
 * 4. **Honest.** What was changed, moved to another place or closed under another key does not open.
 */
export interface Sealing {
  /** A new key, as it is to be stored. */
  newKey(of: ExecutionKey): string;
  /** `undefined`: nobody can open it here any more. */
  sealer(of: ExecutionKey, wrapped: string): Sealer | undefined;
}

/** The key of the data root is there, and cannot be used as it stands. */
export class SealingFault extends Error {
  override readonly name = "SealingFault";
  readonly retryable = false;
}
