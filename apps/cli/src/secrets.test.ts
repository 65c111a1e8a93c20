import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sealingIn, systemEntropy } from "@omnibase/infra/crypto";
import { afterEach, describe, expect, it } from "vitest";
import { withStore } from "./data/read-data.ts";
import { called, documentIn, exampleProject, removeFolders, spawned } from "./testing/cli.ts";

afterEach(removeFolders);

const key = { tenant: "default", execution: "w-1" };
const opening = ["run", "--wf", "wallet::WF_OPEN_WALLET_V0", "--payload", "wanted.json", "--id", key.execution];
const wanted = { "wanted.json": '{"actor_id":"A_1","challenge":"0xdeadbeef"}' };

/** Everything that lies in files, as an outsider may read it: the key of the data root they do not have. */
function onDisk(cwd: string): string {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter(
    (one) => one.isFile() && one.name !== "secrets.key",
  );
  return files.map(({ name, parentPath }) => readFileSync(join(parentPath, name), "latin1")).join("\n");
}

interface Sealed {
  /** What is secret, in clear. */
  readonly texts: readonly string[];
  /** As it lies in the store, with the key that opens it. */
  readonly boxes: readonly string[];
}

/** Opens what an execution keeps, as its owner can. */
async function sealedIn(cwd: string): Promise<Sealed> {
  const dataRoot = join(cwd, "data");
  return withStore<Sealed>({ dataRoot }, { texts: [], boxes: [] }, async (store) => {
    const kept = await store.secrets(key);
    if (kept === undefined) return { texts: [], boxes: [] };
    const lines = await store.read(key);
    const sealer = sealingIn(join(dataRoot, ".omnibase"), systemEntropy).sealer(key, kept.key);
    const texts = kept.boxes.map(({ box, pointer, revision }) => {
      const stands = at(JSON.parse(lines[revision - 1] ?? "null"), `/body${pointer}`);
      const commitment = typeof stands === "string" ? stands.replace(/^sealed:/, "") : "";
      const text = sealer?.open(`${String(revision)}${pointer}`, { box, commitment });
      if (text === undefined) throw new Error(`nothing opens what stands at ${pointer} of ${String(revision)}`);
      return String(JSON.parse(text));
    });
    return { texts, boxes: [kept.key, ...kept.boxes.map(({ box }) => box)] };
  });
}

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split("/")
    .slice(1)
    .reduce((inner, name) => Object.entries(inner ?? {}).find(([known]) => known === name)?.[1], value);

/** Which of these an outsider finds there. */
const found = (disk: string, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => disk.includes(text.replace(/^0x/, "")));

/** Entropy is drawn, words and keys are derived, and all are committed at once with the wallet; then one of them signs. */
const sealing = [
  ["start.after-commit=kill", 0],
  ["store.group.before-commit=kill@2", 0],
  ["store.group.after-commit=kill@2", 15],
  ["operate.after-commit=kill", 15],
] as const;

describe("a wallet whose words and keys are sealed", () => {
  it.each(sealing)("loses none of them and shows none where its owner dies at %s", async (FAILPOINTS, count) => {
    const cwd = exampleProject("24-wallet", wanted);
    const killed = await spawned(opening, { cwd, env: { FAILPOINTS } });
    expect(killed.exit).toBe(-1);
    const then = onDisk(cwd);
    const kept = await sealedIn(cwd);
    expect(kept.texts).toHaveLength(count);
    const opened = documentIn(await called([...opening, "--json"], { cwd }));
    expect(opened).toMatchObject({ outcome: "OPENED", outputs: { signature: expect.stringMatching(/^0x/) } });
    const { texts } = await sealedIn(cwd);
    expect(texts).toHaveLength(15);
    expect(texts.every((text) => text.length >= 64)).toBe(true);
    // What was kept is what was used: nothing is drawn another time.
    expect(texts.slice(0, count)).toEqual(kept.texts);
    const address = /"address":"(0x[\da-fA-F]{40})"/.exec(JSON.stringify(opened))?.[1] ?? "none";
    const journal = readFileSync(join(cwd, "data/wallet/registry/wallets.jsonl"), "utf8");
    expect(journal.trimEnd().split("\n")).toHaveLength(1);
    expect(journal).toContain(address);
    const now = onDisk(cwd);
    expect([found(then, texts), found(now, texts), found(now, [address])]).toEqual([[], [], [address]]);
    await isProven(cwd);
    expect((await called(["replay", key.execution], { cwd })).exit).toBe(0);
  });

  it.each(["store.group.before-commit=kill", "store.group.after-commit=kill"])(
    "keeps all of them or none where whoever erases them dies at %s, and none at the second attempt",
    async (FAILPOINTS) => {
      const cwd = exampleProject("24-wallet", wanted);
      await called(opening, { cwd });
      const { boxes, texts } = await sealedIn(cwd);
      const erase = ["secret", "erase", key.execution];
      expect(inStore(cwd, boxes)).toEqual(boxes);
      expect((await spawned(erase, { cwd, env: { FAILPOINTS } })).exit).toBe(-1);
      const left = await sealedIn(cwd);
      const isErased = FAILPOINTS.startsWith("store.group.after-commit");
      expect(left.texts).toEqual(isErased ? [] : texts);
      expect((await called(["replay", key.execution], { cwd })).exit).toBe(isErased ? 3 : 0);
      expect((await called(erase, { cwd })).exit).toBe(0);
      expect([inStore(cwd, boxes), found(onDisk(cwd), texts)]).toEqual([[], []]);
      await isProven(cwd);
      expect((await called(["replay", key.execution], { cwd })).err).toContain("SECRET_ERASED the chain holds");
    },
  );
});

/** What of these lies in a file of the store. */
const inStore = (cwd: string, boxes: readonly string[]): readonly string[] => {
  const disk = onDisk(join(cwd, "data/.omnibase"));
  return boxes.filter((box) => disk.includes(box));
};

/** The receipt verifies, and neither it nor its log shows more than the commitments. */
async function isProven(cwd: string): Promise<void> {
  const out = join(cwd, "receipt");
  await called(["receipt", key.execution, "--out", out], { cwd });
  const parts = ["receipt.json", "--log", "log.jsonl", "--key", "key.pub.pem"];
  const verified = await called(["verify", ...parts], { cwd: out });
  expect(verified.exit).toBe(0);
  expect(readFileSync(join(out, "log.jsonl"), "utf8").match(/"sealed:[\da-f]{64}"/g)).toHaveLength(15);
}
