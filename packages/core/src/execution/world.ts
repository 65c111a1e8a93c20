import type { Json } from "../value/json.ts";
import type { Sha256 } from "../value/sha256.ts";

/** Pure code: the same input, the same answer, on every host and in every year. */
export type PureTransform = (input: { readonly [name: string]: Json }) => TransformAnswer;

export interface TransformAnswer {
  readonly outcome: string;
  readonly value: Json;
}

/** What the machine needs from outside and may not have of its own. */
export interface World {
  /** By the sealed name, `std.generate_id@1`. */
  transform(implementation: string): PureTransform | undefined;
  /** What the snapshot seals under a name, for whoever must find it again. Absent: nobody knows more than the name. */
  readonly sealedAs?: (implementation: string) => string | undefined;
  readonly sha256: Sha256;
  /**
   * Whether the segment shall be cut here, after so many pure steps. Where a record was cut is given: a host says so by
   * its budget of steps and time, a replay says what the log says.
   */
  pause(steps: number): boolean;
}
