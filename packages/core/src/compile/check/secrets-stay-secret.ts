import { problemAt } from "../../artifact/spot.ts";
import { isSecret } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import { returnedAtAll } from "../callable.ts";
import type { LinkedContract, LinkedStep } from "../linked.ts";
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
