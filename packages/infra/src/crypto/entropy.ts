import { randomBytes } from "node:crypto";
import type { Entropy } from "@omnibase/spi";

/** The chance of this machine. */
export const systemEntropy: Entropy = { draw: (bytes) => randomBytes(bytes) };
