import type { PureTransform } from "@omnibase/core";

/** Hands its input on, unchanged. */
export const passthrough: PureTransform = (input) => ({ outcome: "SUCCESS", value: input });
