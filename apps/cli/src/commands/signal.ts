import { executionIdAt, err, ok, parseIdentifier, type Result } from "@omnibase/core";
import { randomBytes } from "node:crypto";
import { systemClock } from "@omnibase/infra/clock";
import type { Owner } from "@omnibase/spi";
import { outcomeAfter } from "../data/drive-on.ts";
import { readPayload } from "../data/payload.ts";
import { executionKey } from "../data/read-data.ts";
import type { Refused } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { principalFor } from "./run.ts";

/** Says something to an execution, which goes on where it waited for that, or keeps it until it does. */
export const command: Command = async (given, context) => {
  const [execution, name = ""] = given.args;
  const key = executionKey(execution);
  if (!key.ok) return key;
  const by = principalFor(given, context.io);
  if (!by.ok) return by;
  const id = idFor(given);
  if (!id.ok) return id;
  const payload = given.text("payload");
  const value = payload === undefined ? ok({}) : await readPayload(payload, context.io);
  if (!value.ok) return value;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const request = { ...key.value, by: by.value, id: id.value, name, value: value.value };
  const told = { ...key.value, tell: (owner: Owner) => owner.signal(request) };
  return outcomeAfter(told, project.value, { context, given });
};

/** Whoever names no id says something new. */
function idFor(given: Given): Result<string, Refused> {
  const id = given.text("id");
  if (id === undefined) return ok(executionIdAt(systemClock().nowMs(), randomBytes(10).toString("hex")));
  const parsed = parseIdentifier(id, "idempotency-key");
  return parsed.ok ? parsed : err({ exit: 2, ...parsed.error });
}
