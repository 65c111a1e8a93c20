import type { Position } from "./problem.ts";

/**
 * A document whose every value knows where it stands.
 *
 * Readers of all dialects produce it, so a problem found ten stages later still points at the author's own line. A
 * value that was moved to another document says by its `path`, a JSON pointer, where its author wrote it.
 */
export type Located = LocatedScalar | LocatedList | LocatedMap;

export interface LocatedScalar {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  readonly at: Position;
  readonly path?: string;
}

export interface LocatedList {
  readonly kind: "list";
  readonly items: readonly Located[];
  readonly at: Position;
  readonly path?: string;
}

export interface LocatedMap {
  readonly kind: "map";
  /** In the order of the file. Keys are unique. */
  readonly entries: readonly LocatedEntry[];
  readonly at: Position;
  readonly path?: string;
}

export interface LocatedEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: Located;
}
