import { entriesOf } from "../artifact/reader.ts";
import type { When as Declared } from "../artifact/contract.ts";
import type { Fields } from "../graph/field.ts";
import type { When } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { present } from "../value/present.ts";
import type { Callable, Outcomes } from "./linked.ts";

/** What a step may come to: where a field decides, its outcomes stand for SUCCESS. */
export const outcomesBy = (when: Declared | undefined, outcomes: readonly string[]): readonly string[] =>
  when === undefined || !outcomes.includes("SUCCESS")
    ? outcomes
    : [...new Set([...when.outcomes.entries.keys(), ...outcomes.filter((outcome) => outcome !== "SUCCESS")])];

/** A capability as its step sees it. */
export function decidedBy(when: Declared | undefined, callable: Callable): Callable {
  if (when === undefined || callable.kind === "endpoint") return callable;
  const { outcomes } = callable;
  const named = outcomesBy(when, [...outcomes.keys()]);
  const returned: Outcomes = new Map(named.map((outcome) => [outcome, returnedBy(when, outcome, outcomes)]));
  return { ...callable, outcomes: returned };
}

/** What comes with SUCCESS comes with each outcome that stands for it; what may come otherwise, too, only if both say so. */
function returnedBy({ outcomes: decided }: Declared, outcome: string, outcomes: Outcomes): Fields {
  const own = outcome === "SUCCESS" ? undefined : outcomes.get(outcome);
  const success = decided.entries.has(outcome) ? outcomes.get("SUCCESS") : undefined;
  if (own === undefined || success === undefined) return present(own ?? success);
  return Object.fromEntries(Object.entries(success).filter(([name]) => Object.hasOwn(own, name)));
}

export const pathOf = ({ field }: Declared): readonly string[] => field.value.split(".");

/** The values that stand for an outcome: one, or a list of them. */
export const valuesOf = (given: Json): readonly Json[] => (isList(given) ? given : [given]);

const isList = (given: Json): given is readonly Json[] => Array.isArray(given);

export const lowerWhen = (when: Declared): When => ({
  path: pathOf(when),
  outcomes: Object.fromEntries(
    entriesOf(when.outcomes).flatMap(({ key, value }) =>
      valuesOf(value.value).map((one) => [JSON.stringify(one), key] as const),
    ),
  ),
});
