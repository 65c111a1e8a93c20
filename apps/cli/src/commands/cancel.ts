import { ok } from "@omnibase/core";
import type { Owner } from "@omnibase/spi";
import { outcomeAfter } from "../data/drive-on.ts";
import { executionKey } from "../data/read-data.ts";
import type { Command } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { principalFor } from "./run.ts";

/** Nothing new is begun; what is under way is waited for, and then it is over. */
export const command: Command = async (given, context) => {
  const key = executionKey(given.args[0]);
  if (!key.ok) return key;
  const by = principalFor(given, context.io);
  if (!by.ok) return by;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const reason = (given.text("reason") ?? "asked on the command line").slice(0, 1_000).toWellFormed();
  const told = { ...key.value, tell: (owner: Owner) => owner.cancel({ ...key.value, by: by.value, reason }) };
  const report = await outcomeAfter(told, project.value, { context, given });
  // Who asked to cancel and sees it cancelled has what they wanted.
  return report.ok ? ok({ ...report.value, exit: 0 }) : report;
};
