import { ok } from "@omnibase/core";
import { driveOn } from "../data/drive-on.ts";
import { outcomeOf } from "../data/outcome.ts";
import { executionKey } from "../data/read-data.ts";
import type { Command } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { whereGiven } from "../text/result-text.ts";
import { principalFor } from "./run.ts";

/** Nothing new is begun; what is under way is waited for, and then it is over. */
export const command: Command = async (given, context) => {
  const key = executionKey(given.args[0]);
  if (!key.ok) return key;
  const by = principalFor(given, context.io);
  if (!by.ok) return by;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const reason = (given.text("reason") ?? "asked on the command line")
    .slice(0, 1_000)
    .replaceAll(/[\uD800-\uDFFF]/gu, "\uFFFD");
  const cancelled = await driveOn(project.value, context, {
    ...key.value,
    tell: (owner) => owner.cancel({ ...key.value, by: by.value, reason }),
  });
  if (!cancelled.ok) return cancelled;
  const beside = { files: cancelled.value, where: whereGiven(given) };
  const report = await outcomeOf(project.value, key.value.execution, beside);
  // Who asked to cancel and sees it cancelled has what they wanted.
  return report.ok ? ok({ ...report.value, exit: 0 }) : report;
};
