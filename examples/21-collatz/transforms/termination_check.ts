interface Input {
  readonly sequences: Readonly<Record<string, readonly number[]>>;
}

interface Answer {
  readonly outcome: "SUCCESS";
  readonly value: { readonly all_terminate: boolean; readonly non_terminating: readonly string[] };
}

/** Whether every sequence ends with 1, and which do not. */
export function execute({ sequences }: Input): Answer {
  const endless = Object.entries(sequences).flatMap(([seed, sequence]) => (sequence.at(-1) === 1 ? [] : [seed]));
  return { outcome: "SUCCESS", value: { all_terminate: endless.length === 0, non_terminating: endless } };
}
