import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { snapshotFolder } from "@omnibase/infra/snapshots";
import { examineStore, tryOwnerLock } from "@omnibase/infra/sqlite";
import type { ExecutionRow } from "@omnibase/spi";
import { diskUse, totalBytes } from "../data/disk-use.ts";
import { snapshotsFolder, storeFile, storeFolder, tenant } from "../data/layout.ts";
import { recordedIn, withStore } from "../data/read-data.ts";
import { counted } from "../edge/counted.ts";
import type { Place } from "../project/open.ts";
import { refusedFault } from "../text/faults.ts";
import { shownPath } from "../text/result-text.ts";
import { sizeText } from "../text/size-text.ts";
import { broken, doubtful, fine, type Finding } from "./finding.ts";
import { sealingFinding } from "./sealing.ts";

type Data = Pick<Place, "dataRoot" | "trust">;

/** Everything about what is kept. Nothing is made, moved or mended. */
export async function dataFindings(place: Data, nowMs: number): Promise<readonly Finding[]> {
  const disk = [freeFinding(place.dataRoot), syncFinding(place.dataRoot)];
  if (!existsSync(storeFile(place.dataRoot))) {
    return [fine("data", `${shownPath(place.dataRoot)} holds nothing yet`), ...disk];
  }
  const checks: readonly (() => Finding | Promise<Finding>)[] = [
    () => ownerFinding(place.dataRoot),
    () => storeFinding(place.dataRoot),
    () => logsFinding(place),
    () => sealingFinding(place),
    () => snapshotsFinding(place),
    () => useFinding(place),
    () => incidentFinding(place),
    () => clockFinding(place, nowMs),
  ];
  const findings: Finding[] = [];
  for (const check of checks) {
    const finding = await guarded(check);
    // What keeps several checks from looking is one finding.
    if (findings.every(({ says }) => says !== finding.says)) findings.push(finding);
  }
  return [...findings, ...disk];
}

/** What cannot be looked at is a finding, too. */
async function guarded(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const { code, hint, message } = refusedFault(error);
    if (code === "BUG") throw error;
    return broken("data", `${code} ${message}`, hint ?? "the message says what it met");
  }
}

function ownerFinding(dataRoot: string): Finding {
  const lock = tryOwnerLock(storeFolder(dataRoot));
  lock?.release();
  const shown = shownPath(dataRoot);
  return lock === undefined
    ? fine("data", `${shown} is owned by a process that is there; others speak to it`)
    : fine("data", `${shown} has no owner at the moment; the next command is it`);
}

function storeFinding(dataRoot: string): Finding {
  const file = storeFile(dataRoot);
  const { damage, format } = examineStore(file);
  const [first] = damage;
  if (first === undefined) return fine("store", `${shownPath(file)} is sound, format ${String(format)}`);
  return broken("store", `${shownPath(file)} is damaged: ${first}`, "restore the data root from a copy");
}

const logsMax = 20;

async function logsFinding(place: Data): Promise<Finding> {
  return withStore(place, fine("logs", "none yet"), async (store) => {
    const rows = await store.list({ tenant, limit: logsMax });
    for (const { execution } of rows) {
      const record = await recordedIn(store, { tenant, execution });
      if (record.ok || record.error.exit !== 5) continue;
      return broken("logs", record.error.message, "restore the data root from a copy, and ask who changed it");
    }
    return fine("logs", `the newest: ${counted(rows.length, "chain holds", "chains hold")}`);
  });
}

const snapshotsMax = 50;

async function snapshotsFinding({ dataRoot, trust }: Data): Promise<Finding> {
  const folder = snapshotsFolder(dataRoot);
  const kept = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".snapshot")) : [];
  const source = snapshotFolder(folder, { trust });
  for (const name of kept.slice(0, snapshotsMax)) {
    const loaded = await source.load(`sha256:${name.slice(0, -".snapshot".length)}`);
    if (loaded.ok) continue;
    const says = `${name}: ${loaded.error.code}, ${loaded.error.detail}`;
    return broken("snapshots", says, "restore it from a copy, or name its key under `trust` in omnibase.yaml");
  }
  return fine("snapshots", `${String(Math.min(kept.length, snapshotsMax))} of ${String(kept.length)} verified`);
}

