import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { limits } from "../value/limits.ts";
import { utf8Length } from "../value/utf8-length.ts";

/** What one answer of an operation may list: it stands in a record of the log. */
export interface Fitting<T> {
  readonly taken: readonly T[];
  /** Whether that is all there was. */
  readonly whole: boolean;
}

/** As many values as fit into one answer, at least one, in the order in which they come. The others are not asked for. */
export function fitting<T extends Json>(values: Iterable<T>): Fitting<T> {
  const taken: T[] = [];
  let bytes = 0;
  for (const value of values) {
    bytes += utf8Length(canonical(value)) + 1;
    if (bytes > limits.recordBytesMax && taken.length > 0) return { taken, whole: false };
    taken.push(value);
  }
  return { taken, whole: true };
}
