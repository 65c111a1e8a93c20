interface Member {
  /** Books that are out already. */
  readonly books: number;
  readonly limit: number;
}

interface Answer {
  readonly outcome: "SUCCESS";
  readonly value: { readonly may: boolean; readonly left: number };
}

/** Whether a member may borrow one book more, and how many are left then. */
export function execute({ books, limit }: Member): Answer {
  const may = books < limit;
  return { outcome: "SUCCESS", value: { may, left: may ? limit - books - 1 : 0 } };
}
