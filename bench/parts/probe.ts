import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

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
