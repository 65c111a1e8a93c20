import { ok, type Result } from "@omnibase/core";
import { lookedAt } from "../data/asked-execution.ts";
import { outcomeOf } from "../data/outcome.ts";
import { recordedWithGraph } from "../data/read-data.ts";
import type { Refused } from "../edge/report.ts";
import type { Command, Context } from "../program/command.ts";
import { openPlace, type Place } from "../project/open.ts";
import { whereGiven } from "../text/result-text.ts";

/** The result again, from the log. Looking is success, whatever there is to see. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const looked = lookedAt(place.value, given, context.io);
  const execution = given.args[0] ?? "";
  const report = await outcomeOf(looked, execution, { where: whereGiven(given), tellsWaiting: true });
  if (!report.ok) return report;
  const path = given.flag("graph") ? await pathOf(looked, execution, context) : ok("");
  return path.ok ? ok({ ...report.value, exit: 0, text: `${report.value.text}${path.value}` }) : path;
};

async function pathOf(place: Place, execution: string, { io }: Context): Promise<Result<string, Refused>> {
  const found = await recordedWithGraph(place, execution);
  if (!found.ok) return found;
  const { graph, record } = found.value;
  const { drawn, executed } = await import("../data/pictures.ts");
  const text = await drawn("text", executed(graph, record.lines), { theme: "auto", color: io.color });
  return ok(`\n\n${String(text)}`);
}
