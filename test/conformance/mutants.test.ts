import { compile } from "@omnibase/core";
import { chargeProject, greetProject, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { defects } from "./defects.ts";
import { documentsIn, filesOf, type Files } from "./planting.ts";

/** Examples without a fault. */
const clean: Readonly<Record<string, Files>> = { greet: filesOf(greetProject), charge: filesOf(chargeProject) };

const found = (files: Files): readonly (readonly [code: string, at: string])[] =>
  compile(documentsIn(files), testOptions).problems.map(({ at, code, path }) => [code, `${at.file} ${path ?? ""}`]);

it.each(Object.entries(clean))("finds nothing in %s as it is", (_, files) => {
  expect(found(files)).toEqual([]);
});

describe.each(defects)("$rule", ({ follows, plantings, rule }) => {
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
