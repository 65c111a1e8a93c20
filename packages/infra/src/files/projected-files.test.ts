import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProjectedFiles } from "@omnibase/spi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectedFiles } from "./projected-files.ts";

describe("projectedFiles", () => {
  let base = "";
  let root = "";
  let files: ProjectedFiles;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "projected-files-"));
    root = join(base, "data");
    files = projectedFiles(root);
    mkdirSync(join(base, "outside"));
    writeFileSync(join(base, "outside/secret"), "secret");
  });
  afterEach(() => {
    rmSync(base, { recursive: true });
  });

  it("reads what it wrote, and knows what is not there", async () => {
    expect(await files.read("a/b.jsonl")).toBeUndefined();
    await files.write("a/b.jsonl", "ä\n");
    expect(await files.read("a/b.jsonl")).toBe("ä\n");
    expect(await files.read("a/c.jsonl")).toBeUndefined();
  });

  it("lists ordinary files by their ending, in order, and nothing that is linked, hidden or the store's own", async () => {
    expect(await files.list(".jsonl")).toEqual([]);
    for (const file of ["b.jsonl", "a/z/c.jsonl", "a.json", ".hidden/d.jsonl", "x/.e.jsonl"])
      await files.write(file, "");
    mkdirSync(join(root, ".omnibase"));
    writeFileSync(join(root, ".omnibase/f.jsonl"), "");
    symlinkSync(join(base, "outside"), join(root, "g"));
    symlinkSync(join(root, "b.jsonl"), join(root, "h.jsonl"));
    mkdirSync(join(root, "i.jsonl"));
    expect(await files.list(".jsonl")).toEqual(["a/z/c.jsonl", "b.jsonl"]);
  });

  it("replaces the whole file, keeps its mode and leaves nothing beside it, also after a crash", async () => {
    await files.write("b.jsonl", "a longer text");
    chmodSync(join(root, "b.jsonl"), 0o600);
    writeFileSync(join(root, ".b.jsonl.draft"), "half");
    await files.write("b.jsonl", "short");
    expect(await files.read("b.jsonl")).toBe("short");
    expect(statSync(join(root, "b.jsonl")).mode & 0o777).toBe(0o600);
    expect(readdirSync(root)).toEqual(["b.jsonl"]);
  });

  it("keeps a byte order mark and refuses what is no text", async () => {
    await files.write("b", "\ufeffx");
    expect(await files.read("b")).toBe("\ufeffx");
    writeFileSync(join(root, "b"), Uint8Array.of(0xff));
    await expect(files.read("b")).rejects.toMatchObject({ code: "STORE_FAILED", retryable: false });
  });

  it("follows a link that stays inside, and replaces what it leads to", async () => {
    await files.write("a/b", "1");
    symlinkSync("a", join(root, "folder"));
    symlinkSync("a/b", join(root, "link"));
    await files.write("folder/b", "2");
    await files.write("link", "3");
    expect(await files.read("a/b")).toBe("3");
    expect(await files.read("folder/b")).toBe("3");
  });

  it("puts the file where a link leads nowhere, and nothing where the link led", async () => {
    mkdirSync(root);
    symlinkSync("../outside/new", join(root, "dangling"));
    await files.write("dangling", "x");
    expect(await files.read("dangling")).toBe("x");
    expect(readdirSync(join(base, "outside"))).toEqual(["secret"]);
  });

  it.each([
    "../outside/secret",
    "a/../../outside/secret",
    "/etc/hostname",
    "",
    ".",
    "a\0b",
    "link",
    "folder/secret",
    "folder/new/secret",
    "dangling/x",
    ".omnibase/store",
    "store/store",
    "pipe",
    "a",
    "device",
  ])("neither reads nor writes %j", async (file) => {
    mkdirSync(join(root, ".omnibase"), { recursive: true });
    mkdirSync(join(root, "a"));
    writeFileSync(join(root, ".omnibase/store"), "store");
    symlinkSync("../outside/secret", join(root, "link"));
    symlinkSync("../outside", join(root, "folder"));
    symlinkSync("../outside/new/file", join(root, "dangling"));
    symlinkSync(".omnibase", join(root, "store"));
    symlinkSync("/dev/zero", join(root, "device"));
    execFileSync("mkfifo", [join(root, "pipe")]);
    const before = readdirSync(join(base, "outside"));
    await expect(files.write(file, "x")).rejects.toMatchObject({ name: "StoreFault", code: "STORE_FAILED" });
    const found = await files.read(file).catch((error: unknown) => String(error));
    expect(found === undefined || found.startsWith("StoreFault")).toBe(true);
    expect(readdirSync(join(base, "outside"))).toEqual(before);
    expect(readFileSync(join(base, "outside/secret"), "utf8")).toBe("secret");
    expect(readFileSync(join(root, ".omnibase/store"), "utf8")).toBe("store");
  });
});
