import { basename } from "node:path";
import { err, ok, type Located, type LocatedEntry, type LocatedMap, type Problem, type Result } from "@omnibase/core";
import { testDataBlocks, type TestDataBlock } from "@omnibase/infra/markdown";
import { readYaml } from "@omnibase/infra/yaml";

/** What nothing executes of a case: people read it, or the heading says it already. */
const descriptive: ReadonlySet<string> = new Set(["case_id", "description", "summary"]);

/** Cases as they are published, in the form that ours have. Their own engine took the name of the file for their code. */
export function readTestData(text: string, file: string): Result<Located, readonly Problem[]> {
  const problems: Problem[] = [];
  const read = testDataBlocks(text).flatMap((block) => {
    const located = readYaml(block.text, { file });
    if (!located.ok) problems.push(...located.error);
    return located.ok ? [{ block, located: located.value }] : [];
  });
  if (problems.length > 0) return err(problems);
  const at = { file, line: 1, column: 1 };
  const target = read.find(({ block }) => block.kind === "target")?.located;
  const named = entriesOf(target).find(({ key }) => key === "ct_code");
  const cases = read.flatMap(({ block, located }) => (block.kind === "case" ? [caseOf(block, located)] : []));
  const map = (entries: readonly LocatedEntry[]): LocatedMap => ({ kind: "map", entries, at });
  const scalar = (value: string): Located => ({ kind: "scalar", value, at });
  return ok(
    map([
      entry("test_data_code", scalar(basename(file, ".md"))),
      entry("version", scalar("v0")),
      entry(
        "core",
        map([...(named === undefined ? [] : [entry("transform", named.value)]), entry("cases", map(cases))]),
      ),
    ]),
  );
}

const entry = (key: string, value: Located): LocatedEntry => ({ key, keyAt: value.at, value });

function caseOf({ line, name }: TestDataBlock, located: Located): LocatedEntry {
  const kept = entriesOf(located).filter(({ key }) => !descriptive.has(key));
  const value: Located = located.kind === "map" ? { ...located, entries: kept } : located;
  return { key: name, keyAt: { file: located.at.file, line, column: 1 }, value };
}

const entriesOf = (located: Located | undefined): readonly LocatedEntry[] =>
  located?.kind === "map" ? located.entries : [];