async function useFinding(place: Data): Promise<Finding> {
  const use = await diskUse(place);
  const { implementations, snapshots, store } = use;
  const executions = Object.values(store?.executions ?? {}).reduce((sum, count) => sum + count, 0);
  const parts = [
    `${counted(executions, "execution")} ${sizeText(store?.bytes ?? 0)}`,
    `${counted(snapshots.files, "snapshot")} ${sizeText(snapshots.bytes)}`,
    `${counted(implementations.files, "transform")} ${sizeText(implementations.bytes)}`,
  ];
  return fine("use", `${sizeText(totalBytes(use))}: ${parts.join(", ")}`);
}

async function incidentFinding(place: Data): Promise<Finding> {
  const open = await withStore<readonly ExecutionRow[]>(place, [], (store) =>
    store.list({ tenant, limit: 1, status: "incident" }),
  );
  if (open.length === 0) return fine("incidents", "none");
  return doubtful("incidents", "an execution waits for a person", "omnibase incident list");
}

const skewMs = 60_000;

/** A clock that went back makes nothing wrong, because time is recorded as it came; but somebody should know. */
async function clockFinding(place: Data, nowMs: number): Promise<Finding> {
  const rows = await withStore<readonly ExecutionRow[]>(place, [], (store) => store.list({ tenant, limit: 1 }));
  const newest = rows[0]?.startedMs ?? 0;
  const now = new Date(nowMs).toISOString();
  if (newest <= nowMs + skewMs) return fine("clock", now);
  const says = `it is ${now} here, and an execution began at ${new Date(newest).toISOString()}`;
  return doubtful("clock", says, "set the clock; timers wait until it says so");
}

/** The folder, or where it would be made. */
function standingAt(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

const [freeFew, freeLow] = [64_000_000, 1_000_000_000];

function freeFinding(dataRoot: string): Finding {
  const { bavail, bsize } = statfsSync(standingAt(dataRoot));
  const free = bavail * bsize;
  const hint = "make room; a full disk stops executions, and loses none";
  if (free < freeFew) return broken("disk", `${sizeText(free)} free`, hint);
  return free < freeLow ? doubtful("disk", `${sizeText(free)} free`, hint) : fine("disk", `${sizeText(free)} free`);
}

const probes = 8;
const slowMs = 20;
const inMemory = new Set([0x01_02_19_94, 0x85_84_58_f6]);

/** Writes and syncs as a commit does, in a folder of its own that is gone after it. */
function syncFinding(dataRoot: string): Finding {
  const at = standingAt(dataRoot);
  if (inMemory.has(statfsSync(at).type)) {
    return doubtful("sync", `${shownPath(at)} lies in memory`, "keep data that matters on a disk");
  }
  let folder: string;
  try {
    folder = mkdtempSync(join(at, ".omnibase-doctor-"));
  } catch (error) {
    const { code, message } = refusedFault(error);
    return broken(
      "sync",
      `nothing can be written: ${code} ${message}`,
      "let this user write there, or choose another --data-root",
    );
  }
  try {
    const times = Array.from({ length: probes }, (_, index) => syncedMs(join(folder, String(index)))).toSorted(
      (a, b) => a - b,
    );
    const median = times[probes / 2] ?? 0;
    const says = `a commit waits ${median.toFixed(2)} ms for the disk`;
    return median > slowMs
      ? doubtful("sync", says, "a disk of its own, or one that keeps what it caches, is faster")
      : fine("sync", says);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function syncedMs(file: string): number {
  const descriptor = openSync(file, "wx");
  try {
    const began = performance.now();
    writeSync(descriptor, new Uint8Array(4_096));
    fsyncSync(descriptor);
    return performance.now() - began;
  } finally {
    closeSync(descriptor);
  }
}
