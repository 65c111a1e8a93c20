/** A place in a text: lines and columns count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Leads from a place in what is executed to the place in what was written. */
export type Tracing = (at: TextPlace) => TextPlace;

/** Reads the `mappings` of a source map (version 3) of one source. */
export function tracingOf(mappings: string): Tracing {
  const lines = decoded(mappings);
  return ({ column, line }) => {
    const segments = lines[line - 1] ?? [];
    const found = segments.findLast((one) => one.column <= column - 1) ?? segments[0];
    return found === undefined ? { line, column: 1 } : { line: found.source.line, column: found.source.column };
  };
}

interface Segment {
  /** In what is executed, from 0. */
  readonly column: number;
  readonly source: TextPlace;
}

function decoded(mappings: string): readonly (readonly Segment[])[] {
  const source = { line: 0, column: 0 };
  return mappings.split(";").map((line) => {
    let at = 0;
    return line.split(",").flatMap((text): readonly Segment[] => {
      const [toColumn, , toSourceLine, toSourceColumn] = numbersIn(text);
      if (toColumn === undefined) return [];
      at += toColumn;
      if (toSourceLine === undefined || toSourceColumn === undefined) return [];
      source.line += toSourceLine;
      source.column += toSourceColumn;
      return [{ column: at, source: { line: source.line + 1, column: source.column + 1 } }];
    });
  });
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base 64, five bits a digit, the sign in the lowest. */
function numbersIn(text: string): readonly number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const digit of text) {
    const bits = digits.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if ((bits & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
