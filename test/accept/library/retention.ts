import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "../judge/programs.ts";
import { strangerOf } from "../judge/stranger.ts";
import type { Verdict } from "../judge/verdict.ts";
import { said, withGreeting, type Greeted } from "./greeted.ts";

/** What is removed is remembered, and can be proven by what was given out before and by what was archived. */
export function judgeRetention(): Verdict {
  const kept = suite([
    "packages/core/src/evidence/retention.test.ts",
    "packages/core/src/evidence/archive.test.ts",
    "packages/infra/src/stores.test.ts",
    "packages/infra/src/sqlite/removal.test.ts",
    "apps/cli/src/retention.test.ts",
  ]);
  const { controls, facts } = withGreeting(archiveAndRemove);
  return {
    pass: kept.pass && Object.values(facts).every((one) => one === "ok" || one === "accepts" || one === "absent"),
    facts: { tests: kept.passed, ...facts },
    controls,
  };
}

function archiveAndRemove({ called, folder, greet }: Greeted): Pick<Verdict, "controls" | "facts"> {
  const execution = greet();
  called("receipt", execution, "--out", "proof");
  const plan = called("retention", "plan", "--keep", "0").status === 0 && called("show", execution).status === 0;
  const removed = called("retention", "apply", "--keep", "0", "--archive", "archives").status === 0;
  const [name = ""] = removed ? readdirSync(join(folder, "archives")) : [];
  const archive = join(folder, "archives", name);
  const facts = {
    plan: said(plan),
    removed: said(removed && called("show", execution).stdout.includes("REMOVED")),
    receipt: said(called("verify", "proof/receipt.json").status === 0),
    archive: said(called("verify", archive).status === 0),
    replay: said(called("replay", execution, "--archive", archive).status === 0),
  };
  const log = readdirSync(archive, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(archive, entry.name)] : []))
    .find((file) => readFileSync(file, "utf8").includes('"Ada"'));
  if (log !== undefined) writeFileSync(log, readFileSync(log, "utf8").replace("Ada", "Adb"));
  const noticed = log !== undefined && called("verify", archive).status === 5;
  const changed = { name: "an archive with one word changed", red: noticed };
  const stranger = strangerOf(join(folder, "proof"), "Ada", "Adb");
  return { facts: { ...facts, stranger: stranger.says }, controls: [changed, ...stranger.controls] };
}
