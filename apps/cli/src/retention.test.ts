import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tryOwnerLock } from "@omnibase/infra/sqlite";
import { retentionFailpointNames } from "@omnibase/spi";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, greet, greetProject, removeFolders, spawned, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

const outsider = fileURLToPath(new URL("../../../../shared/tools/verify.mjs", import.meta.url));
const names = ["Ada", "Bob", "Cyd"] as const;

interface Kept {
  readonly cwd: string;
  readonly ids: readonly [string, string, string];
  readonly archives: string;
  readonly ask: (...args: readonly string[]) => Promise<Called>;
}

/** A project with three executions that have ended, and a receipt of the first. */
async function project(): Promise<Kept> {
  const cwd = greetProject();
  const ask = (...args: readonly string[]): Promise<Called> => called(args, { cwd });
  const ids: string[] = [];
  for (const name of names) {
    const stdin = JSON.stringify({ name });
    const { out } = await called(greet("-", "--idempotency-key", name, "--id", "--trace", "none"), { cwd, stdin });
    ids.push(out.trim());
  }
  const [first = "", second = "", third = ""] = ids;
  await ask("receipt", first, "--out", "given");
  return { cwd, ids: [first, second, third], archives: join(cwd, "archives"), ask };
}

interface Manifest {
  readonly executions: readonly { readonly execution: string; readonly records: number }[];
}

const all = ["--keep", "0", "--archive", "archives"];
const apply = ["retention", "apply"];
const archiveIn = ({ archives }: Kept): string => join(archives, readdirSync(archives).toSorted()[0] ?? "");

describe("retention plan", () => {
  it("says what would go, by which rule and why the others stay, and changes nothing", async () => {
    const { ask, cwd, ids } = await project();
    const before = readFileSync(join(cwd, "data/.omnibase/store.db"));
    const plan = documentIn(await ask("retention", "plan", "--keep", "1", "--json"));
    expect(plan).toMatchObject({
      rules: ["every workflow, not among the last 1"],
      archive: null,
      goes: {
        executions: [ids[0], ids[1]].map((execution) => ({ execution, class: "completed", rule: 0 })),
        records: 8,
      },
      stays: { AMONG_LAST: 1 },
    });
    const { out } = await ask("retention", "plan", "--older-than", "P1D");
    expect(out).toMatch(/^would go {3}0 executions/);
    expect(out).toContain("3 ended too short a time ago");
    expect(readFileSync(join(cwd, "data/.omnibase/store.db")).equals(before)).toBe(true);
  });

  it("takes its rules from the project file, and flags before it", async () => {
    const { ask, cwd } = await project();
    const rules =
      "  rules:\n    - { class: [failed], older_than: P1D }\n    - { workflow: demo::WF_GREET_V0, keep: 2 }\n";
    appendFileSync(join(cwd, "omnibase.yaml"), `retention:\n  archive: none\n  remember: P90D\n${rules}`);
    const declared = documentIn(await ask("retention", "plan", "--json"));
    expect(declared).toMatchObject({ archive: "none", remember_ms: 7_776_000_000, stays: { AMONG_LAST: 2 } });
    expect(declared["rules"]).toEqual([
      "every workflow, failed, ended 1 day ago or earlier",
      "demo::WF_GREET_V0, not among the last 2",
    ]);
    const flagged = documentIn(await ask("retention", "plan", "--class", "failed", "--keep", "0", "--json"));
    expect(flagged).toMatchObject({ stays: { NO_RULE: 3 } });
  });

  it.each([
    ["an unknown key", "retention: { keep: 1 }", "CONFIG_UNKNOWN_KEY"],
    ["an unknown key of a rule", "retention: { rules: [{ keep: 1, days: 3 }] }", "CONFIG_UNKNOWN_KEY"],
    ["a rule without a bound", "retention: { rules: [{ class: [failed] }] }", "CONFIG_VALUE"],
    ["a rule that is none", "retention: { rules: [keep] }", "CONFIG_TYPE"],
    ["rules that are no list", "retention: { rules: 1 }", "CONFIG_TYPE"],
    ["a class that is none", "retention: { rules: [{ keep: 1, class: [DONE] }] }", "CONFIG_VALUE"],
    ["a duration that is none", "retention: { remember: 90d }", "CONFIG_VALUE"],
    ["a number that is none", "retention: { rules: [{ keep: -1 }] }", "CONFIG_TYPE"],
    ["a workflow that is none", "retention: { rules: [{ keep: 1, workflow: A }] }", "CONFIG_VALUE"],
    ["no rule at all", "retention: { archive: none }", "RETENTION_NO_RULE"],
    ["an archive in the data root", "retention: { archive: data/old, rules: [{ keep: 1 }] }", "CONFIG_VALUE"],
  ])("refuses %s", async (_what, text, code) => {
    const cwd = greetProject();
    appendFileSync(join(cwd, "omnibase.yaml"), `${text}\n`);
    const { exit, out } = await called(["retention", "plan", "--json"], { cwd });
    expect([exit, documentIn({ out })["code"]]).toEqual([2, code]);
  });

  it.each([
    [["--keep", "x"], "USAGE_INVALID_VALUE"],
    [["--older-than", "30d"], "USAGE_INVALID_VALUE"],
    [["--keep", "1", "--remember", "long"], "USAGE_INVALID_VALUE"],
    [["--keep", "1", "--wf", "A"], "USAGE_INVALID_VALUE"],
    [["--class", "failed"], "USAGE_MISSING_OPTION"],
    [["--keep", "1", "--archive", ""], "CONFIG_VALUE"],
    [[], "RETENTION_NO_RULE"],
  ])("refuses %j", async (flags, code) => {
    const { exit, out } = await called(["retention", "plan", ...flags, "--json"], { cwd: greetProject() });
    expect([exit, documentIn({ out })["code"]]).toEqual([2, code]);
  });
});

