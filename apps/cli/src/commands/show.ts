import { outcomeOf } from "../data/outcome.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { whereGiven } from "../text/result-text.ts";
import { ok } from "@omnibase/core";

/** The result again, from the log. Looking is success, whatever there is to see. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const report = await outcomeOf(place.value, given.args[0] ?? "", { where: whereGiven(given), tellsWaiting: true });
  return report.ok ? ok({ ...report.value, exit: 0 }) : report;
};
