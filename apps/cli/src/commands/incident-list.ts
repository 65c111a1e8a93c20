import { ok, printable, type Result } from "@omnibase/core";
import {
  incidentRowsMax,
  incidentsDocument,
  incidentsPage,
  type IncidentsAsked,
  type IncidentsPage,
} from "../data/incidents.ts";
import { graphsOf, withStore } from "../data/read-data.ts";
import { count } from "../edge/count.ts";
import type { Refused } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { askedAgain } from "../text/result-text.ts";

/** Whatever waits for a person, a page at a time. */
export const command: Command = async (given, context) => {
  const asked = askedIn(given);
  if (!asked.ok) return asked;
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const graphFor = graphsOf(place.value);
  const none: IncidentsPage = { incidents: [], next: null };
  const page = await withStore(place.value, none, (store) =>
    incidentsPage({ graphFor, store, warn: (line) => context.warn(line) }, asked.value),
  );
  const lines = page.incidents.map(({ code, execution, place: where, since }) =>
    [since, code, execution, where].map((text) => printable(text)).join("  "),
  );
  const more =
    page.next === null ? [] : [`omnibase incident list${askedAgain(given, [])} --after ${String(page.next)}`];
  const text = lines.length === 0 ? "no incidents" : [...lines, ...more].join("\n");
  return ok({ exit: 0, document: incidentsDocument(page), text });
};

function askedIn(given: Given): Result<IncidentsAsked, Refused> {
  const limit = count(given, "limit", 20);
  if (!limit.ok) return limit;
  const after = count(given, "after", undefined);
  if (!after.ok) return after;
  const behind = after.value === undefined ? {} : { after: after.value };
  return ok({ limit: Math.min(limit.value, incidentRowsMax), ...behind });
}
