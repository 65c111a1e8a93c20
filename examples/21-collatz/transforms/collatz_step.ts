interface Input {
  readonly numbers: readonly unknown[];
}

interface Answer {
  readonly outcome: "SUCCESS" | "VIOLATION";
  readonly value: { readonly sequences?: Readonly<Record<string, readonly number[]>> };
}

/** For each number the whole sequence from it down to 1. */
export function execute({ numbers }: Input): Answer {
  const sequences: Record<string, readonly number[]> = {};
  for (const number of numbers) {
    const sequence = sequenceFrom(number);
    if (sequence === undefined) return { outcome: "VIOLATION", value: {} };
    sequences[String(number)] = sequence;
  }
  return { outcome: "SUCCESS", value: { sequences } };
}

/** `undefined`: the conjecture does not speak of it, or it grows beyond what can be counted exactly. */
function sequenceFrom(number: unknown): readonly number[] | undefined {
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return undefined;
  const sequence = [number];
  for (let at = number; at !== 1; sequence.push(at)) {
    at = at % 2 === 0 ? at / 2 : 3 * at + 1;
    if (!Number.isSafeInteger(at)) return undefined;
  }
  return sequence;
}
