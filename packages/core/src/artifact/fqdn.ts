import { parseIdentifier } from "../value/identifier.ts";

/** `namespace::CODE`, the identity of an artifact. */
export interface Fqdn {
  readonly namespace: string;
  readonly code: string;
}

export const identityOf = (namespace: string, code: string): string => `${namespace}::${code}`;

export function parseFqdn(given: string): Fqdn | undefined {
  const between = given.indexOf("::");
  const namespace = given.slice(0, Math.max(between, 0));
  const code = given.slice(between + 2);
  return parseIdentifier(namespace, "namespace").ok && parseIdentifier(code, "name").ok
    ? { namespace, code }
    : undefined;
}
