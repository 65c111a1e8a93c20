import type { Sha256 } from "./sha256.ts";

/**
 * The id of the execution that a start key stands for: whoever sends the key again names the same execution.
 *
 * A UUID of version 8 (RFC 9562). Tenants and keys hold no line end, so no two pairs are the same text.
 */
export function executionIdOf(tenant: string, key: string, sha256: Sha256): string {
  const hex = sha256(`omnibase-execution\n${tenant}\n${key}`);
  return uuid(hex.slice(0, 12), `8${hex.slice(12, 15)}`, hex.slice(15, 31));
}

/** A UUID of version 7: ids that were made later sort later. `entropy` is at least twenty random hexadecimal digits. */
export const executionIdAt = (atMs: number, entropy: string): string =>
  uuid(atMs.toString(16).padStart(12, "0"), `7${entropy.slice(0, 3)}`, entropy.slice(3, 19));

/** The first digit of the last part says the variant, and only two of its bits are free. */
function uuid(time: string, version: string, rest: string): string {
  const variant = ((Number.parseInt(rest.slice(0, 1), 16) & 0x3) | 0x8).toString(16);
  return [time.slice(0, 8), time.slice(8, 12), version, `${variant}${rest.slice(1, 4)}`, rest.slice(4, 16)].join("-");
}
