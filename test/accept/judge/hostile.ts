import { existsSync } from "node:fs";
import { join } from "node:path";
import { closeBench } from "../../hostile/http-bench.ts";
import { runHostile } from "../../hostile/run-hostile.ts";
import { inputs } from "../../hostile/rows.ts";
import { root } from "./programs.ts";
import type { Verdict } from "./verdict.ts";

/** Every row of the corpus that can be reached, by the very bytes that it describes. */
export async function judgeHostile(): Promise<Verdict> {
  if (!existsSync(join(root, "../shared/conformance/hostile/corpus.json"))) {
    return { pass: false, facts: { skipped: "the corpus is not at ../shared/conformance/hostile" }, controls: [] };
  }
  try {
    const { failed, inputs: tried, passed, rows, slowestMs, waiting } = await runHostile();
    for (const { name, row, wrong } of failed) process.stderr.write(`${row} ${name}: ${wrong.join("; ")}\n`);
    return {
      pass: failed.length === 0 && passed > 0,
      facts: {
        rows,
        inputs: tried,
        failed: failed.length,
        waiting: waiting.length,
        "slowest-ms": Math.round(slowestMs),
      },
      controls: [{ name: "an expectation that is wrong", red: await wrongExpectationIsNoticed() }],
    };
  } finally {
    await closeBench();
  }
}

/** The first input that has a code, with a code that nothing says. */
async function wrongExpectationIsNoticed(): Promise<boolean> {
  const input = inputs.find(({ expect }) => expect.code !== undefined);
  if (input === undefined) return false;
  const { failed } = await runHostile([{ ...input, expect: { ...input.expect, code: "NOBODY_SAYS_THIS" } }]);
  return failed.length === 1;
}
