import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ranNode, suite } from "../judge/programs.ts";
import type { Verdict } from "../judge/verdict.ts";
import { said, withGreeting, type Greeted, type Said } from "./greeted.ts";

/** What an execution did can be read, looked at, explained and compared, and a trace that was changed is noticed. */
export function judgeEvidence(): Verdict {
  const told = suite([
    "packages/core/src/evidence",
    "packages/infra/src/picture",
    ...["trace", "examine", "history"].map((name) => `apps/cli/src/${name}.test.ts`),
  ]);
  const { changedIsRefused, ...walk } = withGreeting(walkThrough);
  const figures = ranNode(["scripts/bench.mjs", "picture"]).stdout;
  const missed = [...figures.matchAll(/\| NOT MET/g)].length;
  const met = [...figures.matchAll(/\| MET/g)].length;
  return {
    pass: told.pass && Object.values(walk).every((one) => one === "ok") && missed === 0 && met > 0,
    facts: { tests: told.passed, ...walk, "speed-met": met, "speed-missed": missed },
    controls: [{ name: "a trace with one word changed", red: changedIsRefused }],
  };
}

interface Walk {
  readonly trace: Said;
  readonly examine: Said;
  readonly diff: Said;
  readonly history: Said;
  readonly changedIsRefused: boolean;
}

/** What is said of two executions, one after the other and side by side. */
function walkThrough({ called, folder, greet }: Greeted): Walk {
  const [first, second] = [greet(), greet()];
  called("trace", first, "--format", "all");
  const files = ["jsonl", "md", "svg", "png"].map((ending) => join(folder, "traces", first, `${first}.${ending}`));
  const written = files.every((file) => existsSync(file));
  const [trace = ""] = files;
  const examined = called("examine", trace).status === 0 && called("examine", second).status === 0;
  const compared = called("diff", first, second);
  const listed = called("history", "--wf", "demo::WF_GREET_V0", "--limit", "1", "--json");
  if (written) writeFileSync(trace, readFileSync(trace, "utf8").replace("Ada", "Adb"));
  return {
    trace: said(written),
    examine: said(examined),
    diff: said(compared.status === 1 && compared.stdout.includes("ALREADY_EXISTS")),
    history: said(listed.stdout.includes(second) && !listed.stdout.includes(first)),
    changedIsRefused: written && called("examine", trace).status === 5,
  };
}
