import type { Json, JsonObject } from "../value/json.ts";

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
  /** A line for the store's journal. The projected file of a registry and of an append-only store shows these lines. */
  readonly journal?: Json;
  /** What was told by what was written. It is stored in the same transaction, as if an exit had emitted it. */
  readonly event?: EmittedEvent;
}

/** A fact that something told whoever may ask: its identity and its fields. */
export interface EmittedEvent {
  /** `shop::EV_PAID_V0` */
  readonly event: string;
  readonly fields: JsonObject;
  readonly atMs: number;
}

/** What a file brings into a store. */
export interface StoreImport {
  readonly entities: readonly Required<EntityWrite>[];
  /** The file's own lines, so the projection shows what was there. */
  readonly journal: readonly Json[];
}

/** `value` absent: the key is removed. */
export interface EntityWrite {
  readonly key: string;
  readonly value?: Json;
}

/** What one write does to a record of the store's, as its users know it. */
export interface RecordChange {
  /** What it is stored under; in an append-only store, its stream. */
  readonly key: Json | undefined;
  /** Absent: it is new. In an append-only store, what was last appended to its stream. */
  readonly before: Json | undefined;
  /** Absent: it is removed. */
  readonly after: Json | undefined;
}

/** Which records the writes of an operation change, read before they are written. */
export type Changes = (applied: Pick<Applied, "writes">, reader: Pick<EntityReader, "get">) => readonly RecordChange[];

/** Reads the store that an operation is about, inside the transaction. */
export interface EntityReader {
  get(key: string): Json | undefined;
  /** Every key, in the order of their code units. Costs as much as the store is large. */
  keys(): readonly string[];
}

/** What one operation does. `atMs` is the `at` of the record that will say so: the only time there is. */
export type Perform = (operation: EntityOperation, reader: EntityReader, atMs: number) => Applied;

export const says = (outcome: string, value: Json = {}): Applied => ({ outcome, value, writes: [] });
