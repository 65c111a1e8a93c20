import { entriesOf } from "../../artifact/reader.ts";
import type { At } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import { impliedOutcomes } from "../callable.ts";
import { producedBy } from "../contract-view.ts";
import type { LinkedContract, LinkedStep } from "../linked.ts";

/** What a step lists is what its capability declares; what a contract allows is what its steps produce. */
export const surfacesAreExact = (linked: LinkedContract): readonly Problem[] => [
  ...linked.steps.flatMap(ofStep),
  ...ofContract(linked),
  ...linked.steps.flatMap(({ step }) => twiceIn(step.surface.value, "NAME_DUPLICATE")),
  ...twiceIn(linked.contract.allowed.value, "NAME_DUPLICATE"),
  ...twiceIn(
    linked.contract.steps.map(({ name }) => name),
    "NODE_ID_DUPLICATE",
  ),
  ...linked.contract.steps.flatMap(({ name }) => (["continue", "exit"].includes(name.value) ? [reserved(name)] : [])),
];

function ofStep({ step, callable }: LinkedStep): readonly Problem[] {
  if (callable === undefined || callable.kind === "endpoint") return [];
  return surfaceMismatch(step.surface, [...callable.outcomes.keys()], callable.identity);
}

/** `ERROR` and `FAILED` may be listed by whoever wants to route them. */
export function surfaceMismatch(
  surface: At<readonly At<string>[]>,
  declared: readonly string[],
  whose: string,
): readonly Problem[] {
  const listed = new Set(surface.value.map(({ value }) => value));
  return [
    ...surface.value
      .filter(({ value }) => !declared.includes(value) && !impliedOutcomes.includes(value))
      .map(({ value, spot }) => problemAt(spot, "RESULT_SURFACE_MISMATCH", `${whose} never answers ${value}`)),
    ...declared
      .filter((outcome) => !listed.has(outcome))
      .map((outcome) => problemAt(surface.spot, "RESULT_SURFACE_MISMATCH", `${whose} may also answer ${outcome}`)),
  ];
}

function ofContract(linked: LinkedContract): readonly Problem[] {
  const { allowed, onInputFailure, steps } = linked.contract;
  const statuses = new Set(allowed.value.map(({ value }) => value));
  const produced = producedBy(linked);
  const leaving = steps.flatMap(({ onResult }) => entriesOf(onResult)).filter(({ value }) => value.value === "exit");
  return [
    ...leaving
      .filter(({ key }) => !statuses.has(key))
      .map(({ key, spot }) =>
        problemAt(spot, "STATUS_NOT_ALLOWED", `the contract ends with ${key} and does not allow it`),
      ),
    ...allowed.value
      .filter(({ value }) => !produced.has(value))
      .map(({ value, spot }) => problemAt(spot, "STATUS_NEVER_PRODUCED", `no step ends the contract with ${value}`)),
    ...[onInputFailure]
      .filter(({ value }) => !statuses.has(value))
      .map(({ value, spot }) => problemAt(spot, "INPUT_FAILURE_STATUS_NOT_ALLOWED", `${value} is not allowed`)),
  ];
}

function twiceIn(names: readonly At<string>[], code: "NAME_DUPLICATE" | "NODE_ID_DUPLICATE"): readonly Problem[] {
  const first = new Map<string, At<string>>();
  return names.flatMap((name) => {
    const before = first.get(name.value);
    if (before === undefined) first.set(name.value, name);
    const related = before === undefined ? [] : [{ message: "the first one is here", at: before.spot.at }];
    return before === undefined ? [] : [problemAt(name.spot, code, `${name.value} stands twice`, { related })];
  });
}

const reserved = ({ value, spot }: At<string>): Problem =>
  problemAt(spot, "NAME_DUPLICATE", `${value} has a meaning of its own in on_result`);
