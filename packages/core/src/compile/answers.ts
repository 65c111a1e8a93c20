import { isSecret, type Field, type Fields } from "../graph/field.ts";
import type { CallPlace } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import type { Callable, LinkedStep } from "./linked.ts";

/** What a step's work declares to answer, where it is told secrets or answers with some. */
export function answersOf({ asked, callable }: LinkedStep): Pick<CallPlace, "answers"> {
  const called = present(asked ?? callable);
  const answers = answeredBy(called);
  const told = called.kind === "endpoint" ? {} : called.inputs;
  return [...Object.values(told), ...Object.values(answers)].some(isSecret) ? { answers } : {};
}

/** By any outcome. What one declares to be secret is secret, whatever another says. */
export function answeredBy(callable: Callable): Fields {
  const answered = callable.kind === "endpoint" ? [callable.outputs] : [...callable.outcomes.values()];
  const fields: { [name: string]: Field } = {};
  for (const [name, field] of answered.flatMap((one) => Object.entries(one))) {
    const known = fields[name];
    fields[name] = known !== undefined && isSecret(known) ? known : field;
  }
  return fields;
}
