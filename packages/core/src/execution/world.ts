import type { Json } from "../value/json.ts";
import type { Sha256 } from "../value/sha256.ts";

/** Pure code: the same input, the same answer, on every host and in every year. */
export type PureTransform = (input: { readonly [name: string]: Json }) => TransformAnswer;

export interface TransformAnswer {
  readonly outcome: string;
  readonly value: Json;
}

/** A host did not let code come to its end. That is no answer of the code, so no edge takes it. */
export class TransformFault extends Error {
  override readonly name = "TransformFault";
  readonly retryable = true;
}

/** What the machine needs from outside and may not have of its own. */
export interface World {
  /** By the sealed name, `std.generate_id@1`. */
  transform(implementation: string): PureTransform | undefined;
  /** What the snapshot seals under a name, for whoever must find it again. Absent: nobody knows more than the name. */
  readonly sealedAs?: (implementation: string) => string | undefined;
  /**
   * What a log says of code that its host did not let come to its end at a position: a replay takes it as given, because
   * another host might have. Absent: nobody knows, so the code is called.
   */
  readonly stoppedAt?: (position: string) => string | undefined;
  readonly sha256: Sha256;
  /**
   * Whether the segment shall be cut here, after so many pure steps. Where a record was cut is given: a host says so by
   * its budget of steps and time, a replay says what the log says.
   */
  pause(steps: number): boolean;
}
