interface Height {
  readonly n: number;
}

interface Answer {
  readonly outcome: "SUCCESS";
  readonly value: { readonly n: number; readonly down: boolean };
}

/** Halves what is even, and makes three times and one of what is odd. It is down at one. */
export function execute({ n }: Height): Answer {
  const next = n % 2 === 0 ? n / 2 : 3 * n + 1;
  return { outcome: "SUCCESS", value: { n: next, down: next === 1 } };
}
