import { entropySizes, isObject } from "@omnibase/core";
import type { Answer, Entropy, Handler } from "@omnibase/spi";

/** Draws for whoever asks, once for each attempt. What was drawn counts when it is recorded, and not before. */
export const entropyDrawer = (entropy: Entropy): Pick<Handler, "handle"> => ({
  handle: ({ input }) => Promise.resolve(drawn(entropy, isObject(input) ? input["entropy_bits"] : undefined)),
});

function drawn(entropy: Entropy, bits: unknown): Answer {
  if (typeof bits !== "number" || !entropySizes.includes(bits))
    return { kind: "done", outcome: "VIOLATION", value: {} };
  const hex = [...entropy.draw(bits / 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { kind: "done", outcome: "SUCCESS", value: { entropy_bytes: `0x${hex}` } };
}
