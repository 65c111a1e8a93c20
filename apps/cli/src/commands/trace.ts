import { resolve } from "node:path";
import { ok } from "@omnibase/core";
import { lookedAt } from "../data/archived-record.ts";
import { graphOf, recorded } from "../data/read-data.ts";
import { writeTrace } from "../data/trace-files.ts";
import { profileAsked, themeAsked, tracesFolder } from "../data/tracing.ts";
import { allForms, textForms, type TraceForm } from "../data/trace-wanted.ts";
import { documentOf } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { shownPath } from "../text/result-text.ts";

/** The trace of an execution as it stands now, made again from its log. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const looked = lookedAt(place.value, given, context.io);
  const record = await recorded(looked, given.args[0]);
  if (!record.ok) return record;
  const { lines, row } = record.value;
  const graph = await graphOf(looked, row);
  if (!graph.ok) return graph;
  const out = given.text("out");
  const files = await writeTrace(graph.value, lines, {
    forms: formsAsked(given),
    profile: profileAsked(given),
    theme: themeAsked(given),
    folder: out === undefined ? tracesFolder(place.value) : resolve(context.io.cwd(), out),
  });
  const document = documentOf("omnibase-trace-files/1", { execution: row.execution, records: lines.length, files });
  return ok({ exit: 0, document, text: files.map((file) => `trace      ${shownPath(file)}`).join("\n") });
};

function formsAsked(given: Given): readonly TraceForm[] {
  const asked = given.text("format");
  if (asked === "all") return allForms;
  const one = allForms.find((form) => form === asked);
  return one === undefined ? textForms : [one];
}
