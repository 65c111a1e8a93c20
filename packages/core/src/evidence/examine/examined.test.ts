import { describe, expect, it } from "vitest";
import type { Examination } from "./examine.ts";
import { withChildren, type Examined } from "./examined.ts";
import type { Finding } from "./finding.ts";

const finding = (node: string, more: Partial<Finding> = {}): Finding => ({
  rule: "X",
  class: "CS_RUNTIME_ERROR",
  node,
  reason: "it broke",
  revision: 1,
  hint: "mend it",
  declared: { of: "step", position: node, keys: [] },
  ...more,
});

const examination = (execution: string, more: Partial<Examination> = {}): Examination => ({
  execution,
  workflow: `demo::${execution}`,
  status: "FAILED",
  verdict: "structural",
  findings: [],
  resolved: [],
  outcomes: [],
  waits: [],
  undone: [],
  children: [],
  ...more,
});

const broken: Examined = withChildren(examination("child", { findings: [finding("STEP")] }), []);

describe("an examination with those that were asked for", () => {
  it("is its own where nobody was", () => {
    expect(broken.cause).toMatchObject({ execution: "child", finding: { node: "STEP" } });
    expect(withChildren(examination("e", { verdict: "clean" }), []).cause).toBeNull();
  });

  it("says why the child failed that it failed for, and where", () => {
    const own = examination("e", { verdict: "business", findings: [finding("SUB", { child: "child" })] });
    const examined = withChildren(own, [broken]);
    expect(examined.verdict).toBe("structural");
    expect(examined.cause).toMatchObject({ execution: "child", workflow: "demo::child", finding: { node: "STEP" } });
  });

  it("stands still where the child does that it waits for", () => {
    const examined = withChildren(examination("e", { verdict: "waiting" }), [broken]);
    expect([examined.verdict, examined.cause?.execution]).toEqual(["structural", "child"]);
  });

  it("keeps to its own reason where it did not fail for a child, or nothing is known of it", () => {
    const own = examination("e", { findings: [finding("OWN")] });
    expect(withChildren(own, [broken]).cause?.finding.node).toBe("OWN");
    const asking = examination("e", { verdict: "business", findings: [finding("SUB", { child: "gone" })] });
    expect(withChildren(asking, []).cause?.finding.node).toBe("SUB");
    const waiting = withChildren(examination("child", { verdict: "waiting" }), []);
    expect(withChildren(asking, [waiting]).cause?.finding.node).toBe("SUB");
  });

  it("is clean where it went on without it", () => {
    const examined = withChildren(examination("e", { verdict: "clean" }), [broken]);
    expect(examined.verdict).toBe("clean");
  });
});
