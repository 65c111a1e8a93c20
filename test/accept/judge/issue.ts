import { holds, lineOf } from "./verdict.ts";
import type { Point } from "./verdict.ts";

/** One line for each numbered point; the exit code is 1 unless all that were asked for pass. */
export async function judgeIssue(issue: string, points: readonly Point[]): Promise<void> {
  const asked = process.argv.slice(2).map(Number);
  const unknown = asked.filter((number) => !points.some((point) => point.number === number));
  if (unknown.length > 0) {
    process.stderr.write(`accept: no such point: ${unknown.join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  let failed = 0;
  for (const point of points.filter(({ number }) => asked.length === 0 || asked.includes(number))) {
    if (process.stderr.isTTY) process.stderr.write(`${issue}.${String(point.number)} ${point.name} …\n`);
    const verdict = await point.judge();
    if (!holds(verdict)) failed += 1;
    process.stdout.write(`${lineOf(issue, point, verdict)}\n`);
    for (const { name, red } of verdict.controls) {
      if (!red) process.stdout.write(`  control stayed green: ${name}\n`);
    }
  }
  process.exitCode = failed === 0 ? 0 : 1;
}
