import type { When } from "../../artifact/contract.ts";
import { meantHint } from "../../artifact/nearest.ts";
import { entriesOf } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import { isSecret, type Field, type Fields } from "../../graph/field.ts";
import type { Json } from "../../value/json.ts";
import type { Problem } from "../../value/problem.ts";
import { impliedOutcomes } from "../callable.ts";
import { fieldAt } from "../field-rules.ts";
import type { Callable, LinkedContract } from "../linked.ts";
import { pathOf, valuesOf } from "../when.ts";

/** A field that decides is always there, and each of its values has exactly one outcome. */
export const whenIsTotal = ({ steps }: LinkedContract): readonly Problem[] =>
  steps.flatMap(({ asked, step }) =>
    step.when === undefined || asked === undefined ? [] : ofWhen(step.when, asked).concat(reservedIn(step.when)),
  );

function ofWhen(when: When, asked: Callable): readonly Problem[] {
  const fields = asked.kind === "endpoint" ? asked.outputs : asked.outcomes.get("SUCCESS");
  const { spot, value: name } = when.field;
  if (fields === undefined) return [problemAt(spot, "WHEN_NOT_DECIDABLE", `${asked.identity} never answers SUCCESS`)];
  const way = pathOf(when).map((_, index, path) => fieldAt(whole(fields), path.slice(0, index + 1)));
  const field = way.at(-1);
  if (field === undefined) {
    const message = `${name} is not returned by ${asked.identity}`;
    return [problemAt(spot, "OUTPUT_FIELD_UNKNOWN", message, meantHint(name, Object.keys(fields)))];
  }
  if (isSecret(field)) return [problemAt(spot, "SECRET_FLOW", `${name} is secret, and the way that is taken is not`)];
  const values = domainOf(field);
  if (values === undefined)
    return [problemAt(spot, "WHEN_NOT_DECIDABLE", `${name} is neither boolean nor one of a list`)];
  if (!way.every((part) => part?.required === true)) {
    return [problemAt(spot, "WHEN_NOT_DECIDABLE", `${name} may be absent: it is not required`)];
  }
  return mismatches(when, values);
}

const whole = (fields: Fields): Field => ({ type: "object", required: true, fields });

function domainOf({ enum: values, type }: Field): readonly Json[] | undefined {
  return values ?? (type === "boolean" ? [true, false] : undefined);
}

function mismatches({ outcomes }: When, values: readonly Json[]): readonly Problem[] {
  const domain = new Set(values.map((value) => JSON.stringify(value)));
  const seen = new Set<string>();
  const wrong = entriesOf(outcomes).flatMap(({ key, spot, value }) =>
    valuesOf(value.value).flatMap((one) => {
      const text = JSON.stringify(one);
      const isNew = !seen.has(text);
      seen.add(text);
      if (domain.has(text) && isNew) return [];
      const message = isNew ? `the field is never ${text}` : `${text} has an outcome already, beside ${key}`;
      return [problemAt(spot, "WHEN_NOT_TOTAL", message)];
    }),
  );
  const missing = [...domain].filter((text) => !seen.has(text));
  return [
    ...wrong,
    ...missing.map((text) => problemAt(outcomes.spot, "WHEN_NOT_TOTAL", `no outcome says what happens at ${text}`)),
  ];
}

const reservedIn = ({ outcomes }: When): readonly Problem[] =>
  entriesOf(outcomes)
    .filter(({ key }) => impliedOutcomes.includes(key))
    .map(({ key, spot }) => problemAt(spot, "OUTCOME_RESERVED", `${key} exists on every call`));
