import { lineChanges } from "./append-only.ts";
import { documentChanges } from "./document.ts";
import type { StoreKind } from "./kinds.ts";
import type { Changes } from "./operation.ts";
import { registryChanges } from "./registry.ts";

/** What a kind of store knows of the records that are written into it. */
export const changesOf: { readonly [kind in StoreKind]: Changes } = {
  registry: registryChanges,
  "append-only": lineChanges,
  document: documentChanges,
  "name-registry": documentChanges,
};
