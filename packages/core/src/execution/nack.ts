/** Why a field was not admitted. */
export interface Nack {
  /** `supplier.email`, `tags[2]`. */
  readonly field: string;
  readonly code: NackCode;
  readonly message: string;
}

export type NackCode =
  | "REQUIRED"
  | "TYPE"
  | "ENUM"
  | "MIN_LENGTH"
  | "MAX_LENGTH"
  | "MINIMUM"
  | "MAXIMUM"
  | "MULTIPLE_OF"
  | "PATTERN"
  | "FORMAT"
  | "UNIQUE"
  | "MIN_FIELDS"
  | "MAX_FIELDS"
  | "ANY_OF"
  | "UNDECLARED"
  | "ACTOR"
  /** Something secret was refused, and a log does not tell why. */
  | "SECRET";
