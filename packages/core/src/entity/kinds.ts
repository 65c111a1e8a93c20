/** Families of operations on stores of our own. */
export const storeKinds = ["registry", "append-only", "document", "name-registry"] as const;

/** Which family keeps a store. */
export type StoreKind = (typeof storeKinds)[number];
