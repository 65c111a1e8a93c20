import type { Json, PureTransform } from "@omnibase/core";

type Answer = ReturnType<PureTransform>;

export const success = (value: { readonly [name: string]: Json }): Answer => ({ outcome: "SUCCESS", value });

/** The business says no, and to which input. */
export const violation = (field: string, message: string): Answer => ({
  outcome: "VIOLATION",
  value: { field, message },
});
