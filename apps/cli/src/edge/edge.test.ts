import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { counted } from "./counted.ts";
import { wantsColor } from "./io.ts";
import { overRecords, progressOn, type Progress } from "./progress.ts";

describe("colours", () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  ])("with %j, on a terminal: %s, are there: %s", (env, terminal, wanted) => {
    expect(wantsColor(env, terminal)).toBe(wanted);
  });
});

it.each([
  [0, "0 files"],
  [1, "1 file"],
  [2, "2 files"],
])("a count of %i is %j", (count, said) => {
  expect(counted(count, "file")).toBe(said);
});

describe("what goes on", () => {
  let said = "";
  const progress = (env: Readonly<Record<string, string>>, terminal = true): Progress =>
    progressOn({ env, terminal, err: (text) => void (said += text) });

  beforeEach(() => {
    said = "";
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is one line on a terminal, which is gone when it is over", () => {
    progress({}).working("compiling").done();
    expect(said).toBe("\r\u001B[2Kcompiling …\r\u001B[2K");
  });

  it("is counted in seconds while it is waited for, and not worth a word where that is short", () => {
    const short = progress({}).waiting("it goes on");
    vi.advanceTimersByTime(300);
    short.done();
    vi.advanceTimersByTime(3_000);
    expect(said).toBe("");
    const long = progress({}).waiting("it goes on");
    vi.advanceTimersByTime(2_500);
    long.done();
    expect(said).toContain("\r\u001B[2Kit goes on … 2 s");
    expect(said.endsWith("\r\u001B[2K")).toBe(true);
  });

  it.each([
    [{ TERM: "dumb" }, true],
    [{ CI: "true" }, true],
    [{}, false],
  ])("stays in plain lines with %j, on a terminal: %s", (env, terminal) => {
    const told = progress(env, terminal).waiting("it goes on");
    vi.advanceTimersByTime(5_000);
    told.done();
    progress(env, terminal).working("compiling").done();
    expect(said).toBe("it goes on\ncompiling\n");
  });

  it("is told of long logs only", () => {
    overRecords(progress({}), 1_999, "signing").done();
    expect(said).toBe("");
    overRecords(progress({}), 120_000, "signing").done();
    expect(said).toContain("signing 120000 records");
  });
});
