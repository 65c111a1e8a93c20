import { err, ok, type Result } from "@omnibase/core";
import type { ExecutionKey, Owner, Reply, Standing } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import type { Context } from "../program/command.ts";
import type { Project } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { withStore } from "./read-data.ts";
import { withDriver } from "./with-driver.ts";

export interface DrivenOn extends ExecutionKey {
  /** What the execution is told first, if anything. */
  readonly tell?: (owner: Owner) => Promise<Reply<Standing>>;
}

/** What is said to whoever waits for an execution. */
export const goesOn = "it goes on; Ctrl-C lets it go, and `omnibase resume` takes it up";

/**
 * Drives one execution on until it ends or rests, shows its stores, and says which files that wrote. An owner that leaves
 * has kept everything: what stands in the log is the answer.
 */
export function driveOn(
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
