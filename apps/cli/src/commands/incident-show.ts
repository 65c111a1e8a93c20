import { ok, printable } from "@omnibase/core";
import { incidentDocument, incidentIn } from "../data/incidents.ts";
import { graphOf, recorded } from "../data/read-data.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { typed, whereGiven } from "../text/result-text.ts";

/** What stands still, why, and with which outcomes it could go on. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const record = await recorded(place.value, given.args[0]);
  if (!record.ok) return record;
  const graph = await graphOf(place.value, record.value.row);
  if (!graph.ok) return graph;
  const found = incidentIn(record.value, graph.value, given.text("place"));
  if (!found.ok) return found;
  const { alone, incident } = found.value;
  const { attempt, code, detail, execution, outcomes, since, workflow } = incident;
  const lines = [
    `incident   ${code}: ${detail}`,
    `at         ${incident.place}, attempt ${String(attempt)}, since ${since}`,
    `execution  ${execution}`,
    `workflow   ${workflow}`,
    `outcomes   ${outcomes.join(", ")}`,
  ].map((line) => printable(line, 1_000));
  const at = alone ? "" : ` --place ${typed(incident.place)}`;
  const next = [
    "",
    "If you know what happened, or want it tried again:",
    `  omnibase incident resolve ${execution}${whereGiven(given)}${at} --done OUTCOME | --not-done | --retry`,
  ];
  return ok({ exit: 0, document: incidentDocument(incident), text: [...lines, ...next].join("\n") });
};
