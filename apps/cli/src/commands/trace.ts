import { resolve } from "node:path";
import { ok } from "@omnibase/core";
import { askedWithGraph } from "../data/asked-execution.ts";
import { writeTrace } from "../data/trace-files.ts";
import { profileAsked, themeAsked, tracesFolder } from "../data/tracing.ts";
import { allForms, textForms, type TraceForm } from "../data/trace-wanted.ts";
import { documentOf } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { shownPath } from "../text/result-text.ts";

/** The trace of an execution as it stands now, made again from its log. */
export const command: Command = async (given, context) => {
  const asked = await askedWithGraph(given, context);
  if (!asked.ok) return asked;
  const { graph, place, record } = asked.value;
  const { lines, row } = record;
  const out = given.text("out");
  const files = await writeTrace(graph, lines, {
    forms: formsAsked(given),
    profile: profileAsked(given),
    theme: themeAsked(given),
    folder: out === undefined ? tracesFolder(place) : resolve(context.io.cwd(), out),
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
