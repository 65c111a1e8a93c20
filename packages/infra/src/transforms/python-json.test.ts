import { spawnSync } from "node:child_process";
import type { Json } from "@omnibase/core";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { pythonJson } from "./python-json.ts";

it.each<[Json, string]>([
  [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
  ['é\u007f€👋\n"\\/', '"\\u00e9\\u007f\\u20ac\\ud83d\\udc4b\\n\\"\\\\/"'],
  [{ "\u{1F44B}": 1, "\uFFFD": 2, aa: 3, a: 4 }, '{"a":4,"aa":3,"\\ufffd":2,"\\ud83d\\udc4b":1}'],
  [[1, -1, 0.1, 1e21, 123_456_789_012_345_680_000], "[1,-1,0.1,1000000000000000000000,123456789012345683968]"],
  [[0.0001, 0.00001, 1.5e-7, -2.5e-12, -0], "[0.0001,1e-05,1.5e-07,-2.5e-12,0]"],
])("writes %j as Python does", (value, text) => {
  expect(pythonJson(value)).toBe(text);
});

/** Whole numbers beyond 2^53 and -0 are left out: to Python they are other numbers when written another way. */
const exact = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }));
const unit = fc.oneof(
  fc.constantFrom("\u007f", "\u00a0", "\uE000", "\uFFFD", "\u{1F44B}"),
  fc.string({ maxLength: 2 }),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit }),
    exact,
    fc.boolean(),
    fc.constant(null),
    tie("list"),
    tie("map"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  map: fc.dictionary(fc.string({ unit, maxLength: 3 }), tie("value"), { maxKeys: 4 }),
})).value;

const program = `import json, sys
for line in sys.stdin: print(json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=True))`;

const python = spawnSync("python3", ["--version"]).status === 0;

it.skipIf(!python)("writes whatever Python writes (skipped where there is no python3)", () => {
  const values = fc.sample(value, { numRuns: 500, seed: 7 }).map((given): Json => JSON.parse(JSON.stringify(given)));
  const input = values.map((given) => `${JSON.stringify(given)}\n`).join("");
  const { stdout } = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
  expect(values.map(pythonJson)).toEqual(stdout.split("\n").slice(0, -1));
});
