import { admit } from "../../execution/admit.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import { misfit } from "../field-rules.ts";
import { fieldOf, type ScopeView, type Site } from "../view.ts";

/** What is bound has the type that the other side declares; a literal obeys all its rules. */
export const typesFit = ({ sites }: ScopeView): readonly Problem[] => sites.flatMap(ofSite);

function ofSite({ expression, lookup, expects }: Site): readonly Problem[] {
  if (expects === undefined) return [];
  const { name, field, code } = expects;
  const why =
    expression.kind === "literal"
      ? admit({ [name]: field }, { [name]: expression.value }).nack[0]?.message
      : misfit(fieldOf(expression, lookup), field);
  return why === undefined ? [] : [problemAt(expression.spot, code, `${name}: ${why}`)];
}
