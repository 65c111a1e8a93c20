import { ok } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import { completionFor } from "../program/completion.ts";
import type { Command } from "../program/command.ts";

/** A script for the shell, made from the same tree as the help. */
export const command: Command = async (given, { tree }) => {
  await Promise.resolve();
  const shell = given.args[0] ?? "bash";
  const script = completionFor(shell, tree);
  return ok({ exit: 0, document: documentOf("omnibase-completion/1", { shell, script }), text: script });
};
