import type { Expression } from "../../artifact/expression.ts";
import { problemAt, type Spot } from "../../artifact/spot.ts";
import { isSecret, type Field } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import { returnedAtAll } from "../callable.ts";
import type { LinkedContract, LinkedStep } from "../linked.ts";
import { isUnknown, spelled, type Lookup, type ScopeView, type Site } from "../view.ts";

/** A secret is passed on only to what takes secrets: not to URLs and bodies, not to people, events or results. */
export const secretsStaySecret = ({ sites }: ScopeView): readonly Problem[] => sites.flatMap(ofSite);

function ofSite({ expects, expression, isName, lookup }: Site): readonly Problem[] {
  if (isName === true) return [];
  const whither = expects === undefined ? "what is no input for secrets" : expects.name;
  return leaksIn(expression, expects?.field, lookup).map(({ spot, what }) =>
    problemAt(spot, "SECRET_FLOW", `${what} is secret, and goes to ${whither}`),
  );
}

interface Leak {
  readonly spot: Spot;
  readonly what: string;
}

/** What is written out is looked into, so that a secret may stand beside what is none. */
function leaksIn(expression: Expression, to: Field | undefined, lookup: Lookup): readonly Leak[] {
  if (to?.secret === true) return [];
  switch (expression.kind) {
    case "path": {
      const found = lookup(expression);
      return !isUnknown(found) && leaks(found.field, to) ? [{ spot: expression.spot, what: spelled(expression) }] : [];
    }
    case "object":
      return expression.fields.flatMap(({ key, value }) => leaksIn(value, to?.fields?.[key], lookup));
    case "list":
      return expression.items.flatMap((item) => leaksIn(item, to?.items, lookup));
    case "literal":
    case "timestamp":
      return [];
  }
}

function leaks({ fields = {}, items, secret }: Field, to: Field | undefined): boolean {
  if (to?.secret === true) return false;
  if (secret === true) return true;
  const inside = Object.entries(fields).some(([name, field]) => leaks(field, to?.fields?.[name]));
  return inside || (items !== undefined && leaks(items, to?.items));
}

/** What a step returns is recorded, by value or by digest, and nothing keeps a value in a log that nobody may read. */
export const nothingRecordsSecrets = ({ steps }: LinkedContract): readonly Problem[] => steps.flatMap(ofStep);

function ofStep({ callable, step }: LinkedStep): readonly Problem[] {
  if (callable === undefined) return [];
  const returned = Object.entries(returnedAtAll(callable)).flatMap(([name, field]) => (isSecret(field) ? [name] : []));
  if (returned.length === 0) return [];
  const message = `${callable.identity} returns ${returned.join(", ")}, which is secret, and what a step returns is recorded`;
  const hint = "compose a molecule that returns only what is no secret";
  return [problemAt(step.spot, "SECRET_FLOW", message, { hint })];
}
