export interface Violation {
  readonly oracle: OracleName;
  readonly detail: string;
}

export type OracleName =
  /** Acknowledged, and not there, or not as it was. */
  | "lost"
  /** Done twice, or recorded twice. */
  | "doubled"
  /** An effect that may be repeated was given up as unknown. */
  | "unknown-idempotent"
  /** The log is no chain, or does not follow from what was given. */
  | "chain"
  /** What the log says is not what the receiver said. */
  | "untrue"
  /** A retry came too early, twice or never. */
  | "timer"
  /** The key of an effect is not the one key. */
  | "key"
  /** Something that was promised an end has none. */
  | "stuck"
  /** Something is there that nobody asked for. */
  | "invented"
  /** A process or a reply was not what it must be. */
  | "conduct";
