import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runLane } from "./lane.ts";
import { full, quick } from "./plan.ts";
import { failpointTable, reportOf, summaryOf } from "./report.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const size = values.quick ? quick : full;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const figures = await runLane({
  root: process.cwd(),
  programs: dirname(fileURLToPath(import.meta.url)),
  size: values.kills === undefined ? size : { ...size, kills: Number(values.kills) },
  seed: Number(values.seed),
  only: values.only,
  say,
});
const report = reportOf(figures);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
say(failpointTable(figures.tally));
for (const failure of report.failures) say(`FAILED: ${failure}`);
process.stdout.write(`${summaryOf(report)}\n`);
process.exitCode = report.ok ? 0 : 1;
