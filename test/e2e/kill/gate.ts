/** Who looks at a data root, and who takes away what a loss of power takes, come one after the other. */
export interface Gate {
  pass<T>(work: () => Promise<T>): Promise<T>;
}

export function newGate(): Gate {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    pass(work) {
      const turn = tail.then(work);
      tail = turn.catch(() => undefined);
      return turn;
    },
  };
}
