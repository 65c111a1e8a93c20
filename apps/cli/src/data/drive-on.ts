import { err, ok, type Result } from "@omnibase/core";
import type { ExecutionKey, Owner, Reply, Standing } from "@omnibase/spi";
import type { Refused, Report } from "../edge/report.ts";
import type { Context } from "../program/command.ts";
import type { Project } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { whereGiven } from "../text/result-text.ts";
import { outcomeOf } from "./outcome.ts";
import { withStore } from "./read-data.ts";
import { positionIfTraced, retrace, type Asking } from "./retracing.ts";
import { traceAfter } from "./tracing.ts";
import { withDriver } from "./with-driver.ts";

interface DrivenOn extends ExecutionKey {
  /** What the execution is told first, if anything. */
  readonly tell?: (owner: Owner) => Promise<Reply<Standing>>;
}

/** What is said to whoever waits for an execution. */
export const goesOn = "it goes on; Ctrl-C lets it go, and `omnibase resume` takes it up";

/** Drives one execution on until it ends or rests, and tells what it came to. Traces are written as after `run`. */
export async function outcomeAfter(
  driven: DrivenOn,
  project: Project,
  { context, given }: Asking,
): Promise<Result<Report, Refused>> {
  const since = await positionIfTraced(project, given);
  const files = await driveOn(project, context, driven);
  if (!files.ok) return files;
  const { execution } = driven;
  const writeTrace = traceAfter(given, project, context);
  const report = await outcomeOf(project, execution, { files: files.value, where: whereGiven(given), writeTrace });
  await retrace(project, { since, but: execution }, { context, given });
  return report;
}

/** Shows its stores, too, and says which files that wrote. An owner that leaves has kept everything: the log is the answer. */
function driveOn(
  project: Project,
  context: Context,
  { execution, tell, tenant }: DrivenOn,
): Promise<Result<readonly string[], Refused>> {
  const key = { tenant, execution };
  return withDriver(project, context, async (driver) => {
    const told = await tell?.(driver.owner);
    if (told?.ok === false) return err(refusedByOwner(told.error));
    const waiting = context.progress.waiting(goesOn);
    const standing = await driver.owner.wait(key);
    waiting.done();
    if (!standing.ok) return standing.error.code === "OWNER_LEAVING" ? ok([]) : err(refusedByOwner(standing.error));
    const row = await withStore(project, undefined, (store) => store.find(key));
    const files = row === undefined ? undefined : await driver.owner.project(row);
    if (files === undefined || (!files.ok && files.error.code === "OWNER_LEAVING")) return ok([]);
    return files.ok ? ok(files.value) : err(refusedByOwner(files.error));
  });
}
