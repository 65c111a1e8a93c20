import { createHash } from "node:crypto";
import type { ExecutionEvent, Settled } from "@omnibase/core";
import type { Submitted } from "../history.ts";
import { markOf } from "../person.ts";
import type { Call } from "../receiver-messages.ts";
import { textAt } from "./reading-evidence.ts";
import type { Witnessed } from "./reading-evidence.ts";
import type { Violation } from "./violation.ts";

/** The one place that must not be repeated; every other effect of the project may be. */
const onceMark = "CC_ONCE";

/** What the log says of an effect is what the receiver did, and it was done as often as was allowed. */
export function effectViolations({ calls, records, submitted }: Witnessed): readonly Violation[] {
  const { ref } = submitted;
  const events = records.map(({ event }) => event);
  const marks = new Set([
    ...calls.map(({ mark }) => mark),
    ...events.filter(isEffect).map(({ place }) => markOf(place)),
  ]);
  return [...marks].flatMap((mark) => {
    const seen: Seen = {
      submitted,
      mark,
      calls: calls.filter((call) => call.mark === mark),
      events: events.filter((event) => "place" in event && event.place === `${mark}/tell`),
    };
    const violations = [...outcomeViolations(seen), ...keyViolations(seen), ...unknownViolations(seen)];
    if (mark === onceMark) violations.push(...onceViolations(seen));
    return violations.map(({ detail, oracle }) => ({ oracle, detail: `${ref} ${mark}: ${detail}` }));
  });
}

interface Seen {
  readonly submitted: Submitted;
  readonly mark: string;
  readonly calls: readonly Call[];
  readonly events: readonly ExecutionEvent[];
}

const isEffect = (event: ExecutionEvent): event is Settled => event.type === "Settled" && event.place.endsWith("/tell");

function outcomeViolations({ calls, events }: Seen): readonly Violation[] {
  const settled = events.filter(isEffect);
  const resolved = events.flatMap((event) =>
    event.type === "IncidentResolved" && event.resolution.kind === "done" ? [event.resolution.value] : [],
  );
  if (settled.length + resolved.length > 1) return [{ oracle: "doubled", detail: "it has two outcomes" }];
  const [value] = [...settled.map((one) => one.value), ...resolved];
  if (value === undefined) return [];
  if (calls.length === 0) return [{ oracle: "untrue", detail: "the receiver never saw it" }];
  const told = textAt(value, ["body", "receipt"]);
  const isTrue = calls.some(({ applied, receipt }) => applied && receipt === told);
  return isTrue ? [] : [{ oracle: "untrue", detail: `the receiver never said ${JSON.stringify(value)}` }];
}

function keyViolations({ calls, mark, submitted: { key } }: Seen): readonly Violation[] {
  const expected = createHash("sha256").update(`${key.tenant}\n${key.execution}\n${mark}/tell`).digest("hex");
  const wrong = calls.find((call) => call.key !== expected);
  return wrong === undefined ? [] : [{ oracle: "key", detail: `it was called with ${wrong.key}` }];
}

function unknownViolations({ events, mark }: Seen): readonly Violation[] {
  if (mark === onceMark) return [];
  const unknown = events.some((event) => event.type === "IncidentOpened" && event.code === "OUTCOME_UNKNOWN");
  return unknown ? [{ oracle: "unknown-idempotent", detail: "it was given up as unknown" }] : [];
}

/** Once, and once more for every time that a person said so. A call that the receiver turned away was no call. */
function onceViolations({ calls, events }: Seen): readonly Violation[] {
  const told = calls.filter(({ applied }) => applied).length;
  const allowed = events.filter(
    (event) => event.type === "IncidentResolved" && event.resolution.kind !== "done",
  ).length;
  const announced = events.filter(({ type }) => type === "AttemptStarted").length;
  const violations: Violation[] = [];
  if (told > 1 + allowed) violations.push({ oracle: "doubled", detail: `it was done ${String(told)} times` });
  if (calls.length > announced) {
    violations.push({ oracle: "doubled", detail: `${String(calls.length)} calls, ${String(announced)} announced` });
  }
  return violations;
}
