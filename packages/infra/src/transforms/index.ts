import type { PureTransform } from "@omnibase/core";
import { generateId } from "./generate-id.ts";
import { passthrough } from "./passthrough.ts";

/** Pure code that comes with the house, by the name and version that a snapshot seals. A change makes a new version. */
export const builtinTransforms: { readonly [implementation: string]: PureTransform } = {
  "std.generate_id@1": generateId,
  "std.passthrough@1": passthrough,
};
