import { compile } from "@omnibase/core";
import { changed, chargeProject, greetProject, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { defects } from "./defects.ts";
import { ourDefects } from "./our-defects.ts";
import { documentsIn, filesOf, type Files } from "./planting.ts";

/** Greets only as long as one more fits. */
const quotaProject = changed(greetProject, [
  [
    "CC_KEEP_V0",
    "  pipeline:\n",
    `  pipeline:
    - step: fits
      transform: std::CT_PURE_CHECK_QUOTA_AVAILABLE_V0
      inputs: { assigned_count: 1, quota: 2 }
      when: { field: quota_available, outcomes: { SUCCESS: true, VIOLATION: false } }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
`,
  ],
]);

/** Examples without a fault. */
const clean: Readonly<Record<string, Files>> = {
  greet: filesOf(greetProject),
  charge: filesOf(chargeProject),
  quota: filesOf(quotaProject),
};

const found = (files: Files): readonly (readonly [code: string, at: string])[] =>
  compile(documentsIn(files), testOptions).problems.map(({ at, code, path }) => [code, `${at.file} ${path ?? ""}`]);

it.each(Object.entries(clean))("finds nothing in %s as it is", (_, files) => {
  expect(found(files)).toEqual([]);
});

describe.each([...defects, ...ourDefects])("$rule", ({ follows, plantings, rule }) => {
  const planted = Object.entries(clean).flatMap(([name, files]) =>
    plantings(files).map((one) => [name, one.at.join(" and "), one] as const),
  );

  it("can stand somewhere", () => {
    expect(planted).not.toEqual([]);
  });

  it.each(planted)("is found once in %s at %s", (_, __, { at, files }) => {
    const problems = found(files);
    expect(problems.flatMap(([code, place]) => (code === rule ? [place] : []))).toEqual(at);
    const others = problems.map(([code]) => code).filter((code) => code !== rule);
    expect(others.filter((code) => !follows.some((one) => one === code))).toEqual([]);
  });
});
