/** What one numbered point of an issue came to. */
export interface Verdict {
  readonly pass: boolean;
  /** Figures, as `name=value`. */
  readonly facts: { readonly [name: string]: string | number };
  /** Planted faults: each must be noticed, or the check is one that cannot fail. */
  readonly controls: readonly Control[];
}

export interface Control {
  readonly name: string;
  readonly red: boolean;
}

export interface Point {
  readonly number: number;
  readonly name: string;
  judge(): Promise<Verdict> | Verdict;
}

export const holds = ({ controls, pass }: Verdict): boolean =>
  pass && controls.length > 0 && controls.every(({ red }) => red);

/** `spine.3 durability PASS kills=512 lost=0 controls=6/6 red` */
export function lineOf(issue: string, { name, number }: Point, verdict: Verdict): string {
  const red = verdict.controls.filter((control) => control.red).length;
  const facts = Object.entries(verdict.facts).map(([fact, value]) => `${fact}=${String(value)}`);
  const controls = `controls=${String(red)}/${String(verdict.controls.length)} red`;
  return [`${issue}.${String(number)}`, name, holds(verdict) ? "PASS" : "FAIL", ...facts, controls].join(" ");
}
