import { err, ok, type Result } from "@omnibase/core";
import type { ExecutionRow, Store } from "@omnibase/spi";
import { outcomeAfter } from "../data/drive-on.ts";
import { tenant } from "../data/layout.ts";
import { executionKey, withStore } from "../data/read-data.ts";
import { positionBefore, retrace, type Asking } from "../data/retracing.ts";
import { withDriver } from "../data/with-driver.ts";
import { counted } from "../edge/counted.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openProject, type Project } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";

/** Takes up what was under way and drives it until it ends or rests: one execution, or all of them. */
export const command: Command = async (given, context) => {
  const [id] = given.args;
  const key = id === undefined ? undefined : executionKey(id);
  if (key?.ok === false) return key;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  return key === undefined
    ? resumeAll(project.value, { context, given })
    : outcomeAfter(key.value, project.value, { context, given });
};

async function resumeAll(project: Project, { context, given }: Asking): Promise<Result<Report, Refused>> {
  const since = await positionBefore(project, given);
  const rows = await withStore<readonly ExecutionRow[]>(project, [], underWay);
  if (rows.length === 0) {
    return ok({
      exit: 0,
      document: documentOf("omnibase-resumed/1", { executions: [] }),
      text: "nothing was under way",
    });
  }
  context.progress.say(counted(rows.length, "execution was under way", "executions were under way"));
  const ended = await withDriver(project, { ...context, lasting: true }, async ({ owner }) => {
    const replies = await Promise.all(rows.map((row) => owner.wait({ tenant: row.tenant, execution: row.execution })));
    const refused = replies.find((reply) => !reply.ok && reply.error.code !== "OWNER_LEAVING");
    if (refused?.ok === false) return err(refusedByOwner(refused.error));
    return ok(rows.map(({ execution }, index) => ({ execution, status: statusIn(replies[index]) })));
  });
  if (!ended.ok) return ended;
  await retrace(project, { since, asked: new Set(rows.map(({ execution }) => execution)) }, { context, given });
  const text = ended.value.map(({ execution, status }) => `${status.padEnd(10)} ${execution}`).join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-resumed/1", { executions: ended.value }), text });
}

/** What someone was at work on, and what waits for a timer that nobody would look at. */
async function underWay(store: Store): Promise<readonly ExecutionRow[]> {
  const parked = await store.list({ tenant, status: "parked", limit: executionsMax });
  return [...(await store.open(0, executionsMax)), ...parked];
}

const executionsMax = 10_000;

const statusIn = (reply: { readonly ok: boolean; readonly value?: { readonly status: string } } | undefined): string =>
  reply?.value?.status ?? "open";
