import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

export interface Lateness {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function latenessOf(lateMs: readonly number[]): Lateness {
  const sorted = lateMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? Number.NaN };
}

/** How late a program is that does nothing but one sync at each of so many instants: the floor under a timer. */
export async function pacedSyncs(count: number, spreadMs: number): Promise<Lateness> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-probe-"));
  const file = openSync(join(folder, "probe"), "w");
  const bytes = Buffer.alloc(4_096, 1);
  const began = performance.now();
  const lateMs: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = began + (index * spreadMs) / count;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    writeSync(file, bytes, 0, bytes.length, index * 4_096);
    fdatasyncSync(file);
    lateMs.push(performance.now() - due);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  return latenessOf(lateMs);
}

/** What one sync of 4 KiB costs here and now: the floor under every durable figure beside it. */
export function fsyncProbeMs(rounds = 200): number {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-probe-"));
  const file = openSync(join(folder, "probe"), "w");
  const bytes = Buffer.alloc(4_096, 1);
  writeSync(file, Buffer.alloc(4_096 * rounds), 0, 4_096 * rounds, 0);
  fdatasyncSync(file);
  const tookMs = Array.from({ length: rounds }, (_, index) => {
    const began = performance.now();
    writeSync(file, bytes, 0, bytes.length, index * 4_096);
    fdatasyncSync(file);
    return performance.now() - began;
  }).toSorted((a, b) => a - b);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return tookMs[rounds >> 1] ?? Number.NaN;
}
