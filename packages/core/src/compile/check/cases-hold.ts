import { entriesOf } from "../../artifact/reader.ts";
import { meantHint } from "../../artifact/nearest.ts";
import { problemAt, type Spot } from "../../artifact/spot.ts";
import type { Bound, TestCase } from "../../artifact/test-data.ts";
import type { Transform } from "../../artifact/transform.ts";
import { entryAt } from "../../dialect/reshape.ts";
import { admit } from "../../execution/admit.ts";
import type { Field } from "../../graph/field.ts";
import type { Located } from "../../value/located.ts";
import { pointerOf } from "../../value/located-value.ts";
import type { Position, Problem } from "../../value/problem.ts";
import { impliedOutcomes } from "../callable.ts";
import type { LinkedTests } from "../link-tests.ts";
import type { CaseResult } from "../test-cases.ts";

/** What a case binds and expects is declared by its transform. */
export const casesFit = (tests: readonly LinkedTests[]): readonly Problem[] =>
  tests.flatMap(({ tests: { cases }, transform }) =>
    transform === undefined ? [] : entriesOf(cases).flatMap(({ value }) => fits(value, transform)),
  );

function fits({ assertions, bindings, expected, outcome }: TestCase, transform: Transform): readonly Problem[] {
  const { identity, inputs, outcomes, outputs } = transform;
  const answers = [...outcomes.map(({ value }) => value), ...impliedOutcomes];
  const strangeOutcome = outcome === undefined || answers.includes(outcome.value) ? [] : [outcome];
  const mustBind = (outcome?.value ?? "SUCCESS") === "SUCCESS" ? Object.entries(inputs) : [];
  return [
    ...entriesOf(bindings)
      .filter(({ key }) => !Object.hasOwn(inputs, key))
      .map(({ key, spot }) => {
        const hint = meantHint(key, Object.keys(inputs));
        return problemAt(spot, "BOUND_INPUT_NOT_DECLARED", `${identity} does not declare ${key}`, hint);
      }),
    ...mustBind.flatMap(([name, field]) => strangersIn(name, field, bindings)),
    ...mustBind
      .filter(([name, { required }]) => required && !bindings.entries.has(name))
      .map(([name]) =>
        problemAt(bindings.spot, "REQUIRED_TRANSFORM_INPUT_NOT_BOUND", `${identity} requires ${name}`, {
          hint: `bind ${name}`,
        }),
      ),
    ...[...entriesOf(expected), ...entriesOf(assertions)]
      .filter(({ key }) => !Object.hasOwn(outputs, key))
      .map(({ key, spot }) => {
        const hint = meantHint(key, Object.keys(outputs));
        return problemAt(spot, "OUTPUT_FIELD_UNKNOWN", `${identity} does not return ${key}`, hint);
      }),
    ...strangeOutcome.map(({ spot, value }) =>
      problemAt(spot, "RESULT_SURFACE_MISMATCH", `${identity} never answers ${value}`),
    ),
  ];
}

/** What no input may hold that the transform can use, however deep. A case of another outcome may be about just that. */
function strangersIn(name: string, field: Field, bindings: TestCase["bindings"]): readonly Problem[] {
  const bound = bindings.entries.get(name)?.value;
  if (bound === undefined) return [];
  return admit({ [name]: field }, { [name]: bound.value })
    .nack.filter(({ code }) => code === "UNDECLARED")
    .map(({ field: way, message }) => problemAt(spotIn(bound, way), "BOUND_INPUT_NOT_DECLARED", message));
}

/** Where something stands that is called `lines[0].price`; where a name has a dot in it, the whole value. */
function spotIn({ located, spot }: Bound, way: string): Spot {
  const [, ...parts] = way.split(/[.[\]]+/);
  let [at, inside, path]: [Position, Located | undefined, string] = [spot.at, located, spot.path];
  for (const part of parts) {
    const entry = entryAt(inside, part);
    inside = entry?.value ?? (inside?.kind === "list" ? inside.items[Number(part)] : undefined);
    if (inside === undefined) return spot;
    at = entry?.keyAt ?? inside.at;
    path += pointerOf([part]);
  }
  return { at, path };
}

/** Nothing is sealed whose cases do not hold. */
export const casesHold = (results: readonly CaseResult[]): readonly Problem[] =>
  results.flatMap(({ failures, transform, name }) =>
    failures.map(({ message, spot }) =>
      problemAt(spot, "TEST_CASE_FAILED", message, {
        hint: `\`omnibase test --transform ${transform}\` shows ${name}`,
      }),
    ),
  );

/** Code that a project brings and that nobody has shown to be right. */
export const transformsHaveCases = (
  transforms: readonly Transform[],
  tests: readonly LinkedTests[],
  library: string,
): readonly Problem[] =>
  transforms
    .filter(({ namespace, published }) => namespace !== library && published !== true)
    .filter(({ identity }) => !tests.some(({ transform }) => transform?.identity === identity))
    .map(({ identity, spot }) => warning(spot, identity));

const warning = (spot: Spot, identity: string): Problem => ({
  ...problemAt(spot, "TEST_DATA_MISSING", `no case says what ${identity} answers`),
  severity: "warning",
});
