import {
  chmodSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
  mkdtempSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { trustOf } from "@omnibase/infra/crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataFindings } from "./doctor/data.ts";
import type { Finding } from "./doctor/finding.ts";
import { sealingFinding } from "./doctor/sealing.ts";
import { sizeText } from "./text/size-text.ts";
import { isolationFinding, libraryFindings, nodeFinding } from "./doctor/platform.ts";
import { called, documentIn, exampleProject, folderWith, greet, greetProject, removeFolders } from "./testing/cli.ts";

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

interface Diagnosis {
  readonly exit: number;
  /** By check; the worst where there are several. */
  readonly states: Readonly<Record<string, Finding>>;
}

async function doctor(...args: readonly string[]): Promise<Diagnosis> {
  const said = await called(["doctor", "--json", ...args], { cwd });
  const { checks } = documentIn(said);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it says of itself
  const findings = (checks as readonly Finding[]).toSorted((a, b) => worth(a) - worth(b));
  return { exit: said.exit, states: Object.fromEntries(findings.map((finding) => [finding.check, finding])) };
}

const worth = ({ state }: Finding): number => ["ok", "warn", "fail"].indexOf(state);

describe("doctor", () => {
  it("finds nothing wrong where nothing is, and leaves nothing behind", async () => {
    const before = await called(["doctor"], { cwd });
    expect(before.exit).toBe(0);
    expect(before.out).toMatch(/^ok +data +\S*data holds nothing yet$/m);
    expect(existsSync(join(cwd, ".omnibase"))).toBe(false);
    await called(greet("ada.json"), { cwd });
    const names = readdirSync(cwd);
    const { exit, states } = await doctor();
    expect(exit).toBe(0);
    expect(Object.values(states).filter(({ state }) => state === "fail")).toEqual([]);
    expect(states).toMatchObject({
      use: { says: expect.stringMatching(/1 execution .*1 snapshot /) },
      store: { says: expect.stringContaining("is sound") },
      snapshots: { says: "1 of 1 verified" },
      isolation: { state: "ok" },
    });
    expect(readdirSync(cwd)).toEqual(names);
  });

  it("names a project that cannot be opened, and goes on", async () => {
    writeFileSync(join(cwd, "omnibase.yaml"), "namespace: demo\ncolour: red\n");
    const { exit, states } = await doctor();
    expect(exit).toBe(1);
    expect(states["project"]).toMatchObject({ state: "fail", says: expect.stringContaining("omnibase.yaml:2") });
    expect(states["node"]?.state).toBe("ok");
  });

  it("knows a key that others may read, and a folder that others may look into", async () => {
    await called(["compile"], { cwd });
    chmodSync(join(cwd, ".omnibase"), 0o755);
    expect((await doctor()).states["key"]).toMatchObject({
      state: "warn",
      hint: expect.stringMatching(/^chmod 700 .*\.omnibase$/),
    });
    chmodSync(join(cwd, ".omnibase/key.pem"), 0o644);
    expect((await doctor()).states["project"]?.says).toContain("CONFIG_KEY_PERMISSIONS");
  });

  it("says which secret is not there, and never what one is", async () => {
    writeFileSync(
      join(cwd, "omnibase.yaml"),
      "namespace: demo\ngrants:\n  secrets: { HERE: { file: here.txt }, GONE: { env: GONE } }\n",
    );
    writeFileSync(join(cwd, "here.txt"), "hush-hush");
    const said = await called(["doctor"], { cwd });
    expect(said.exit).toBe(1);
    expect(said.out).toMatch(/^ok +secret +secret:\/\/HERE is in the file here\.txt$/m);
    expect(said.out).toMatch(/^fail +secret +secret:\/\/GONE: [^\n]+\n +hint: put its value into the variable GONE$/m);
    expect(said.out).not.toContain("hush");
    writeFileSync(join(cwd, "secrets.env"), "GONE=found-again\n");
    expect((await doctor("--env-file", "secrets.env")).states["secret"]?.state).toBe("ok");
  });

  it("knows whether the key opens what is sealed under it", async () => {
    cwd = exampleProject("24-wallet", { "wanted.json": '{"actor_id":"A_1","challenge":"0xdeadbeef"}' });
    await called(["run", "--wf", "wallet::WF_OPEN_WALLET_V0", "--payload", "wanted.json", "--id", "w-1"], { cwd });
    const key = join(cwd, "data/.omnibase/secrets.key");
    const sealing = (triedMax?: number): Finding => sealingFinding({ dataRoot: join(cwd, "data") }, triedMax);
    expect((await doctor()).states["sealing"]).toMatchObject({
      state: "ok",
      says: expect.stringMatching(/secrets\.key \(600\) opens the secrets of 1 execution$/),
    });
    chmodSync(key, 0o640);
    expect(sealing()).toMatchObject({
      state: "fail",
      says: expect.stringContaining("others than its owner may use it"),
      hint: expect.stringMatching(/^chmod 600 .*secrets\.key/),
    });
    chmodSync(key, 0o600);
    writeFileSync(key, "ab".repeat(32));
    expect(sealing()).toMatchObject({
      state: "fail",
      says: expect.stringContaining("does not open the secrets of 1 of 1 execution: they were sealed under another"),
    });
    expect(sealing(0).says).toMatch(/opens the secrets of the newest 0 executions$/);
    rmSync(key);
    expect(sealing()).toMatchObject({
      state: "fail",
      says: expect.stringContaining("is not there, and the secrets of 1 execution lie sealed under it"),
      hint: expect.stringContaining("`omnibase secret erase w-1`"),
    });
    await called(["secret", "erase", "w-1"], { cwd });
    expect(sealing()).toMatchObject({ state: "ok", says: expect.stringContaining("no key yet") });
    writeFileSync(key, "ab".repeat(32), { mode: 0o600 });
    expect(sealing()).toMatchObject({ state: "ok", says: expect.stringMatching(/\(600\): nothing lies sealed/) });
    chmodSync(key, 0o644);
    expect(sealing()).toMatchObject({ state: "fail", says: expect.not.stringContaining("0 executions") });
  });

  it("finds a damaged store and a changed snapshot", async () => {
    await called(greet("ada.json"), { cwd });
    const folder = join(cwd, "data/.omnibase/snapshots");
    const [name = ""] = readdirSync(folder);
    writeFileSync(join(folder, name), readFileSync(join(folder, name), "utf8").replace("Greets", "Treats"));
    const changed = await doctor();
    expect(changed.exit).toBe(1);
    expect(changed.states["snapshots"]).toMatchObject({ state: "fail", says: expect.stringContaining("TAMPERED") });
    const store = join(cwd, "data/.omnibase/store.db");
    const file = openSync(store, "r+");
    writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, 4_096);
    closeSync(file);
    expect((await doctor()).states["store"]).toMatchObject({
      state: "fail",
      hint: "restore the data root from a copy",
    });
    truncateSync(store, 100);
    const damaged = await called(["doctor"], { cwd });
    expect([damaged.exit, damaged.out.match(/STORE_DAMAGED/g)]).toEqual([1, ["STORE_DAMAGED"]]);
  });

  it("knows a clock that went back", async () => {
    await called(greet("ada.json"), { cwd });
    const place = { dataRoot: join(cwd, "data"), trust: trustOf([]) };
    const findings = await dataFindings(place, 0);
    expect(findings.find(({ check }) => check === "clock")).toMatchObject({ state: "warn" });
  });

  it("knows data that lies in memory", async ({ skip }) => {
    if (!existsSync("/dev/shm") || statfsSync("/dev/shm").type !== 0x01_02_19_94)
      skip("no file system in memory is here");
    const shm = mkdtempSync("/dev/shm/omnibase-");
    try {
      expect((await doctor("--data-root", shm)).states["sync"]).toMatchObject({ state: "warn" });
    } finally {
      rmSync(shm, { recursive: true });
    }
  });

  it("is of use where no project is", async () => {
    const { exit, out } = await called(["doctor"], { cwd: folderWith({}) });
    expect(exit).toBe(0);
    expect(out).toMatch(/^warn +project +there is none here or above\n +hint: `omnibase init` begins one$/m);
  });
});

describe("the platform", () => {
  it("is too old below the floor, and tells trusted code from confined code", async () => {
    expect(nodeFinding("18.19.0").state).toBe("fail");
    expect(nodeFinding("20.19.9").state).toBe("fail");
    expect(nodeFinding("24.1.0").state).toBe("ok");
    expect((await isolationFinding(true)).state).toBe("warn");
  });

  it("lacks what is not installed, where it does not do the same itself", () => {
    const findings = libraryFindings(() => false);
    const sqlite = findings.find(({ says }) => says.startsWith("@photostructure/sqlite"));
    const isSpare = Number(process.versions.node.split(".")[0]) >= 22;
    expect(sqlite?.state).toBe(isSpare ? "ok" : "fail");
    expect(findings.find(({ says }) => says.startsWith("nodemailer"))).toMatchObject({ state: "warn" });
  });

  it("counts as people do", () => {
    expect([0, 999, 1_000, 15_400, 2_500_000_000].map(sizeText)).toEqual(["0 B", "999 B", "1.0 kB", "15 kB", "2.5 GB"]);
  });
});
