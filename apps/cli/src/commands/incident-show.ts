import { ok, printable } from "@omnibase/core";
import { askedWithGraph } from "../data/asked-execution.ts";
import { incidentDocument, incidentIn } from "../data/incidents.ts";
import type { Command } from "../program/command.ts";
import { typed, whereGiven } from "../text/result-text.ts";

/** What stands still, why, and with which outcomes it could go on. */
export const command: Command = async (given, context) => {
  const asked = await askedWithGraph(given, context);
  if (!asked.ok) return asked;
  const found = incidentIn(asked.value.record, asked.value.graph, given.text("place"));
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
