import type { Expression } from "../../artifact/expression.ts";
import { problemAt } from "../../artifact/spot.ts";
import { canonical } from "../../value/canonical.ts";
import type { Problem } from "../../value/problem.ts";
import type { LinkedAdmission, LinkedClause, LinkedEvents } from "../link-admission.ts";
import type { LinkedWorkflow } from "../linked.ts";
import { admissionPlace } from "../lower-admission.ts";
import { spelled } from "../view.ts";

/** A gate can open and can close, and everything that is written in it has a part in that. */
export function admissionCanDecide({ admission, workflow }: LinkedWorkflow): readonly Problem[] {
  if (admission === undefined) return [];
  const { clauses, spot, unused } = admission;
  const taken = workflow.nodes.entries.get(admissionPlace);
  return [
    ...(clauses.length === 0 ? [problemAt(spot, "ADMISSION_CONTRADICTION", "it requires and forbids nothing")] : []),
    ...unused.map((at) =>
      problemAt(at, "ADMISSION_BINDING_UNUSED", "no clause takes the fields of this event from here"),
    ),
    ...clauses.flatMap((clause) => contradictionIn(clause)),
    ...contradictionsAmong(admission),
    ...(taken === undefined ? [] : [problemAt(taken.spot, "NAME_DUPLICATE", "the gate before the start is called so")]),
  ];
}

function contradictionIn({ after, asked, atLeast, atMost }: LinkedClause): readonly Problem[] {
  const wrong = [atLeast, ...(atMost === undefined ? [] : [atMost])].find(
    ({ value }) => !Number.isSafeInteger(value) || value < 0,
  );
  if (wrong !== undefined)
    return [problemAt(wrong.spot, "ADMISSION_CONTRADICTION", "a count is a whole number from 0")];
  if (atMost !== undefined && atLeast.value > atMost.value) {
    const message = `at least ${String(atLeast.value)} is more than at most ${String(atMost.value)}`;
    return [problemAt(atMost.spot, "ADMISSION_CONTRADICTION", message)];
  }
  if (atLeast.value === 0 && atMost === undefined) {
    return [problemAt(atLeast.spot, "ADMISSION_CONTRADICTION", "at least 0 is always so")];
  }
  if (after !== undefined && textOf(after) === textOf(asked)) {
    return [problemAt(after.spot, "ADMISSION_CONTRADICTION", "nothing is later than the latest of its kind")];
  }
  return [];
}

/** Two clauses about the same events that leave no count between them. */
function contradictionsAmong({ clauses }: LinkedAdmission): readonly Problem[] {
  const bounds = new Map<string, Bounds>();
  return clauses.flatMap((clause) => {
    const asked = `${textOf(clause.asked)} ${clause.after === undefined ? "" : textOf(clause.after)}`;
    const before = bounds.get(asked);
    bounds.set(asked, before === undefined ? { least: clause, most: clause } : tightened(before, clause));
    const other = before && rivalOf(before, clause);
    if (other === undefined) return [];
    const message = `${clause.name} and ${other.name} never hold together`;
    return [problemAt(clause.asked.spot, "ADMISSION_CONTRADICTION", message)];
  });
}

/** The clauses about the same events that demand the most, and that admit the fewest. */
interface Bounds {
  readonly least: LinkedClause;
  readonly most: LinkedClause;
}

const tightened = ({ least, most }: Bounds, clause: LinkedClause): Bounds => ({
  least: clause.atLeast.value > least.atLeast.value ? clause : least,
  most: mostOf(clause) < mostOf(most) ? clause : most,
});

function rivalOf({ least, most }: Bounds, clause: LinkedClause): LinkedClause | undefined {
  if (least.atLeast.value > mostOf(clause)) return least;
  return clause.atLeast.value > mostOf(most) ? most : undefined;
}

const mostOf = ({ atMost }: LinkedClause): number => atMost?.value ?? Infinity;

const textOf = ({ identity, where }: LinkedEvents): string =>
  canonical([identity, Object.fromEntries(where.map(({ key, value }) => [key, valueText(value)]))]);

/** What is neither a path nor a literal is like nothing else; that it cannot stand here is said elsewhere. */
function valueText(value: Expression): string {
  if (value.kind === "path") return spelled(value);
  return value.kind === "literal" ? canonical(value.value) : value.spot.path;
}
