import { problemAt } from "../../artifact/spot.ts";
import { isSecret } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import { answeredBy } from "../answers.ts";
import { withUndoing, type LinkedContract } from "../linked.ts";
import { leaksIn } from "../secret-leaks.ts";
import type { ScopeView, Site } from "../view.ts";

/** A secret is passed on only to what takes secrets: not to URLs and bodies, not to people, events or results. */
export const secretsStaySecret = ({ sites }: ScopeView): readonly Problem[] => sites.flatMap(ofSite);

function ofSite({ expects, expression, isName, lookup }: Site): readonly Problem[] {
  if (isName === true) return [];
  const whither = expects === undefined ? "what is no input for secrets" : expects.name;
  return leaksIn(expression, expects?.field, lookup).map(({ spot, what }) =>
    problemAt(spot, "SECRET_FLOW", `${what} is secret, and goes to ${whither}`),
  );
}

/** Stores are read, projected and asked by others than the execution that holds the key. */
export const storesKeepNoSecrets = ({ steps }: LinkedContract): readonly Problem[] =>
  withUndoing(steps).flatMap(({ callable, step }) => {
    if (callable?.kind !== "store") return [];
    const fields = { ...callable.inputs, ...answeredBy(callable) };
    const names = Object.entries(fields).flatMap(([name, field]) => (isSecret(field) ? [name] : []));
    if (names.length === 0) return [];
    const message = `${callable.identity} is a store, and keeps ${names.join(", ")} for everybody`;
    return [problemAt(step.spot, "SECRET_FLOW", message)];
  });
