/** Lower-case hex of the SHA-256 of the UTF-8 bytes of a text. The platform's, handed in: core computes no hashes. */
export type Sha256 = (text: string) => string;

/** `sha256:<hex>`, as every digest is written. */
export type Digest = string;

export const digestOf = (sha256: Sha256, text: string): Digest => `sha256:${sha256(text)}`;
