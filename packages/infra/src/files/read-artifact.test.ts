import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limits, type Problem } from "@omnibase/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArtifactBytes } from "./read-artifact.ts";

const refusals = (root: string, path: string): readonly Problem[] => {
  const result = readArtifactBytes(root, path);
  return result.ok ? [] : result.error;
};

const lengthOf = (root: string, path: string): number | undefined => {
  const result = readArtifactBytes(root, path);
  return result.ok ? result.value.length : undefined;
};

describe("readArtifactBytes", () => {
  let base = "";
  let root = "";
  const put = (path: string, content: string | Uint8Array): void => {
    writeFileSync(join(root, path), content);
  };

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), "read-artifact-"));
    root = join(base, "project");
    mkdirSync(join(root, "contracts"), { recursive: true });
    mkdirSync(join(base, "projection"));
    writeFileSync(join(base, "projection/secret.yaml"), "secret: 1");
    put("contracts/a.yaml", "a: 1\r\n");
    execFileSync("sh", ["-c", `mkfifo "$0"`, join(root, "pipe.yaml")]);
    symlinkSync("contracts/a.yaml", join(root, "inside.yaml"));
    symlinkSync("../projection/secret.yaml", join(root, "outside.yaml"));
    symlinkSync("../projection", join(root, "folder"));
    symlinkSync("loop.yaml", join(root, "loop.yaml"));
    symlinkSync("/dev/zero", join(root, "device.yaml"));
  });
  afterAll(() => {
    rmSync(base, { recursive: true });
  });

  it("gives the bytes as they are, also by a link that stays inside", () => {
    const expected = { ok: true, value: new TextEncoder().encode("a: 1\r\n") };
    expect(readArtifactBytes(root, "contracts/a.yaml")).toEqual(expected);
    expect(readArtifactBytes(root, "inside.yaml")).toEqual(expected);
  });

  it.each([
    ["pipe.yaml", "ordinary file"],
    ["contracts", "ordinary file"],
    ["device.yaml", "ordinary file"],
    ["outside.yaml", "outside the project"],
    ["folder/secret.yaml", "outside the project"],
    ["../projection/secret.yaml", "outside the project"],
    ["/etc/hostname", "outside the project"],
    [".", "outside the project"],
    ["a\0b", "outside the project"],
    ["loop.yaml", "loop"],
    ["gone.yaml", "not there"],
    ["contracts/a.yaml/b", "not there"],
    ["x".repeat(5_000), "too long"],
  ])("refuses %.30s at once: %s", (path, why) => {
    expect(refusals(root, path)).toMatchObject([
      { code: "REGISTRY_UNREADABLE", at: { file: path, line: 1, column: 1 } },
    ]);
    expect(refusals(root, path)[0]?.message).toContain(why);
  });

  it("refuses when the root itself is gone, and never says where it was", () => {
    const [problem] = refusals(join(base, "nowhere"), "a.yaml");
    expect(problem?.code).toBe("REGISTRY_UNREADABLE");
    expect(JSON.stringify(problem)).not.toContain(base);
  });

  it("stops at its bound and a character, and never inside a character", () => {
    const bound = limits.artifactBytesMax;
    put("full.yaml", "x".repeat(bound));
    put("more.yaml", "x".repeat(bound + 1_000));
    put("wide.yaml", `${"x".repeat(bound - 1)}${"\u{1F600}".repeat(10)}`);
    put("broken.yaml", new Uint8Array(bound + 10).fill(0x80));
    expect(lengthOf(root, "full.yaml")).toBe(bound);
    expect(lengthOf(root, "more.yaml")).toBe(bound + 1);
    expect(lengthOf(root, "wide.yaml")).toBe(bound + 3);
    expect(lengthOf(root, "broken.yaml")).toBe(bound + 4);
  });

  it.skipIf(process.getuid?.() === 0)("refuses what this user may not read", () => {
    put("mine.yaml", "a: 1");
    chmodSync(join(root, "mine.yaml"), 0);
    expect(refusals(root, "mine.yaml")[0]?.message).toContain("permission denied");
  });
});

if (process.getuid?.() === 0) process.stderr.write("skipped: root may read every file, so no file can be unreadable\n");
