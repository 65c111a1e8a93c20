import type { Admission, ClauseText } from "../artifact/admission.ts";
import { entriesOf } from "../artifact/reader.ts";
import { deniedExit, gatePlaces, payloadName } from "../compile/lower-admission.ts";
import type { Clause } from "../entity/admission.ts";
import { publishedEvent } from "../entity/published-append.ts";
import type { Place, PlaceName } from "../graph/graph.ts";

/** Where a workflow with a gate starts. No node is called so. */
export const gatePlace = "/ADMISSION";
const missingPlace = `${gatePlace}/MISSING`;

/**
 * A published gate stands before everything, and asks for records that were appended under a code, whichever log they stand in. It has neither order nor
 * counts; who is forbidden without fields of their own is forbidden by all fields that are bound; and what was not sent
 * is a denial. A gate that asks for nothing is no gate.
 */
export function lowerGate(
  { bindings, forbids, requires }: Admission,
  start: PlaceName,
): readonly (readonly [PlaceName, Place])[] {
  const bound = new Map(
    entriesOf(bindings).map(({ key, value }) => [
      publishedEvent(key),
      Object.fromEntries(entriesOf(value).map((field) => [field.key, payloadName([field.value.value])])),
    ]),
  );
  const union: { readonly [field: string]: string } = Object.assign({}, ...bound.values());
  const clauseOf = (text: ClauseText, rule: string, index: number): Clause => {
    const event = publishedEvent(text.event.value);
    const own = bound.get(event);
    const clause = `${rule}[${String(index)}]`;
    return rule === "forbids"
      ? { clause, event, where: own ?? union, at_least: 0, at_most: 0 }
      : { clause, event, where: own ?? {}, at_least: 1 };
  };
  const clauses = [
    ...requires.map((text, index) => clauseOf(text, "requires", index)),
    ...forbids.map((text, index) => clauseOf(text, "forbids", index)),
  ];
  if (clauses.length === 0) return [];
  const sent = entriesOf(bindings).flatMap(({ value }) => entriesOf(value).map((field) => field.value.value));
  const gate = gatePlaces({
    place: gatePlace,
    clauses,
    values: Object.fromEntries(
      sent.map((name) => [payloadName([name]), { kind: "received", path: [name], some: true } as const]),
    ),
    admitted: { to: start },
    ...(sent.length === 0 ? {} : { missing: { to: missingPlace } }),
    class: "failed",
  });
  if (sent.length === 0) return gate;
  return [...gate, [missingPlace, { ...deniedExit("failed"), outcome: "ADMISSION_BINDING_MISSING_FIELD" }]];
}