describe("retention apply", () => {
  it("asks where to archive before it touches anything", async () => {
    const { ask, ids } = await project();
    expect(documentIn(await ask(...apply, "--keep", "0", "--json"))).toMatchObject({ code: "USAGE_MISSING_OPTION" });
    expect((await ask("show", ids[0])).out).toContain("SUCCESS");
  });

  it("archives, removes and remembers; the archive holds, and is shown and replayed", async () => {
    const kept = await project();
    const { ask, ids } = kept;
    expect(documentIn(await ask(...apply, ...all, "--json"))).toMatchObject({ removed: 3, spared: 0, damaged: [] });
    const archive = archiveIn(kept);
    const shown = await ask("show", ids[0], "--json");
    const told = { execution: ids[0], class: "completed", outcome: "GREETED", archive, remembered_until: null };
    expect([shown.exit, documentIn(shown)]).toMatchObject([0, { schema: "omnibase-removed/1", ...told }]);
    expect(documentIn(await ask("verify", archive, "--json"))).toMatchObject({ verified: true });
    const again = documentIn(await ask("show", ids[0], "--archive", archive, "--json"));
    expect(again).toMatchObject({ status: "SUCCESS", digests: { head: documentIn(shown)["head"] } });
    expect((await ask("replay", ids[0], "--archive", archive)).exit).toBe(0);
    expect((await ask("trace", ids[0], "--archive", archive, "--out", "traced")).exit).toBe(0);
    expect(documentIn(await ask("receipt", ids[0], "--out", "x", "--json"))["code"]).toBe("EXECUTION_REMOVED");
    expect(documentIn(await ask("show", "never", "--archive", archive, "--json"))["code"]).toBe("EXECUTION_NOT_FOUND");
    expect(documentIn(await ask(...apply, ...all, "--json"))).toMatchObject({ removed: 0, archives: [] });
  });

  it("leaves receipts that hold for a stranger, and one given out earlier holds against what is remembered", async () => {
    const kept = await project();
    const { ask, cwd, ids } = kept;
    await ask(...apply, ...all);
    const at = archiveIn(kept);
    const envelope: { readonly payload: string } = JSON.parse(readFileSync(join(at, "manifest.json"), "utf8"));
    const manifest: Manifest = JSON.parse(Buffer.from(envelope.payload, "base64").toString());
    expect(manifest.executions.map(({ execution }) => execution)).toEqual(ids);
    const logs = readFileSync(join(at, "logs.jsonl"), "utf8").split("\n");
    const receipts = readFileSync(join(at, "receipts.jsonl"), "utf8").split("\n");
    for (const [index, { records }] of manifest.executions.entries()) {
      writeFileSync(join(cwd, "log.jsonl"), `${logs.splice(0, records).join("\n")}\n`);
      writeFileSync(join(cwd, "receipt.json"), `${receipts[index] ?? ""}\n`);
      const args = ["receipt.json", "--log", "log.jsonl", "--key", join(at, "key.pub.pem")];
      if (existsSync(outsider)) execFileSync(process.execPath, [outsider, ...args], { cwd });
      expect(documentIn(await ask("verify", ...args, "--json"))).toMatchObject({
        verified: true,
        execution: ids[index],
      });
    }
    await ask("receipt", ids[1], "--archive", at, "--out", "other");
    expect(readFileSync(join(cwd, "other/receipt.json"), "utf8")).toBe(`${receipts[1] ?? ""}\n`);
    const given = join(cwd, "given/receipt.json");
    expect(documentIn(await ask("verify", given, "--json"))).toMatchObject({ verified: true, execution: ids[0] });
    expect((await ask("verify", "other/receipt.json")).out).toContain("the head that is remembered of it");
    writeFileSync(given, readFileSync(given, "utf8").replace(/.(?=")/, "A"));
    expect((await ask("verify", given)).exit).toBe(5);
  });

  it("recognises a repeated start, and no other, and begins anew when nobody remembers", async () => {
    const { ask, cwd, ids } = await project();
    const start = (name: string): Promise<Called> =>
      called(greet("-", "--idempotency-key", "Ada", "--json"), { cwd, stdin: JSON.stringify({ name }) });
    await ask(...apply, ...all, "--remember", "PT0S");
    expect(documentIn(await start("Ada"))).toMatchObject({ schema: "omnibase-result/1", execution: ids[0] });
    await ask(...apply, ...all);
    const again = await start("Ada");
    expect([again.exit, documentIn(again)]).toMatchObject([0, { schema: "omnibase-removed/1", execution: ids[0] }]);
    expect(documentIn(await start("Eve"))["code"]).toBe("IDEMPOTENCY_MISMATCH");
    expect(documentIn(await ask("cancel", ids[0], "--json"))["code"]).toBe("EXECUTION_REMOVED");
  });

  it("keeps what was registered and emitted", async () => {
    const { ask, cwd } = await project();
    const registry = join(cwd, "data/registry/greeted.jsonl");
    const [before, events] = [readFileSync(registry, "utf8"), (await ask("events", "--json")).out];
    await ask(...apply, "--keep", "0", "--archive", "none");
    expect([readFileSync(registry, "utf8"), (await ask("events", "--json")).out]).toEqual([before, events]);
    const { out } = await called(greet("-", "--json"), { cwd, stdin: '{"name":"Ada"}' });
    expect(documentIn({ out })).toMatchObject({ outcome: "KNOWN" });
  });

  it("removes a snapshot that nothing refers to any more, and none that was kept a moment ago", async () => {
    const { ask, cwd } = await project();
    const folder = join(cwd, "data/.omnibase/snapshots");
    expect(documentIn(await ask(...apply, ...all, "--json"))).toMatchObject({ swept: { files: 0 } });
    const long = new Date(Date.now() - 3_600_000);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), long, long);
    expect(documentIn(await ask(...apply, ...all, "--json"))).toMatchObject({ swept: { files: 1 } });
    expect(readdirSync(folder)).toEqual([]);
    const { exit } = await called(greet("-"), { cwd, stdin: '{"name":"Dee"}' });
    expect(exit).toBe(0);
  });

  it("finds an archive changed by one byte, and uses none that does not hold", async () => {
    const kept = await project();
    const { ask, ids } = kept;
    await ask(...apply, ...all);
    const log = join(archiveIn(kept), "logs.jsonl");
    writeFileSync(log, readFileSync(log, "utf8").replace("Bob", "Rob"));
    const { exit, out } = await ask("verify", archiveIn(kept), "--json");
    expect([exit, documentIn({ out })]).toMatchObject([5, { code: "ARCHIVE_MISMATCH", verified: false }]);
    expect((await ask("show", ids[0], "--archive", archiveIn(kept))).exit).toBe(5);
  });
});

describe("retention rewrite", () => {
  it("makes the store as small as what it holds, and says so where there is none or somebody owns it", async () => {
    const { ask, cwd, ids } = await project();
    expect(documentIn(await ask("retention", "rewrite", "--json"))).toMatchObject({ schema: "omnibase-rewritten/1" });
    expect((await ask("show", ids[0])).exit).toBe(0);
    const lock = tryOwnerLock(join(cwd, "data/.omnibase"));
    expect(documentIn(await ask("retention", "rewrite", "--json"))).toMatchObject({ code: "STORE_LOCKED" });
    lock?.release();
    const none = await called(["retention", "rewrite", "--json"], { cwd: greetProject() });
    expect([none.exit, documentIn(none)["code"]]).toEqual([3, "STORE_MISSING"]);
  });
});

/** What is true however often `apply` was ended, and wherever. */
async function isWhole(kept: Kept): Promise<void> {
  const { archives, ask, ids } = kept;
  for (const id of ids) {
    const document = documentIn(await ask("show", id, "--json"));
    const { archive, status } = document;
    if (status === "SUCCESS") continue;
    expect(document["schema"]).toBe("omnibase-removed/1");
    expect((await ask("replay", id, "--archive", String(archive))).exit).toBe(0);
  }
  const made = existsSync(archives) ? readdirSync(archives).filter((name) => !name.startsWith(".")) : [];
  for (const name of made) expect((await ask("verify", join(archives, name))).exit).toBe(0);
}

it.each([...retentionFailpointNames, "store.group.before-commit", "store.group.after-commit"])(
  "goes on where it was killed at %s, and archives nothing twice",
  async (name) => {
    const kept = await project();
    const { ask, cwd } = kept;
    const killed = await spawned([...apply, ...all], { cwd, env: { FAILPOINTS: `${name}=kill` } });
    expect(killed.exit).toBe(-1);
    await isWhole(kept);
    expect((await ask(...apply, ...all)).exit).toBe(0);
    await isWhole(kept);
    expect(documentIn(await ask("history", "--json"))["executions"]).toEqual([]);
    expect(readdirSync(kept.archives).filter((one) => !one.startsWith("."))).toHaveLength(1);
  },
);
