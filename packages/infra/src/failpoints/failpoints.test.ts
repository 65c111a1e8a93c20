import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noFailpoint } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import { failpointFromEnvironment } from "./index.ts";

/** What becomes of a process that hits one failpoint three times. */
function ends(failpoints: string): {
  readonly status: number | null;
  readonly signal: string | null;
  readonly out: string;
} {
  const program = `
    import { failpointFromEnvironment } from ${JSON.stringify(new URL("index.ts", import.meta.url).href)};
    const hit = failpointFromEnvironment(process.env);
    for (const round of [1, 2, 3]) { console.log(round); hit("decide.after"); }`;
  const flags = ["--conditions=@omnibase/source", "--import=tsx", "--input-type=module", "--eval", program];
  const env = { ...process.env, FAILPOINTS: failpoints };
  const { status, signal, stdout } = spawnSync(process.execPath, flags, { env, encoding: "utf8" });
  return { status, signal, out: stdout };
}

describe("failpoints from the environment", () => {
  it("are none in production", () => expect(failpointFromEnvironment({})).toBe(noFailpoint));

  it("kill at the hit that they name, and not before", () =>
    expect(ends("decide.after=kill@2")).toEqual({ status: null, signal: "SIGKILL", out: "1\n2\n" }));

  it("end the process in order", () =>
    expect(ends("decide.after=exit")).toEqual({ status: 70, signal: null, out: "1\n" }));

  it("throw at the hit that they name, once", () => {
    const hit = failpointFromEnvironment({ FAILPOINTS: "decide.after=throw@2; commit.after=throw" });
    hit("decide.after");
    expect(() => hit("decide.after")).toThrow("failpoint decide.after");
    hit("decide.after");
    expect(() => hit("commit.after")).toThrow("failpoint commit.after");
  });

  it("write down each that is hit, once", () => {
    const folder = mkdtempSync(join(tmpdir(), "omnibase-failpoints-"));
    const log = join(folder, "hits");
    const hit = failpointFromEnvironment({ FAILPOINT_LOG: log });
    for (const name of ["decide.after", "commit.after", "decide.after"] as const) hit(name);
    expect(readFileSync(log, "utf8")).toBe("decide.after\ncommit.after\n");
    rmSync(folder, { recursive: true });
  });

  it.each(["decide.after", "nowhere=kill", "decide.after=sleep", "decide.after=kill@x"])("refuse %s", (FAILPOINTS) =>
    expect(() => failpointFromEnvironment({ FAILPOINTS })).toThrow("NAME=kill|exit|throw"),
  );
});
