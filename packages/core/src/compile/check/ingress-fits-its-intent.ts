import { problemAt, type More } from "../../artifact/spot.ts";
import { meantHint } from "../../artifact/nearest.ts";
import type { Field } from "../../graph/field.ts";
import { ownValue } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import { leaks } from "../secret-leaks.ts";
import { misfit } from "../field-rules.ts";
import type { Linked, LinkedDoor } from "../linked.ts";

/** What a door lets in, the intent behind it can take: everything that it requires, and nothing that it does not know. */
export const ingressFitsItsIntent = ({ doors }: Linked): readonly Problem[] => doors.flatMap(ofDoor);

function ofDoor({ ingress, workflow }: LinkedDoor): readonly Problem[] {
  const start = workflow?.nodes.get(workflow.workflow.start.value);
  if (start?.type !== "IN" || start.intent === undefined) return [];
  const { identity, inputs } = start.intent;
  const { spot, value: admits } = ingress.admits;
  const tell = (message: string, more: More = {}): Problem => problemAt(spot, "INGRESS_MISFIT", message, more);
  const missing = Object.entries(inputs)
    .filter(([name, wanted]) => isNeeded(wanted) && !isCertain(ownValue(admits, name)))
    .map(([name]) => tell(`${identity} requires ${name}, which may be absent here`));
  const strange = Object.entries(admits).flatMap(([name, given]) => {
    const wanted = ownValue(inputs, name);
    if (wanted === undefined) return [tell(`${identity} does not know ${name}`, meantHint(name, Object.keys(inputs)))];
    if (leaks(given, wanted))
      return [problemAt(spot, "SECRET_FLOW", `${name} is secret here, and for everybody in ${identity}`)];
    const why = misfit(given, wanted);
    return why === undefined ? [] : [tell(`${name}: ${why}`)];
  });
  return [...missing, ...strange];
}

const isNeeded = ({ default: fallback, required }: Field): boolean => required && fallback === undefined;
const isCertain = (given: Field | undefined): boolean =>
  given !== undefined && (given.required || given.default !== undefined);
