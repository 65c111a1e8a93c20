import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blindLoaderIsNoticed, blindVerifierIsNoticed, breachIsNoticed } from "./controls.ts";
import { judgeDurability } from "./durability.ts";
import { judgeNewcomer } from "./newcomer.ts";
import { command, planted, ran, ranNode, root, suite } from "../judge/programs.ts";
import { judgeSpeed } from "./speed.ts";
import { judgeHostile } from "../judge/hostile.ts";
import type { Point, Verdict } from "../judge/verdict.ts";

const exhaustive = { env: { OMNIBASE_EXHAUSTIVE: "1" } };

/** The numbered points of "The spine". */
export const points: readonly Point[] = [
  { number: 1, name: "house", judge: judgeHouse },
  { number: 2, name: "snapshot", judge: judgeSnapshot },
  { number: 3, name: "machine", judge: judgeMachine },
  { number: 4, name: "durability", judge: judgeDurability },
  { number: 5, name: "evidence", judge: judgeEvidence },
  { number: 6, name: "speed", judge: judgeSpeed },
  { number: 7, name: "bad-input", judge: judgeHostile },
  { number: 8, name: "newcomer", judge: judgeNewcomer },
];

/** Two calls of the main job: the second neither installs nor bundles, and both come to the same end. */
function judgeHouse(): Verdict {
  const architecture = suite(["test/architecture"]);
  const [first, second] = [1, 2].map(() => ranNode(["scripts/start.mjs"]));
  const installs = /npm ci|bundling/.test(second?.stderr ?? "");
  const both = [first, second].every((call) => call?.status === 0 && call.stdout.includes("replay"));
  return {
    pass: architecture.pass && both && !installs,
    facts: { tests: architecture.passed, "start-twice": both ? "ok" : "failed", installs: installs ? 1 : 0 },
    controls: [breachIsNoticed()],
  };
}

/** The same input gives the same bytes, and no byte of them can be changed unnoticed. */
function judgeSnapshot(): Verdict {
  const compiler = suite(["packages/core/src/artifact", "packages/core/src/compile", "packages/infra/src/crypto"]);
  const bytes = suite(["test/evidence/snapshot-bytes.test.ts"], exhaustive);
  const [one, other] = [1, 2].map(() => compiledAfresh());
  const same = one !== undefined && one === other;
  return {
    pass: compiler.pass && bytes.pass && same,
    facts: { tests: compiler.passed + bytes.passed, rebuild: same ? "identical" : "different" },
    controls: [blindLoaderIsNoticed()],
  };
}

/** The digest of the example, compiled where nothing is cached. */
function compiledAfresh(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-compile-"));
  try {
    ran("cp", ["-r", join(root, "examples/01-greet/omnibase.yaml"), join(root, "examples/01-greet/contracts"), folder]);
    const compiled = ranNode([command, "compile", "--json"], { cwd: folder });
    const { snapshot }: { readonly snapshot?: string } = JSON.parse(compiled.stdout);
    return snapshot;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Laws, mutants, every line and branch of core, both stores, the host, and eight processes over one data root. */
function judgeMachine(): Verdict {
  const core = suite(["packages/core"], { args: ["--coverage", "--coverage.include=packages/core/src/**"] });
  const around = suite(["packages/infra/src/stores.test.ts", "packages/infra/src/sqlite", "test/host", "test/session"]);
  const mutants = planted(core, /breaks a law:/);
  return {
    pass: core.pass && around.pass,
    facts: { tests: core.passed + around.passed, coverage: core.pass ? "100%" : "below", mutants: mutants.length },
    controls: mutants,
  };
}

/** Everything that can be done to evidence is refused by us and by a stranger, and what was executed replays. */
function judgeEvidence(): Verdict {
  const mutations = suite(["test/evidence/mutations.test.ts"], exhaustive);
  const golden = suite(["test/golden", "packages/core/src/execution/replay.test.ts"]);
  const outsider = mutations.names.filter((name) => name.includes("outsider") || name.includes("both")).length;
  const changed = golden.names.filter((name) => name.includes("transform"));
  return {
    pass: mutations.pass && golden.pass,
    facts: { tests: mutations.passed + golden.passed, outsider, golden: goldenLogs() },
    controls: [blindVerifierIsNoticed(), { name: "a changed transform", red: changed.length > 0 }],
  };
}

const goldenLogs = (): number => {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(root, "apps/cli/package.json"), "utf8"),
  );
  return ran("ls", [join(root, "test/golden", version)])
    .stdout.split("\n")
    .filter((name) => name !== "").length;
};
