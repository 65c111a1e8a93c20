import { err, ok, type Resolution, type Result } from "@omnibase/core";
import type { Owner } from "@omnibase/spi";
import { outcomeAfter } from "../data/drive-on.ts";
import { readPayload } from "../data/payload.ts";
import { executionKey } from "../data/read-data.ts";
import type { Refused } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { principalFor } from "./run.ts";

/** A person's word, recorded with their name, and then the execution goes on. */
export const command: Command = async (given, context) => {
  const key = executionKey(given.args[0]);
  if (!key.ok) return key;
  const by = principalFor(given, context.io);
  if (!by.ok) return by;
  const resolution = await resolutionIn(given, context);
  if (!resolution.ok) return resolution;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const place = given.text("place");
  const request = {
    ...key.value,
    by: by.value,
    resolution: resolution.value,
    ...(place === undefined ? {} : { place }),
  };
  const told = { ...key.value, tell: (owner: Owner) => owner.resolve(request) };
  return outcomeAfter(told, project.value, { context, given });
};

async function resolutionIn(given: Given, { io }: Context): Promise<Result<Resolution, Refused>> {
  const [done, output] = [given.text("done"), given.text("output")];
  const said = [done !== undefined, given.flag("not-done"), given.flag("retry")].filter(Boolean).length;
  if (said !== 1) {
    const message = "say one of --done OUTCOME, --not-done, --retry";
    return err({ exit: 2, code: "USAGE_CONFLICT", message });
  }
  if (output !== undefined && done === undefined) {
    return err({ exit: 2, code: "USAGE_CONFLICT", message: "--output goes with --done" });
  }
  if (done === undefined) return ok({ kind: given.flag("retry") ? "retry" : "not-done" });
  if (output === undefined) return ok({ kind: "done", outcome: done, value: {} });
  const value = await readPayload(output, io);
  return value.ok ? ok({ kind: "done", outcome: done, value: value.value }) : value;
}
