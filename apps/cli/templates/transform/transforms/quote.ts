interface Asked {
  readonly cents: number;
  readonly pieces: number;
}

interface Answer {
  readonly outcome: "SUCCESS";
  readonly value: { readonly allowed: boolean; readonly total: number };
}

/** Ten pieces and more are a tenth cheaper; more than a hundred are for a person to decide. */
export function execute({ cents, pieces }: Asked): Answer {
  const full = cents * pieces;
  const total = pieces >= 10 ? Math.round(full * 0.9) : full;
  return { outcome: "SUCCESS", value: { allowed: pieces <= 100, total } };
}
