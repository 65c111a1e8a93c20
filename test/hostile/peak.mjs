import { readFileSync, writeFileSync } from "node:fs";

/** Loaded before the program: leaves behind how much memory the process held at most, in KiB. */
const file = process.env.OMNIBASE_TEST_PEAK;
delete process.env.OMNIBASE_TEST_PEAK;

/** A child begins with the peak of the parent that it was forked from, so Linux is asked for that of this program alone. */
function peakKib() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}

process.on("exit", () => {
  if (file !== undefined) writeFileSync(file, String(peakKib()));
});
