import { createHash } from "node:crypto";
import type { Json, JsonObject } from "@omnibase/core";
import type { Commit, Committed, CommitOperation, Creation, ExecutionKey, Import, Store } from "@omnibase/spi";

/** Opens the same store again and again; what a durable one was told is still there. */
export interface StoreBench {
  open(): Promise<Store>;
  /** Removes what it left behind. Every store is closed by then. */
  dispose?(): Promise<void>;
}

/** What one case works with. */
export interface Opened {
  readonly store: Store;
  /** Closes it and opens it anew; a store that lacks durability is left open instead. */
  readonly reopened: () => Promise<Store>;
  /** Opens it once more, whatever it lacks. */
  readonly openedAnew: () => Promise<Store>;
}

export interface Case {
  readonly name: string;
  readonly run: (opened: Opened) => Promise<void>;
}

export const key = (execution: string, tenant = "t"): ExecutionKey => ({ tenant, execution });

export const creation = (change: Partial<Creation> = {}): Creation => ({
  workflow: "demo::WF_A_V0",
  snapshot: "sha256:aa",
  request: "sha256:bb",
  startedMs: 1_000,
  principal: "ada",
  ...change,
});

/** The first commit of an execution: one record, unless told otherwise. */
export const start = (execution: string, change: Partial<Commit> = {}): Commit => ({
  key: key(execution),
  expected: 0,
  records: [record(1)],
  create: creation(),
  ...change,
});

/** A further commit: one record behind `expected`. */
export const append = (execution: string, expected: number, change: Partial<Commit> = {}): Commit => ({
  key: key(execution),
  expected,
  records: [record(expected + 1)],
  ...change,
});

/** A store keeps bytes; what they say is not its business. */
export const record = (revision: number, body: JsonObject = {}): string =>
  JSON.stringify({ at: "2026-11-21T10:00:00.000Z", body, prev: null, revision, type: "Passed" });

export const records = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => record(from + index));

export const registryOf = "demo::STRUCTURE_A_V0/NAMES";

/** An operation on a registry, at the place `keep`, on behalf of one request. */
export const operation = (
  name: string,
  input: { readonly [name: string]: Json },
  change: { readonly nonce?: string; readonly store?: string } = {},
): CommitOperation => ({
  place: "CC_A/keep",
  attempt: 1,
  atMs: 2_000,
  prev: digest(record(1)),
  operation: {
    name: `registry.${name}`,
    store: change.store ?? registryOf,
    input,
    nonce: change.nonce ?? hex(JSON.stringify([name, input])),
  },
});

/** Starts an execution whose first commit registers a key, in its own name. */
export const registering = (execution: string, registered: string, change: Partial<Commit> = {}): Commit =>
  start(execution, { operation: operation("REGISTER", { key: registered }, { nonce: hex(execution) }), ...change });

export const imported = (change: Partial<Import> = {}): Import => ({
  store: registryOf,
  file: "registry/names.jsonl",
  digest: "sha256:f1",
  entities: [
    { key: "key/old", value: { address: "ADDR_1" } },
    { key: "address/ADDR_1", value: "old" },
    { key: "count", value: 1 },
  ],
  journal: [{ address: "ADDR_1", key: "old" }],
  ...change,
});

export const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
export const digest = (line: string): string => `sha256:${hex(line)}`;

export const kinds = (answers: readonly Committed[]): readonly string[] => answers.map(({ kind }) => kind).toSorted();

/** What the operation of a commit came to; no answer where it was not committed. */
export const outcomeOf = (answer: Committed): string | undefined =>
  answer.kind === "committed" ? answer.settled?.outcome : undefined;

export const executionsIn = (rows: readonly { readonly execution: string }[]): readonly string[] =>
  rows.map(({ execution }) => execution);
