import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, encodeSnapshotFile, seal } from "@omnibase/core";
import { SnapshotFault, type FailpointName } from "@omnibase/spi";
import { greetingCompiled, sha256, testKey } from "@omnibase/testkit";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { snapshotFolder, snapshotPath } from "./index.ts";

const key = testKey("ours");
const { trust } = key;
const sealed = seal(greetingCompiled, { sha256 });
const { digest } = sealed;
const text = encodeSnapshotFile(sealed, key);

const base = mkdtempSync(join(tmpdir(), "snapshots-"));
let directory = base;
beforeEach(() => {
  directory = join(mkdtempSync(join(base, "d-")), ".omnibase", "snapshots");
});
afterAll(() => {
  rmSync(base, { recursive: true });
});

describe("a folder of snapshots", () => {
  it("1. verified: refuses what was changed on the disk, and what a strange key signed", async () => {
    const folder = snapshotFolder(directory, { trust });
    await folder.keep(digest, text.replace("👋", "🤝"));
    expect(await folder.load(digest)).toMatchObject({
      error: { code: "SNAPSHOT_TAMPERED", object: "demo::EV_GREETED_V0" },
    });
    await folder.keep(digest, encodeSnapshotFile(sealed, testKey("theirs")));
    expect(await folder.load(digest)).toMatchObject({ error: { code: "SNAPSHOT_UNTRUSTED", object: "signature" } });
  });

  it("2. exactly that one: refuses another under its name, however well signed", async () => {
    const folder = snapshotFolder(directory, { trust });
    const other = digestOf(sha256, "another");
    await folder.keep(other, text);
    expect(await folder.load(other)).toMatchObject({ error: { code: "SNAPSHOT_TAMPERED", object: "manifest" } });
  });

  it("3. kept: what was kept is loaded, also by another that opens the folder", async () => {
    await snapshotFolder(directory, { trust }).keep(digest, text);
    const loaded = await snapshotFolder(directory, { trust }).load(digest);
    expect(loaded).toEqual({ ok: true, value: { ...greetingCompiled, digest, keyid: key.keyid } });
  });

  it("3. kept: keeping it again writes nothing", async () => {
    const passed: FailpointName[] = [];
    const failpoint = (name: FailpointName): void => void passed.push(name);
    const folder = snapshotFolder(directory, { trust, failpoint });
    await folder.keep(digest, text);
    await folder.keep(digest, text);
    expect(passed).toEqual(["snapshot.before-write", "snapshot.before-rename", "snapshot.after-rename"]);
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it.each(["snapshot.before-write", "snapshot.before-rename"] as const)(
    "4. whole or not at all: nothing is there when it ends at %s",
    async (at) => {
      const failpoint = (name: FailpointName): void => {
        if (name === at) throw new Error("the end");
      };
      await expect(snapshotFolder(directory, { trust, failpoint }).keep(digest, text)).rejects.toThrow("the end");
      expect(await snapshotFolder(directory, { trust }).load(digest)).toMatchObject({
        error: { code: "SNAPSHOT_MISSING", object: "file" },
      });
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it("replaces what was damaged when the same snapshot is kept again", async () => {
    const folder = snapshotFolder(directory, { trust });
    await folder.keep(digest, text);
    writeFileSync(snapshotPath(directory, digest), "damaged");
    await folder.keep(digest, text);
    expect(readFileSync(snapshotPath(directory, digest), "utf8")).toBe(text);
  });

  it("throws a fault when the disk fails, and does not call it a missing snapshot", async () => {
    writeFileSync(join(base, "file"), "");
    const folder = snapshotFolder(join(base, "file"), { trust });
    await expect(folder.load(digest)).rejects.toThrow(SnapshotFault);
    await expect(folder.keep(digest, text)).rejects.toThrow(SnapshotFault);
  });

  it("never takes a name that is no digest for a file", async () => {
    await expect(snapshotFolder(directory, { trust }).load("sha256:../../key")).rejects.toThrow("impossible");
  });
});
