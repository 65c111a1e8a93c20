import { ok, printable } from "@omnibase/core";
import type { Incident } from "../data/incident.ts";
import { incidentsDocument, incidentsFound } from "../data/incidents.ts";
import { graphsOf, withStore } from "../data/read-data.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";

/** Whatever waits for a person. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const graphFor = graphsOf(place.value);
  const none: readonly Incident[] = [];
  const incidents = await withStore(place.value, none, (store) =>
    incidentsFound({ graphFor, store, warn: (line) => context.warn(line) }),
  );
  const lines = incidents.map(({ code, execution, place: where, since }) =>
    [since, code, execution, where].map((text) => printable(text)).join("  "),
  );
  const text = lines.length === 0 ? "no incidents" : lines.join("\n");
  return ok({ exit: 0, document: incidentsDocument(incidents), text });
};
