import { ran, ranNode } from "../judge/programs.ts";
import type { Verdict } from "../judge/verdict.ts";

/**
 * The benchmark's own verdicts. Ratios and growth hold anywhere; the absolute figures are promised for Node 24 where one
 * sync takes at most 0.1 ms, and are reported but not judged elsewhere.
 */
export function judgeSpeed(): Verdict {
  const output = ranNode(["scripts/bench.mjs", "spine"]).stdout;
  const sections = output.split("\n## ");
  const newest = sections.find((section) => section.startsWith("Node v24")) ?? "";
  const probeMs = Number(/fsync probe, median of \d+: ([\d.]+) ms/.exec(output)?.[1] ?? Number.NaN);
  const judged = [...newest.matchAll(/\| (MET|NOT MET) \(([^)]*)\)/g)].map(([, verdict = "", wants = ""]) => ({
    met: verdict === "MET",
    relative: wants.includes("×") || wants.includes("flat") || wants.includes("bare"),
  }));
  const isQuick = probeMs <= 0.1;
  const missed = judged.filter(({ met, relative }) => !met && (relative || isQuick)).length;
  process.stderr.write(output);
  return {
    pass: judged.length >= 8 && missed === 0,
    facts: { targets: judged.length, missed, "fsync-ms": probeMs, absolute: isQuick ? "judged" : "not-judged" },
    controls: [{ name: "a store that is ten times slower", red: slowStoreMisses() }],
  };
}

/** With a store that waits before each group, the ratio must be missed. */
function slowStoreMisses(): boolean {
  const { stdout } = ran(process.execPath, ["scripts/bench.mjs", "spine", "--planted-slow-store"]);
  return stdout.includes("NOT MET");
}
