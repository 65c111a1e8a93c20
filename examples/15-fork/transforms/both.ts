interface Parts {
  readonly box: boolean;
  readonly label: boolean;
}

interface Answer {
  readonly outcome: "SUCCESS";
  readonly value: { readonly whole: boolean };
}

/** A parcel has a box and a label. */
export function execute({ box, label }: Parts): Answer {
  return { outcome: "SUCCESS", value: { whole: box && label } };
}
