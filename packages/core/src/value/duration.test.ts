import { expect, it } from "vitest";
import { parseDuration } from "./duration.ts";

it.each([
  ["PT1S", 1_000],
  ["PT0S", 0],
  ["PT0.5S", 500],
  ["PT1.005S", 1_005],
  ["P1D", 86_400_000],
  ["P1DT2H3M4S", 93_784_000],
  ["PT90M", 5_400_000],
  ["P36500D", 3_153_600_000_000],
])("%s lasts %d ms", (text, ms) => {
  expect(parseDuration(text)).toEqual({ ok: true, value: ms });
});

it.each([
  "",
  "P",
  "PT",
  "P1DT",
  "P1Y",
  "P1M",
  "P1W",
  "-PT1S",
  "PT1",
  "1s",
  "PT1.S",
  "PT1.0005S",
  "PT1S ",
  "P36500DT1S",
  "PT9999999999S",
])("%j is no duration", (text) => {
  expect(parseDuration(text)).toEqual({ ok: false, error: { code: "DURATION_INVALID" } });
});
