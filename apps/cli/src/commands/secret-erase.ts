import { err, ok } from "@omnibase/core";
import { executionKey } from "../data/read-data.ts";
import { withDriver } from "../data/with-driver.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";

/** Deletes the key of an execution that has ended, and everything that was sealed under it. The log stays as it is. */
export const command: Command = async (given, context) => {
  const key = executionKey(given.args[0]);
  if (!key.ok) return key;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const { execution } = key.value;
  return withDriver(project.value, context, async ({ owner }) => {
    const erased = await owner.eraseSecrets(key.value);
    if (!erased.ok) return err(refusedByOwner(erased.error));
    const text = `erased     whatever was secret of ${execution}; its log still verifies`;
    return ok({ exit: 0, document: documentOf("omnibase-secret/1", { execution, erased: true }), text });
  });
};
