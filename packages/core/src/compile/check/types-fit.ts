import type { Expression } from "../../artifact/expression.ts";
import { meantHint } from "../../artifact/nearest.ts";
import { admit } from "../../execution/admit.ts";
import { problemAt, type Spot } from "../../artifact/spot.ts";
import type { Field } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import { misfit } from "../field-rules.ts";
import { fieldOf, type Lookup, type ScopeView, type Site } from "../view.ts";

/** What is bound has the type that the other side declares, also inside; a literal obeys all its rules. */
export const typesFit = ({ sites }: ScopeView): readonly Problem[] => sites.flatMap(ofSite);

function ofSite({ expression, lookup, expects }: Site): readonly Problem[] {
  if (expects === undefined) return [];
  const { code, field, name } = expects;
  return misfitsIn(expression, field, { name, lookup }).map(({ more, name: where, spot, why }) =>
    problemAt(spot, code, `${where}: ${why}`, more),
  );
}

interface Misfit {
  /** `supplier.email`, `tags[2]`. */
  readonly name: string;
  readonly spot: Spot;
  readonly why: string;
  readonly more?: { readonly hint?: string };
}

interface Inside {
  readonly name: string;
  readonly lookup: Lookup;
}

/** An object of which nothing is declared may hold anything. */
const mayHold = ({ fields, others }: Field, key: string): boolean =>
  fields === undefined || others !== undefined || Object.hasOwn(fields, key);

/** What is written out is looked into, so that each misfit is told where it stands. */
function misfitsIn(expression: Expression, field: Field, { lookup, name }: Inside): readonly Misfit[] {
  const { spot } = expression;
  if (expression.kind === "object" && field.type === "object") {
    const given = new Map(expression.fields.map(({ key, value }) => [key, value]));
    const strays = expression.fields.filter(({ key }) => !mayHold(field, key));
    const known = Object.keys(field.fields ?? {});
    const stray = strays.map(({ key, spot: at }): Misfit => {
      return { name, spot: at, why: `nothing is declared under ${key}`, more: meantHint(key, known) };
    });
    const misfits = Object.entries(field.fields ?? {}).flatMap(([key, wanted]) => {
      const value = given.get(key);
      if (value !== undefined) return misfitsIn(value, wanted, { name: `${name}.${key}`, lookup });
      return wanted.required ? [{ name, spot, why: `an object without ${key}, which is required` }] : [];
    });
    return [...stray, ...misfits];
  }
  const { items } = field;
  if (expression.kind === "list" && field.type === "array" && items !== undefined) {
    return expression.items.flatMap((item, index) =>
      misfitsIn(item, items, { name: `${name}[${String(index)}]`, lookup }),
    );
  }
  const why =
    expression.kind === "literal"
      ? admit({ [name]: field }, { [name]: expression.value }).nack[0]?.message
      : misfit(fieldOf(expression, lookup), field);
  return why === undefined ? [] : [{ name, spot, why }];
}
