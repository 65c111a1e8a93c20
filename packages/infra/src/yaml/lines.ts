import type { Position } from "@omnibase/core";

/** Where an offset stands. Columns count UTF-16 units, as editors do. */
export type Locate = (offset: number) => Position;

/** Line ends are `\n` alone: the reader has made them so. */
export function locateIn(text: string, file: string): Locate {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);

  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (Number(starts[middle]) <= offset) low = middle;
      else high = middle;
    }
    return { file, line: low + 1, column: offset - Number(starts[low]) + 1 };
  };
}
