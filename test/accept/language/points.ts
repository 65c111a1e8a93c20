import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { editRefused } from "../judge/edited.ts";
import { judgeHostile } from "../judge/hostile.ts";
import { filesIn, planted, root, suite } from "../judge/programs.ts";
import type { Point, Verdict } from "../judge/verdict.ts";

/** The numbered points of "The language". */
export const points: readonly Point[] = [
  { number: 1, name: "readers", judge: judgeReaders },
  { number: 2, name: "checks", judge: judgeChecks },
  { number: 3, name: "execution", judge: judgeExecution },
  { number: 4, name: "shown-by", judge: judgeShown },
  { number: 5, name: "documented", judge: judgeDocumented },
];

/** Every dialect and every kind is read, and the editors' schemas say what the readers say. */
function judgeReaders(): Verdict {
  const readers = suite([
    ...["artifact", "dialect"].map((folder) => `packages/core/src/${folder}`),
    ...["yaml", "markdown", "files"].map((folder) => `packages/infra/src/${folder}`),
    ...["one-file", "schema", "actors", "test-data", "molecule"].map((name) => `apps/cli/src/${name}.test.ts`),
    "test/conformance/markdown.test.ts",
  ]);
  const red = editRefused("01-greet", "WF_GREET_V0.yaml", "  summary:", "  sumary:");
  return {
    pass: readers.pass,
    facts: { tests: readers.passed, kinds: filesIn("schemas", /\.json$/).length },
    controls: [{ name: "a key that nobody reads", red }],
  };
}

/** Every rule finds what it is for wherever that is planted, and nothing in what is right. */
function judgeChecks(): Verdict {
  const rules = suite(["packages/core/src/compile"]);
  const mutants = suite(["test/conformance/linter.test.ts", "test/conformance"]);
  const controls = planted(
    mutants,
    /is found (?:once |wherever )?(?:in|at|it)|is found at its place|can stand somewhere/,
  );
  const files = filesIn("packages/core/src/compile/check", /(?<!\.test)\.ts$/);
  return {
    pass: rules.pass && mutants.pass && controls.length > 0,
    facts: { tests: rules.passed + mutants.passed, rules: files.length, planted: controls.length },
    controls,
  };
}

/** Every construct keeps the laws in whatever order things happen, and its example is killed, goes on and is replayed. */
function judgeExecution(): Verdict {
  const machine = suite([
    "packages/core/src/execution",
    "packages/core/src/entity",
    "test/host",
    "packages/infra/src/stores.test.ts",
  ]);
  const shown = suite(
    ["constructs", "signals", "tasks", "admission", "upgrade", "incidents", "own-transforms"].map(
      (name) => `apps/cli/src/${name}.test.ts`,
    ),
  );
  const killed = shown.names.filter((name) => name.includes("killed")).length;
  return {
    pass: machine.pass && shown.pass && killed > 0,
    facts: { tests: machine.passed + shown.passed, examples: filesIn("examples", /^1\d-/).length, killed },
    controls: planted(machine, /breaks a law:/),
  };
}

/** Cases that others wrote: published workflows, hostile bytes, JSON at its corners. */
async function judgeShown(): Promise<Verdict> {
  const shared = existsSync(join(root, "../shared/conformance"));
  const published = suite(["test/conformance/pgs.test.ts", "packages/core/src/value/json-test-suite.test.ts"]);
  const cases = published.names.filter((name) => name.includes("comes to what was recorded")).length;
  const hostile = await judgeHostile();
  return {
    pass: shared && published.pass && hostile.pass && cases === 17,
    facts: { pgs: `${String(cases)}/17`, json: published.passed - cases, ...hostile.facts },
    controls: hostile.controls,
  };
}

/** Every block of the documentation is executed as it stands. */
function judgeDocumented(): Verdict {
  const docs = suite(["test/docs"]);
  const constructs = readFileSync(join(root, "docs/constructs.md"), "utf8");
  const examples = filesIn("examples", /^1\d-/);
  const named = examples.filter((name) => constructs.includes(`examples/${name}`));
  return {
    pass: docs.pass && named.length === examples.length,
    facts: { tests: docs.passed, constructs: `${String(named.length)}/${String(examples.length)}` },
    controls: planted(docs, /notices a block that does not work/),
  };
}
