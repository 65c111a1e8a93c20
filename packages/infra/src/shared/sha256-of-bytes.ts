import { hash } from "node:crypto";

/** Of bytes as they are, whatever they spell. */
export const sha256OfBytes = (bytes: Uint8Array): string => hash("sha256", bytes);
