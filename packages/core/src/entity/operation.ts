import type { Json } from "../value/json.ts";

/** One operation on a store of our own, as data, from a closed set. Its outcome is computed inside the transaction. */
export interface EntityOperation {
  /** `registry.REGISTER`, … */
  readonly name: string;
  /** The identity of the store: `demo::STRUCTURE_GREET_V0/GREETED`. */
  readonly store: string;
  readonly input: { readonly [name: string]: Json };
  /** Unique to the request and derived from its position: where an operation needs a fresh name, it is made of this. */
  readonly nonce: string;
}

/** What an operation did. The adapter writes it, whole, in the transaction that reads. */
export interface Applied {
  readonly outcome: string;
  readonly value: Json;
  readonly writes: readonly EntityWrite[];
  /** A line for the store's journal, which is also what the projected file shows. */
  readonly journal?: Json;
}

/** `value` absent: the key is removed. */
export interface EntityWrite {
  readonly key: string;
  readonly value?: Json;
}

/** Reads one key of the store that an operation is about, inside the transaction. */
export type EntityReader = (key: string) => Json | undefined;
