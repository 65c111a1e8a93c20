import type { Fields } from "./field.ts";

// Types and no interfaces: they travel as JSON, and only types are known to be JSON.

/** What the records of a store are, and how each of them may change. */
export type EntityRules = {
  /** The attribute by which a record is known: it is the key under which it is stored. */
  readonly identity: string;
  readonly attributes: Fields;
  readonly lifecycle?: Lifecycle;
};

/** A record begins at one stage, and moves only where it may. */
export type Lifecycle = {
  /** The attribute that says the stage. */
  readonly field: string;
  readonly initial: string;
  /** Stage → the stages at which a record may be after a change; that it stays where it is included. No entry: it ends there. */
  readonly next: { readonly [stage: string]: readonly string[] };
};
