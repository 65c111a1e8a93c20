interface Line {
  readonly at: number;
  readonly cents: number;
  readonly count: number;
}

interface Answer {
  readonly outcome: "SUCCESS" | "VIOLATION";
  readonly value: { readonly line?: string; readonly total?: number };
}

/** What a line of a bill costs. Nothing is sold in parts. */
export function execute({ at, cents, count }: Line): Answer {
  if (!Number.isInteger(count) || count < 1) return { outcome: "VIOLATION", value: {} };
  return { outcome: "SUCCESS", value: { line: `line ${String(at + 1)}`, total: cents * count } };
}
