import { expression, type Expressions } from "./expression.ts";
import { described } from "./schema.ts";
import { emptyTable, keyRule, list, mapped, number, optional, required, saying, shape, table, text } from "./reader.ts";
import type { At, Here, Reader, Table } from "./reader.ts";
import type { Spot } from "./spot.ts";

/** What must have been emitted, and what must not, before a workflow may begin. */
export interface Admission {
  readonly spot: Spot;
  readonly requires: readonly ClauseText[];
  readonly forbids: readonly ClauseText[];
  /** Event → its field → field of the payload. */
  readonly bindings: Table<Table<At<string>>>;
}

/** Events of one identity. Without `where`, what `bindings` says of them. */
export interface EventsText {
  readonly spot: Spot;
  readonly event: At<string>;
  readonly where: Expressions | undefined;
}

export interface ClauseText extends EventsText {
  readonly after: EventsText | undefined;
  readonly atLeast: At<number> | undefined;
  readonly atMost: At<number> | undefined;
}

/** A name alone, or a map with more to say, which the published dialect does not have. */
function named<T extends EventsText>(more: Reader<T>, alone: (event: At<string>) => T): Reader<T> {
  const ofText = mapped(text, alone);
  return saying(
    (parts) => ({ anyOf: [{ type: "string" }, described(more, parts)] }),
    (here: Here) => (here.located.kind === "map" && here.published !== true ? more : ofText)(here),
  );
}

const asked = { event: required(text), where: optional(table(expression)) };

const events: Reader<EventsText> = named<EventsText>(shape(asked), (event) => ({
  spot: event.spot,
  event,
  where: undefined,
}));

const whole = (event: At<string>): ClauseText => ({
  spot: event.spot,
  event,
  where: undefined,
  after: undefined,
  atLeast: undefined,
  atMost: undefined,
});

const demanded = named<ClauseText>(
  mapped(
    shape({ ...asked, after: optional(events), at_least: optional(number), at_most: optional(number) }),
    ({ at_least: atLeast, at_most: atMost, ...rest }): ClauseText => ({ ...rest, atLeast, atMost }),
  ),
  whole,
);

const forbidden = named<ClauseText>(
  mapped(shape({ ...asked, after: optional(events) }), (read): ClauseText => ({ ...whole(read.event), ...read })),
  whole,
);

/** Codes of events, in their namespace or without. What is no event is said where it is resolved. */
const eventKey = keyRule(
  () => ({ type: "string" }),
  () => true,
);

export const admission: Reader<Admission> = mapped(
  shape({
    requires: optional(list(demanded)),
    forbids: optional(list(forbidden)),
    bindings: optional(table(table(text), eventKey)),
  }),
  ({ bindings, forbids, requires, spot }): Admission => ({
    spot,
    requires: requires?.value ?? [],
    forbids: forbids?.value ?? [],
    bindings: bindings ?? emptyTable(spot),
  }),
);
