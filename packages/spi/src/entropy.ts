/**
 * Chance as an input. What is drawn is recorded where it enters, and never drawn again for the same place.
 *
 * 1. **Unpredictable.** Nobody can tell the next bytes from those before, and no two draws have anything in common.
 * 2. **Whole.** There are as many bytes as were asked for, at once.
 */
export interface Entropy {
  draw(bytes: number): Uint8Array;
}
