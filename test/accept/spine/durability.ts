import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KillReport } from "../../e2e/kill/report.ts";
import { ranNode } from "../judge/programs.ts";
import type { Verdict } from "../judge/verdict.ts";

/** Five hundred deaths, judged by oracles in other processes; the lane plants its own faults. */
export function judgeDurability(): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-kill-report-"));
  const file = join(folder, "report.json");
  const { stderr } = ranNode(["scripts/kill-lane.mjs", "--json", file]);
  try {
    const report: KillReport = JSON.parse(readFileSync(file, "utf8"));
    const { controls, doubled, failpoints, kills, lost, openShare, unknownIdempotent, violations } = report;
    for (const failure of report.failures) process.stderr.write(`${failure}\n`);
    return {
      pass: report.ok && kills >= 500 && failpoints.reached >= 40 && openShare >= 0.8,
      facts: {
        kills,
        lost,
        doubled,
        "unknown-idempotent": unknownIdempotent,
        violations,
        failpoints: `${String(failpoints.reached)}/${String(failpoints.declared)}`,
        "open-share": openShare.toFixed(2),
        registrations: report.race.registrations,
      },
      controls: Array.from({ length: controls.planted }, (_, index) => ({
        name: `planted fault ${String(index + 1)}`,
        red: index < controls.red,
      })),
    };
  } catch {
    process.stderr.write(stderr);
    return { pass: false, facts: { kills: 0 }, controls: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
