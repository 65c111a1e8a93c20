/** Who draws entropy: the host that drives the execution. No handler of anybody is called so. */
export const entropyHandler = "@entropy";

/** How much is drawn at once, in bits: as much as BIP-39 makes words of. */
export const entropySizes: readonly number[] = [128, 160, 192, 224, 256];
