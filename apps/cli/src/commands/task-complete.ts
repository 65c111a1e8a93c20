import { ok } from "@omnibase/core";
import type { ExecutionKey, Owner } from "@omnibase/spi";
import { outcomeAfter } from "../data/drive-on.ts";
import { readPayload } from "../data/payload.ts";
import { executionKey, withStore } from "../data/read-data.ts";
import type { Command, Given } from "../program/command.ts";
import { openProject, type Project } from "../project/open.ts";
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
  const told = { ...key.value, tell: (owner: Owner) => owner.settleTask({ ...request, value: value.value }) };
  return outcomeAfter(told, project.value, { context, given });
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
