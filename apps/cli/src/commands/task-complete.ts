import { ok } from "@omnibase/core";
import type { ExecutionKey } from "@omnibase/spi";
import { driveOn } from "../data/drive-on.ts";
import { outcomeOf } from "../data/outcome.ts";
import { readPayload } from "../data/payload.ts";
import { executionKey, withStore } from "../data/read-data.ts";
import type { Command, Given } from "../program/command.ts";
import { openProject, type Project } from "../project/open.ts";
import { whereGiven } from "../text/result-text.ts";
import { principalFor } from "./run.ts";

/** Whoever did a task says how it ended, and then the execution goes on. */
export const command: Command = async (given, context) => {
  const key = executionKey(given.args[0]);
  if (!key.ok) return key;
  const by = principalFor(given, context.io);
  if (!by.ok) return by;
  const output = given.text("output");
  const value = output === undefined ? ok({}) : await readPayload(output, context.io);
  if (!value.ok) return value;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const outcome = given.text("outcome") ?? "";
  const request = { ...key.value, ...(await placeFor(project.value, key.value, given)), by: by.value, outcome };
  const driven = await driveOn(project.value, context, {
    ...key.value,
    tell: (owner) => owner.settleTask({ ...request, value: value.value }),
  });
  if (!driven.ok) return driven;
  return outcomeOf(project.value, key.value.execution, { files: driven.value, where: whereGiven(given) });
};

/**
 * The one task that is open now. It is named, so that asking again after silence cannot settle the one behind it; where
 * there is none, or several, the owner says so.
 */
async function placeFor(
  project: Project,
  { execution, tenant }: ExecutionKey,
  given: Given,
): Promise<{ readonly place?: string }> {
  const named = given.text("place");
  if (named !== undefined) return { place: named };
  const [one, ...others] = await withStore(project, [], (store) => store.tasks({ tenant, execution, limit: 2 }));
  return one === undefined || others.length > 0 ? {} : { place: one.place };
}
