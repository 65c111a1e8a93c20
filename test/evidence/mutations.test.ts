import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signReceipt, verifyReceipt, type ReceiptRefusal } from "@omnibase/core";
import { readPublicKey, sha256, trustOf } from "@omnibase/infra/crypto";
import { greetingLog, testKey, type TestKey } from "@omnibase/testkit";
import { afterAll, describe, expect, it } from "vitest";
import { filesOf, mutationsOf, type Evidence, type Files, type Mutation } from "./mutations.ts";

/** A process for each mutation takes half a minute, so a part of them stands for all unless all are asked for. */
const exhaustive = process.env["OMNIBASE_EXHAUSTIVE"] === "1";
const countOurs = 1_000;
const countBoth = exhaustive ? 600 : 60;
const processesMax = 2;

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const verifier = join(shared, "tools/verify.mjs");
const outsider = existsSync(verifier);
if (!outsider) console.warn("skipped: the outsider's verifier is not at ../shared/tools/verify.mjs");

const evidenceOf = (execution: string, name: string, key: TestKey): Evidence => {
  const log = greetingLog({ execution, name });
  const receipt = signReceipt(log, { sha256, signer: key });
  if (!receipt.ok) throw new Error(receipt.error.detail);
  return { receipt: receipt.value, log, key: key.publicKeyPem };
};

const [ours, theirs] = [testKey("ours"), testKey("theirs")];
const ada = evidenceOf("e-1", "Ada", ours);
const bachi = evidenceOf("e-2", "Bächi 👋", ours);
const foreign = evidenceOf("e-1", "Ada", theirs);

/** The published example: another's log, receipt and key. */
function published(): readonly Evidence[] {
  if (!outsider) return [];
  const [receipt = "", log = "", key = ""] = ["receipt.json", "log.jsonl", "key.pub.pem"].map((name) =>
    readFileSync(join(shared, "example", name), "utf8"),
  );
  return [{ receipt: receipt.trimEnd(), log: log.split("\n").slice(0, -1), key }];
}

const examples = published();
const pairs = [
  [ada, bachi],
  [bachi, foreign],
  ...examples.map((example): readonly [Evidence, Evidence] => [example, ada]),
] as const;

type Verdict = ReceiptRefusal | { readonly code: "KEY_MALFORMED"; readonly revision?: never } | undefined;

function verdictOf({ receipt, log, key }: Files): Verdict {
  const publicKey = readPublicKey(key.toString());
  if (!publicKey.ok) return { code: publicKey.error.code };
  const result = verifyReceipt({ receipt, log }, { sha256, trust: trustOf([publicKey.value]) });
  return result.ok ? undefined : result.error;
}

const folder = mkdtempSync(join(tmpdir(), "mutations-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The exit code of the outsider's verifier: 0 only where everything holds. */
async function exitOf({ receipt, log, key }: Files, name: string): Promise<number> {
  const at = join(folder, name);
  mkdirSync(at);
  writeFileSync(join(at, "receipt.json"), receipt);
  writeFileSync(join(at, "log.jsonl"), log);
  writeFileSync(join(at, "key.pem"), key);
  const args = [verifier, join(at, "receipt.json"), "--log", join(at, "log.jsonl"), "--key", join(at, "key.pem")];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error) => {
      resolve(error === null ? 0 : Number(error.code));
    });
  });
}

/** Several processes at a time, in order within each. */
async function accepted(mutations: readonly Mutation[]): Promise<readonly string[]> {
  const names: string[] = [];
  const work = async (offset: number): Promise<void> => {
    for (let index = offset; index < mutations.length; index += processesMax) {
      const mutation = mutations[index];
      if (mutation !== undefined && (await exitOf(mutation.files, String(index))) === 0) names.push(mutation.name);
    }
  };
  await Promise.all(Array.from({ length: processesMax }, (_, offset) => work(offset)));
  return names;
}

/** At the change, right behind it, or, where every link was forged, at the end: the last record or the first missing. */
function isFirst(revision: number | undefined, { files, revision: changed = 0 }: Mutation): boolean {
  const end = files.log.toString("latin1").split("\n").length - 1;
  return [changed, changed + 1, end, end + 1].includes(revision ?? 0);
}

describe("a receipt", () => {
  it.each([
    ["of ours", ada],
    ["of ours that is not all ASCII", bachi],
    ...examples.map((example): [string, Evidence] => ["that was published", example]),
  ])("%s holds", (_, evidence) => {
    expect(verdictOf(filesOf(evidence))).toBeUndefined();
  });

  it.skipIf(!outsider)("holds for an outsider as well", async () => {
    const all = [ada, bachi, foreign, ...examples];
    const exits = await Promise.all(all.map((evidence, index) => exitOf(filesOf(evidence), `whole-${String(index)}`)));
    expect(exits).toEqual(all.map(() => 0));
  });
});

describe("every edit, deletion, insertion, reordering, truncation and swap", () => {
  const mutations = mutationsOf(pairs, countOurs);

  it("is one of many different ones, of every kind", () => {
    expect(mutations).toHaveLength(countOurs);
  });

  it("is refused by us", () => {
    expect(mutations.filter(({ files }) => verdictOf(files) === undefined).map(({ name }) => name)).toEqual([]);
  });

  it("of the log is refused at the first revision where the chain fails", () => {
    const ofLogs = mutations.filter(({ revision }) => revision !== undefined);
    const elsewhere = ofLogs.filter((mutation) => !isFirst(verdictOf(mutation.files)?.revision, mutation));
    expect(ofLogs.length).toBeGreaterThan(countOurs / 2);
    expect(elsewhere.map(({ name, revision, files }) => ({ name, revision, verdict: verdictOf(files) }))).toEqual([]);
  });

  it.skipIf(!outsider)(
    `is refused by an outsider too (${String(countBoth)} of them)`,
    async () => {
      expect(await accepted(mutationsOf(pairs, countBoth))).toEqual([]);
    },
    120_000,
  );
});
