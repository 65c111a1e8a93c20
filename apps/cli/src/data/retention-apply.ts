import { relative } from "node:path";
import { err, limits, ok, printable, signReceipt, type Result } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import { failpointFromEnvironment } from "@omnibase/infra/failpoints";
import type { Failpoint, Owner, Removal, Store, Swept } from "@omnibase/spi";
import { counted } from "../edge/counted.ts";
import type { Progress } from "../edge/progress.ts";
import type { Refused } from "../edge/report.ts";
import type { Context } from "../program/command.ts";
import type { Project } from "../project/open.ts";
import { sizeText } from "../text/size-text.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { archiveInto, type Archivable } from "./archive-folder.ts";
import { tenant } from "./layout.ts";
import { recordedIn, withStore } from "./read-data.ts";
import type { Going } from "./retention-plan.ts";
import { ruleText, type Policy } from "./retention-policy.ts";
import { withDriver } from "./with-driver.ts";

/** What was done, and what was left. */
export interface Applied {
  readonly removed: number;
  /** Gone meanwhile, or under way again: asked for once more, the plan says which. */
  readonly spared: number;
  /** Executions whose log does not hold: nothing vouches for them, so nothing takes them away. */
  readonly damaged: readonly string[];
  /** Folders, absolute. */
  readonly archives: readonly string[];
  readonly freedBytes: number;
  readonly swept: Swept;
}

interface Applying {
  readonly project: Project;
  readonly policy: Policy;
  readonly folder: string | undefined;
  readonly owner: Owner;
  readonly failpoint: Failpoint;
  readonly progress: Progress;
}

/**
 * Archives and removes batch by batch, then gives the room back. It may end anywhere: a batch is archived whole before any
 * of it is removed, and removed in one commit; whatever is left, the next call finds.
 */
export function applyRetention(
  project: Project,
  { goes, policy }: { readonly goes: readonly Going[]; readonly policy: Policy },
  context: Pick<Context, "io" | "progress">,
): Promise<Result<Applied, Refused>> {
  if (policy.archive === "unsaid") return Promise.resolve(err(noArchiveSaid));
  const { folder } = policy.archive;
  const failpoint = failpointFromEnvironment(context.io.env);
  return withDriver(project, context, async ({ owner }) => {
    const applying = { project, policy, folder, owner, failpoint, progress: context.progress };
    const removed = await removeBatches(applying, goes);
    if (!removed.ok) return removed;
    const tidied = await tidyUp(applying);
    return tidied.ok ? ok({ ...removed.value, ...tidied.value }) : tidied;
  });
}

const noArchiveSaid: Refused = {
  exit: 2,
  code: "USAGE_MISSING_OPTION",
  message: "nothing says where to archive what goes",
  hint: "`retention: archive:` in omnibase.yaml or --archive names a folder; none keeps nothing",
};

type Removing = Omit<Applied, "freedBytes" | "swept">;

async function removeBatches(applying: Applying, goes: readonly Going[]): Promise<Result<Removing, Refused>> {
  const done = { removed: 0, spared: 0, damaged: [] as string[], archives: [] as string[] };
  for (const batch of batchesOf(goes)) {
    const read = await withStore(applying.project, [], (store) => readBatch(applying, store, batch));
    const sound = read.filter((one) => typeof one !== "string");
    done.damaged.push(...read.filter((one) => typeof one === "string"));
    if (sound.length === 0) continue;
    const archive = await archived(applying, sound);
    if (!archive.ok) return archive;
    if (archive.value !== undefined) done.archives.push(archive.value);
    const reply = await applying.owner.remove({ removals: removalsOf(applying, sound, archive.value) });
    if (!reply.ok) return err(refusedByOwner(reply.error));
    applying.failpoint("retention.removed");
    const removed = reply.value.filter((answer) => answer === "removed").length;
    done.removed += removed;
    done.spared += sound.length - removed;
    applying.progress.say(`removed ${String(done.removed)} of ${counted(goes.length, "execution")}`);
  }
  return ok(done);
}

/** Oldest first. What is planned again later begins with the same batches. */
function batchesOf(goes: readonly Going[]): readonly (readonly Going[])[] {
  const { archivedBytesMax, archivedExecutionsMax } = limits;
  const batches: Going[][] = [];
  let bytes = Infinity;
  for (const one of goes) {
    const last = batches.at(-1);
    bytes += one.bytes;
    if (last !== undefined && last.length < archivedExecutionsMax && bytes <= archivedBytesMax) last.push(one);
    else {
      batches.push([one]);
      ({ bytes } = one);
    }
  }
  return batches;
}

interface Sound extends Archivable {
  readonly rule: number;
}

/** The executions of a batch, or the id of one whose log does not hold. One that is gone meanwhile is left out. */
async function readBatch(
  { project }: Applying,
  store: Store,
  batch: readonly Going[],
): Promise<readonly (Sound | string)[]> {
  const read: (Sound | string)[] = [];
  for (const { end, execution, rule, snapshot, workflow } of batch) {
    const record = await recordedIn(store, { tenant, execution });
    if (!record.ok && record.error.exit !== 5) continue;
    const receipt = record.ok ? signReceipt(record.value.lines, { sha256, signer: project.key }) : record;
    if (!record.ok || !receipt.ok) {
      read.push(execution);
      continue;
    }
    const { chain, lines } = record.value;
    const known = { execution, workflow, snapshot, rule, head: chain.head, records: lines.length, lines };
    read.push({ ...known, endedMs: end?.endedMs ?? 0, receipt: receipt.value });
  }
  return read;
}

async function archived(
  { failpoint, folder, progress, project }: Applying,
  batch: readonly Sound[],
): Promise<Result<string | undefined, Refused>> {
  if (folder === undefined) return ok(undefined);
  const archive = await archiveInto(folder, batch, { failpoint, project });
  if (archive.ok) progress.say(`archived ${counted(batch.length, "execution")} in ${printable(archive.value)}`);
  return archive;
}

function removalsOf(
  { policy, project }: Applying,
  batch: readonly Sound[],
  archive: string | undefined,
): readonly Removal[] {
  const removedMs = systemClock().nowMs();
  const said = {
    removedMs,
    ...(archive === undefined ? {} : { archive: relative(project.dataRoot, archive) }),
    ...(policy.rememberMs === undefined ? {} : { untilMs: removedMs + policy.rememberMs }),
  };
  return batch.map(({ execution, head, records, rule }) => {
    const by = policy.rules[rule];
    return Object.assign({}, said, {
      key: { tenant, execution },
      head,
      records,
      policy: by === undefined ? "" : ruleText(by),
    });
  });
}

/** Others commit between the steps; so it takes as long as there is something to give back, and nobody waits for it. */
async function tidyUp({
  failpoint,
  owner,
  progress,
}: Applying): Promise<Result<Pick<Applied, "freedBytes" | "swept">, Refused>> {
  let freedBytes = 0;
  for (let steps = 1; ; steps += 1) {
    const reply = await owner.tidy();
    if (!reply.ok) return err(refusedByOwner(reply.error));
    failpoint("retention.tidied");
    freedBytes += reply.value.freedBytes;
    if (!reply.value.more) return ok({ freedBytes, swept: reply.value.swept });
    if (steps % 100 === 0) progress.say(`gave back ${sizeText(freedBytes)}`);
  }
}
