import { err, ok, printable } from "@omnibase/core";
import { incidentsIn } from "../data/incident.ts";
import { graphOf, recorded } from "../data/read-data.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { typed, whereGiven } from "../text/result-text.ts";

/** What stands still, why, and with which outcomes it could go on. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const record = await recorded(place.value, given.args[0]);
  if (!record.ok) return record;
  const graph = await graphOf(place.value, record.value.row);
  if (!graph.ok) return graph;
  const open = incidentsIn(record.value, graph.value);
  const named = given.text("place");
  const [incident, ...others] = named === undefined ? open : open.filter((one) => one.place === named);
  if (incident === undefined) return err({ exit: 4, code: "NO_INCIDENT", message: "no incident is open there" });
  if (others.length > 0) {
    return err(refusedByOwner({ code: "PLACE_AMBIGUOUS", places: open.map((one) => one.place) }));
  }
  const { attempt, code, detail, execution, outcomes, since, workflow } = incident;
  const lines = [
    `incident   ${code}: ${detail}`,
    `at         ${incident.place}, attempt ${String(attempt)}, since ${since}`,
    `execution  ${execution}`,
    `workflow   ${workflow}`,
    `outcomes   ${outcomes.join(", ")}`,
  ].map((line) => printable(line, 1_000));
  const at = open.length === 1 ? "" : ` --place ${typed(incident.place)}`;
  const next = [
    "",
    "If you know what happened, or want it tried again:",
    `  omnibase incident resolve ${execution}${whereGiven(given)}${at} --done OUTCOME | --not-done | --retry`,
  ];
  const document = documentOf("omnibase-incident/1", incident);
  return ok({ exit: 0, document, text: [...lines, ...next].join("\n") });
};
