import { greetingCompiled, greetingLog, sha256, testKey } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { encodeSnapshotFile } from "../compile/snapshot-file.ts";
import { seal } from "../compile/seal.ts";
import { digestOf } from "../value/sha256.ts";
import { archivePaths, openArchive, signArchive, verifyArchive } from "./archive.ts";
import type { Archive, ArchivedExecution } from "./archive.ts";
import { signEnvelope } from "./dsse.ts";
import { signReceipt } from "./receipt.ts";

const key = testKey("ours");
const sealed = seal(greetingCompiled, { sha256 });
const snapshot = sealed.digest;
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const checks = { sha256, sha256OfBytes: (bytes: Uint8Array) => sha256(textOf(bytes)), trust: key.trust };

const logs = ["e-1", "e-2"].map((execution) => greetingLog({ execution, name: "Ada", snapshot }));

function receiptOf(lines: readonly string[]): string {
  const receipt = signReceipt(lines, { sha256, signer: key });
  if (!receipt.ok) throw new Error(receipt.error.detail);
  return `${receipt.value}\n`;
}

const executions = logs.map((lines, index): ArchivedExecution => ({
  execution: `e-${String(index + 1)}`,
  head: digestOf(sha256, lines.at(-1) ?? ""),
  records: lines.length,
  snapshot,
  workflow: "demo::WF_GREET_V0",
}));

const joined = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");

const whole: Readonly<Record<string, string>> = {
  [archivePaths.logs]: joined(logs.flat()),
  [archivePaths.receipts]: logs.map(receiptOf).join(""),
  [archivePaths.snapshot(snapshot)]: encodeSnapshotFile(sealed, key),
  [archivePaths.implementation(digestOf(sha256, "code"))]: "code",
  [archivePaths.key]: "a key",
};

/** Everything as it lies there, sealed by who has the key. */
function sealedWith(
  change: Readonly<Record<string, string>> = {},
  said: Partial<Archive> = {},
): Readonly<Record<string, string>> {
  const texts = { ...whole, ...change };
  const files = Object.entries(texts).map(([path, text]) => ({ path, digest: digestOf(sha256, text) }));
  const manifest = signArchive({ tenant: "default", executions, files, ...said }, key);
  return { ...texts, [archivePaths.manifest]: `${manifest}\n` };
}

const filesOf = (texts: Readonly<Record<string, string | Uint8Array>>) => ({
  paths: Object.keys(texts),
  read: (path: string) => Buffer.from(texts[path] ?? ""),
});

const verdict = (texts: Readonly<Record<string, string | Uint8Array>>): string => {
  const verified = verifyArchive(filesOf(texts), checks);
  return verified.ok ? "holds" : `${verified.error.code} ${verified.error.file}`;
};

it("holds, and says what is in it", () => {
  const verified = verifyArchive(filesOf(sealedWith()), checks);
  expect(verified).toMatchObject({ ok: true, value: { keyid: key.keyid, archive: { tenant: "default", executions } } });
});

describe("an archive does not hold", () => {
  it.each(Object.keys(whole))("when one byte of %s is another", (path) => {
    const text = sealedWith()[path] ?? "";
    expect(verdict({ ...sealedWith(), [path]: `${text.slice(0, -1)}~` })).toBe(`ARCHIVE_MISMATCH ${path}`);
  });

  it.each(Object.keys(sealedWith()))("when %s is not there", (path) => {
    const { [path]: _gone, ...rest } = sealedWith();
    expect(verdict(rest)).toBe(`ARCHIVE_MISMATCH ${path}`);
  });

  it("when a file lies in it that nobody sealed", () => {
    expect(verdict({ ...sealedWith(), "e-3.jsonl": "" })).toBe("ARCHIVE_MISMATCH e-3.jsonl");
  });

  it("when nobody trusted sealed it", () => {
    const theirs = { ...checks, trust: testKey("theirs").trust };
    expect(openArchive(filesOf(sealedWith()), theirs)).toMatchObject({ error: { code: "UNKNOWN_KEY" } });
  });

  const { logs: log, receipts: receipt } = archivePaths;
  const [one = [], two = []] = logs;
  const [first] = executions;

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["logs in another order", sealedWith({ [log]: joined([...two, ...one]) }), `CHAIN_BROKEN ${receipt}`],
    [
      "a log that was changed",
      sealedWith({ [log]: joined([...one.slice(0, -1), "{}", ...two]) }),
      `MALFORMED ${receipt}`,
    ],
    ["a line more", sealedWith({ [log]: joined([...one, ...two, "{}"]) }), `ARCHIVE_MISMATCH ${log}`],
    ["a receipt less", sealedWith({ [receipt]: receiptOf(one) }), `ARCHIVE_MISMATCH ${log}`],
    ["half a line", sealedWith({ [log]: `${joined([...one, ...two])}{` }), `ARCHIVE_MISMATCH ${log}`],
    ["half a receipt", sealedWith({ [receipt]: `${logs.map(receiptOf).join("")}{` }), `ARCHIVE_MISMATCH ${log}`],
    ["a receipt that is none", sealedWith({ [receipt]: `{}\n${receiptOf(two)}` }), `MALFORMED ${receipt}`],
    ["another tenant than its receipts say", sealedWith({}, { tenant: "other" }), `ARCHIVE_MISMATCH ${receipt}`],
    [
      "a snapshot that is none",
      sealedWith({ [archivePaths.snapshot(snapshot)]: "{}\n" }),
      `SNAPSHOT_MALFORMED ${archivePaths.snapshot(snapshot)}`,
    ],
    [
      "an execution without its snapshot",
      sealedWith({}, { executions: [{ ...executionOf(first), snapshot: digestOf(sha256, "another") }] }),
      "MALFORMED manifest.json",
    ],
  ])("when who has the key seals %s", (_what, texts, expected) => {
    expect(verdict(texts)).toBe(expected);
  });

  it.each([
    ["a manifest that is not UTF-8", Uint8Array.of(0xff)],
    ["a manifest that is no JSON", manifestOf("")],
    ["another format", manifestOf('{"executions":[],"files":[],"format":"omnibase-archive/2","tenant":"t"}')],
    [
      "executions that are none",
      manifestOf('{"executions":[{}],"files":[],"format":"omnibase-archive/1","tenant":"t"}'),
    ],
    ["files that are none", manifestOf('{"executions":[],"files":[{}],"format":"omnibase-archive/1","tenant":"t"}')],
    ["files that are no list", manifestOf('{"executions":[],"files":{},"format":"omnibase-archive/1","tenant":"t"}')],
    ["no tenant", manifestOf('{"executions":[],"files":[],"format":"omnibase-archive/1","tenant":1}')],
  ])("with %s", (_what, manifest) => {
    expect(verdict({ [archivePaths.manifest]: manifest })).toBe("MALFORMED manifest.json");
  });
});

function executionOf(one: ArchivedExecution | undefined): ArchivedExecution {
  if (one === undefined) throw new Error("nothing is archived");
  return one;
}

function manifestOf(payload: string): string {
  return signEnvelope("application/vnd.omnibase.archive.v1+json", payload, key);
}
