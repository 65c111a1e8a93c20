import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";
import { libraryCodes } from "./testing/library-project.ts";

const published = fileURLToPath(new URL("../../../docs/reference/", import.meta.url));

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

afterEach(removeFolders);

describe("the reference", () => {
  it("is published as the artifacts are: a page for each, and a list of them", async () => {
    const cwd = folderWith({});
    expect((await called(["reference", "--out", "pages"], { cwd })).exit).toBe(0);
    const made = filesIn(join(cwd, "pages"));
    expect(filesIn(published), "run `npx omnibase reference --out docs/reference`").toEqual(made);
    const codes = [...libraryCodes("CS_"), ...libraryCodes("CT_")];
    expect(Object.keys(made).toSorted()).toEqual([...codes.map((code) => `${code}.md`), "README.md"].toSorted());
  });

  it("says of a transform what it takes and gives, and how a step asks it", async () => {
    const { out } = await called(["reference", "std::CT_PURE_CHECK_QUOTA_AVAILABLE_V0"], { cwd: folderWith({}) });
    expect(out).toContain("| `quota` | number | yes |");
    expect(out).toContain("when: { field: quota_available, outcomes: { SUCCESS: true, NO: false } }");
  });

  it("says of a side effect every operation, with what comes with its outcomes", async () => {
    const { out } = await called(["reference", "CS_SEND_EMAIL_V0"], { cwd: folderWith({}) });
    expect(out).toContain("## SEND");
    expect(out).toContain("| `NOT_CONFIGURED` | nothing |");
    expect(out).toContain("a person says");
    const store = await called(["reference", "CS_REGISTRY_V0"], { cwd: folderWith({}) });
    expect(store.out).toContain("exactly once");
  });

  it("says of what makes secrets where they may go, and of chance that no code makes it", async () => {
    const { out } = await called(["reference", "CT_PURE_DERIVE_MASTER_KEY_V0"], { cwd: folderWith({}) });
    expect(out).toContain("| `seed_bytes` | string | yes | secret, 0x and 16 to 64 bytes |");
    expect(out).toContain("it is recorded sealed");
    const chance = await called(["reference", "CT_PURE_GENERATE_ENTROPY_V0"], { cwd: folderWith({}) });
    expect(chance.out).toContain("Given by the host");
  });

  it("lists what there is, gives an artifact to programs, and one page to a file", async () => {
    const cwd = folderWith({});
    const listed = documentIn(await called(["reference", "--json"], { cwd }));
    expect(listed["capabilities"]).toContain("std::CS_NAME_REGISTRY_V0");
    const one = documentIn(await called(["reference", "CT_PURE_LOOKUP_V0", "--json"], { cwd }));
    expect(one["ct_code"]).toBe("CT_PURE_LOOKUP_V0");
    await called(["reference", "CT_PURE_LOOKUP_V0", "--out", "."], { cwd });
    expect(readdirSync(cwd)).toEqual(["CT_PURE_LOOKUP_V0.md"]);
  });

  it("does not know what is not there", async () => {
    const asked = await called(["reference", "CT_NOTHING_V0"], { cwd: folderWith({}) });
    expect(asked.exit).toBe(3);
    expect(asked.err).toContain("CAPABILITY_UNKNOWN");
  });
});
