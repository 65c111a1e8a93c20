interface Input {
  readonly sequences?: unknown;
}

interface Answer {
  readonly outcome: "SUCCESS" | "VIOLATION";
  readonly value: { readonly all_terminate?: boolean; readonly non_terminating?: readonly string[] };
}

/** Whether every sequence ends with 1, and which do not. */
export function execute({ sequences }: Input): Answer {
  if (typeof sequences !== "object" || sequences === null || Array.isArray(sequences)) {
    return { outcome: "VIOLATION", value: {} };
  }
  const endless = Object.entries(sequences).flatMap(([seed, sequence]) =>
    Array.isArray(sequence) && sequence[sequence.length - 1] === 1 ? [] : [seed],
  );
  return { outcome: "SUCCESS", value: { all_terminate: endless.length === 0, non_terminating: endless } };
}
