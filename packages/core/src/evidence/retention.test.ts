import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retentionOf } from "./retention.ts";
import type { Retained, RetentionRule } from "./retention.ts";

const nowMs = 100_000;
const ended = (execution: string, agoMs = 50_000, change: Partial<Retained> = {}): Retained => ({
  execution,
  workflow: "demo::WF_A_V0",
  status: "ended",
  end: { class: "completed", endedMs: nowMs - agoMs },
  ...change,
});
const { end: _end, ...begun } = ended("e");

/** Who goes, by which rule; who stays, and why. */
const told = (rules: readonly RetentionRule[], executions: readonly Retained[]): readonly (number | string)[] =>
  retentionOf(rules, executions, nowMs).map((verdict) => (verdict.goes ? verdict.rule : verdict.why));

describe("a policy", () => {
  it("lets nothing go that has not ended, whatever its rules say", () => {
    const living = (status: Retained["status"]): Retained => ({ ...begun, execution: status, status });
    expect(told([{ keep: 0 }], [living("open"), living("parked"), living("incident")])).toEqual([
      "UNDER_WAY",
      "UNDER_WAY",
      "INCIDENT",
    ]);
    expect(told([{ keep: 0 }], [begun])).toEqual(["UNDER_WAY"]);
  });

  it("lets go what ended at least so long ago", () => {
    const executions = [ended("a", 50_001), ended("b", 50_000), ended("c", 49_999)];
    expect(told([{ olderThanMs: 50_000 }], executions)).toEqual([0, 0, "YOUNG"]);
  });

  it("keeps so many of the last of each workflow, and does not count those that are under way", () => {
    const other = { workflow: "demo::WF_B_V0" };
    const executions = [
      ended("a"),
      ended("b", 1, other),
      ended("c"),
      ended("d"),
      { ...begun, status: "open" } as const,
    ];
    expect(told([{ keep: 2 }], executions)).toEqual([0, "AMONG_LAST", "AMONG_LAST", "AMONG_LAST", "UNDER_WAY"]);
  });

  it("lets go by age and number only what both let go", () => {
    const rules = [{ olderThanMs: 10_000, keep: 1 }];
    expect(told(rules, [ended("a"), ended("b", 5_000), ended("c")])).toEqual([0, "YOUNG", "AMONG_LAST"]);
  });

  it("is decided by the first rule that speaks of an execution: by its workflow, and by how it ended", () => {
    const rules: readonly RetentionRule[] = [
      { workflow: "demo::WF_B_V0", keep: 9 },
      { classes: ["failed", "cancelled"], olderThanMs: 90_000 },
      { classes: ["completed"], keep: 0 },
    ];
    const executions = [
      ended("a", 1, { workflow: "demo::WF_B_V0" }),
      ended("b", 50_000, { end: { class: "cancelled", endedMs: 50_000 } }),
      ended("c"),
      ended("d", 1, { end: { class: "rejected", endedMs: 0 } }),
    ];
    expect(told(rules, executions)).toEqual(["AMONG_LAST", "YOUNG", 2, "NO_RULE"]);
    expect(told([], executions)).toEqual(["NO_RULE", "NO_RULE", "NO_RULE", "NO_RULE"]);
  });

  it("lets those that asked for each other go together or not at all, and says for whose sake", () => {
    const family = [ended("a"), ended("b", 50_000, { parent: "a" }), ended("c", 1, { parent: "b" }), ended("d")];
    const verdicts = retentionOf([{ olderThanMs: 10_000 }], family, nowMs);
    const spared = { goes: false, why: "FAMILY", because: "c" };
    expect(verdicts).toEqual([spared, spared, { goes: false, why: "YOUNG" }, { goes: true, rule: 0 }]);
    expect(told([{ olderThanMs: 10_000 }], family.slice(1, 2))).toEqual([0]);
  });

  it("lets go ever more as time passes, and never one whose family stays", () => {
    const executions = fc.array(
      fc.record({
        agoMs: fc.nat(99_999),
        parent: fc.option(fc.nat(9), { nil: undefined }),
        status: fc.constantFrom("ended", "open"),
      }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(executions, fc.nat(99_999), fc.nat(99_999), (made, olderThanMs, laterMs) => {
        const all = made.map(({ agoMs, parent, status }, index): Retained => {
          const asked = parent !== undefined && parent < index ? { parent: String(parent) } : {};
          return ended(String(index), agoMs, { status, ...asked });
        });
        const goesAt = (atMs: number): ReadonlySet<string> => {
          const verdicts = retentionOf([{ olderThanMs }], all, atMs);
          return new Set(all.filter((_, index) => verdicts[index]?.goes).map(({ execution }) => execution));
        };
        const [now, later] = [goesAt(nowMs), goesAt(nowMs + laterMs)];
        expect([...now].every((execution) => later.has(execution))).toBe(true);
        const asked = all.filter(({ parent }) => parent !== undefined);
        expect(asked.every(({ execution, parent = "" }) => now.has(execution) === now.has(parent))).toBe(true);
      }),
    );
  });
});
