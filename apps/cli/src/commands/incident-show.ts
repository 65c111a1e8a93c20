import { err, ok, printable } from "@omnibase/core";
import { incidentIn } from "../data/incident.ts";
import { graphOf, recorded } from "../data/read-data.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { whereGiven } from "../text/result-text.ts";

/** What stands still, why, and with which outcomes it could go on. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const record = await recorded(place.value, given.args[0]);
  if (!record.ok) return record;
  const incident = incidentIn(record.value);
  if (incident === undefined) return err({ exit: 4, code: "NO_INCIDENT", message: "no incident is open there" });
  const graph = await graphOf(place.value, record.value.row);
  if (!graph.ok) return graph;
  const at = graph.value.places[incident.place];
  const outcomes = at?.kind === "call" ? Object.keys(at.edges) : [];
  const { attempt, code, detail, execution, since, workflow } = incident;
  const lines = [
    `incident   ${code}: ${detail}`,
    `at         ${incident.place}, attempt ${String(attempt)}, since ${since}`,
    `execution  ${execution}`,
    `workflow   ${workflow}`,
    `outcomes   ${outcomes.join(", ")}`,
  ].map((line) => printable(line, 1_000));
  const next = [
    "",
    "If you know what happened, or want it tried again:",
    `  omnibase incident resolve ${execution}${whereGiven(given)} --done OUTCOME | --not-done | --retry`,
  ];
  const document = documentOf("omnibase-incident/1", { ...incident, outcomes });
  return ok({ exit: 0, document, text: [...lines, ...next].join("\n") });
};
