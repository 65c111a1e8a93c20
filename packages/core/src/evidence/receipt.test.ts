import { greetingLog, logOf, sha256, testKey } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Started } from "../execution/events.ts";
import { canonical } from "../value/canonical.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { digestOf } from "../value/sha256.ts";
import { parseEnvelope, signEnvelope } from "./dsse.ts";
import { contradiction, readReceipt, receiptPayloadType, signReceipt, verifyReceipt } from "./receipt.ts";

const key = testKey("ours");
const lines = greetingLog({ execution: "e-1", name: "Ada" });
const other = greetingLog({ execution: "e-2", name: "Ada" });

function signed(log: readonly string[]): string {
  const receipt = signReceipt(log, { sha256, signer: key });
  if (!receipt.ok) throw new Error(receipt.error.detail);
  return receipt.value;
}

function statementIn(receipt: string): { readonly [name: string]: Json; readonly predicate: JsonObject } {
  const envelope = parseEnvelope(receipt);
  return JSON.parse(envelope.ok ? Buffer.from(envelope.value.payload).toString() : "");
}

const fileOf = (log: readonly string[]): Uint8Array => Buffer.from(log.map((line) => `${line}\n`).join(""));
const verdict = (receipt: string, log: readonly string[]): string => {
  const result = verifyReceipt({ receipt: Buffer.from(receipt), log: fileOf(log) }, { sha256, trust: key.trust });
  return result.ok ? "verified" : `${result.error.code} ${String(result.error.revision ?? "")}`.trim();
};

const receipt = signed(lines);
const statement = statementIn(receipt);
/** Signed by the right key, and still not what the log says: only the key's holder could make it. */
const resigned = (change: JsonObject): string =>
  signEnvelope(receiptPayloadType, canonical({ ...statement, ...change }), key);
const restated = (change: JsonObject): string => resigned({ predicate: { ...statement.predicate, ...change } });

it("says what the log says", () => {
  const head = digestOf(sha256, lines.at(-1) ?? "");
  expect(statement).toEqual({
    _type: "https://in-toto.io/Statement/v1",
    predicate: {
      completed_at: "2026-11-21T10:00:00.001Z",
      engine: "omnibase/0.1.0",
      exit: { class: "completed", node: "EXIT_NEW", outcome: "GREETED" },
      head,
      input: digestOf(sha256, '{"name":"Ada"}'),
      isolation: [],
      outputs: digestOf(sha256, '{"id":"GR_21844d298efe7a0a"}'),
      records: 4,
      snapshot: digestOf(sha256, "a snapshot"),
      started_at: "2026-11-21T10:00:00.000Z",
      workflow: "demo::WF_GREET_V0",
    },
    predicateType: "urn:omnibase:receipt:v1",
    subject: [{ digest: { sha256: head.slice(7) }, name: "execution:default/e-1" }],
  });
});

it("is verified with the log that it speaks of, and says of what", () => {
  const files = { receipt: Buffer.from(`${receipt}\n`), log: fileOf(lines) };
  expect(verifyReceipt(files, { sha256, trust: key.trust })).toEqual({
    ok: true,
    value: {
      tenant: "default",
      execution: "e-1",
      workflow: "demo::WF_GREET_V0",
      snapshot: digestOf(sha256, "a snapshot"),
      records: 4,
      head: digestOf(sha256, lines.at(-1) ?? ""),
      keyid: key.keyid,
    },
  });
});

describe("signing", () => {
  it("refuses a log that has not ended", () => {
    expect(signReceipt(lines.slice(0, 3), { sha256, signer: key })).toMatchObject({
      ok: false,
      error: { code: "NOT_ENDED" },
    });
  });

  it("refuses a log that is damaged, at its revision", () => {
    expect(signReceipt(lines.with(1, ""), { sha256, signer: key })).toMatchObject({
      ok: false,
      error: { code: "MALFORMED", revision: 2 },
    });
  });

  it("says of a cancelled execution that it left by no exit", () => {
    const { body }: { readonly body: Started } = JSON.parse(lines[0] ?? "");
    const cancelled = logOf([
      { ...body, type: "Started", atMs: 0 },
      { type: "Cancelled", reason: "enough" },
    ]);
    const its = signed(cancelled);
    expect(statementIn(its).predicate).toMatchObject({
      exit: { class: "cancelled", node: null, outcome: "CANCELLED" },
      outputs: digestOf(sha256, "{}"),
    });
    expect(verdict(its, cancelled)).toBe("verified");
  });
});

describe("refuses", () => {
  const [one = "", two = "", three = "", four = ""] = lines;
  const head = digestOf(sha256, four);
  it.each([
    ["an envelope that is not canonical", `${receipt} `, lines, "MALFORMED"],
    ["a second newline", `${receipt}\n\n`, lines, "MALFORMED"],
    ["another key", signEnvelope(receiptPayloadType, "{}", testKey("theirs")), lines, "UNKNOWN_KEY"],
    ["another statement under the same signature", receipt.replace("eyJ", "eyK"), lines, "BAD_SIGNATURE"],
    ["a payload that is no statement", signEnvelope(receiptPayloadType, "{}", key), lines, "MALFORMED"],
    ["another statement type", resigned({ _type: "x" }), lines, "MALFORMED"],
    ["another predicate type", resigned({ predicateType: "x" }), lines, "MALFORMED"],
    ["another predicate", restated({ extra: 1 }), lines, "MALFORMED"],
    ["no subject", resigned({ subject: 1 }), lines, "MALFORMED"],
    ["two subjects", resigned({ subject: [1, 2] }), lines, "MALFORMED"],
    ["a head that is no text", restated({ head: 1 }), lines, "MALFORMED"],
    ["a count that is no number", restated({ records: "4" }), lines, "MALFORMED"],
    ["a name that is no text", resigned({ subject: [{ digest: {}, name: 1 }] }), lines, "MALFORMED"],
    ["a digest that is no object", resigned({ subject: [{ digest: 1, name: "x" }] }), lines, "MALFORMED"],
    ["a subject that is not the head", restated({ head: "sha256:00" }), lines, "MALFORMED"],
    ["a log without its last newline", receipt, [], "MALFORMED 1"],
    ["a log that is broken", receipt, [one, three, four], "CHAIN_BROKEN 2"],
    ["a log cut short", receipt, [one, two], "CHAIN_BROKEN 3"],
    ["a longer log", signed([one, two, three, four]), longer(), "CHAIN_BROKEN 5"],
    ["another log of the same length", receipt, other, "CHAIN_BROKEN 4"],
    [
      "a name of another execution",
      resigned({ subject: [{ ...subject(head), name: "execution:x/y" }] }),
      lines,
      "RECEIPT_MISMATCH",
    ],
  ])("%s", (_, given, log, expected) => {
    expect(verdict(given, log)).toBe(expected);
  });

  it.each(["completed_at", "engine", "exit", "input", "isolation", "outputs", "snapshot", "started_at", "workflow"])(
    "another `%s` than that of the log",
    (field) => {
      const result = verifyReceipt(
        { receipt: Buffer.from(restated({ [field]: "x" })), log: fileOf(lines) },
        { sha256, trust: key.trust },
      );
      expect(result).toMatchObject({ ok: false, error: { code: "RECEIPT_MISMATCH" } });
      expect(!result.ok && result.error.detail).toContain(`\`${field}\``);
    },
  );

  it("a receipt that is not UTF-8", () => {
    const files = { receipt: Uint8Array.of(0xff), log: fileOf(lines) };
    expect(verifyReceipt(files, { sha256, trust: key.trust })).toMatchObject({ error: { code: "MALFORMED" } });
  });

  it("a log without an end", () => {
    const files = { receipt: Buffer.from(receipt), log: fileOf(lines).subarray(0, -1) };
    expect(verifyReceipt(files, { sha256, trust: key.trust })).toMatchObject({
      error: { code: "MALFORMED", revision: 4 },
    });
  });

  it("a last record that is no ending", () => {
    const strange = [one, two, three, four.replace('"class"', '"clasp"')];
    expect(signReceipt(strange, { sha256, signer: key })).toMatchObject({ error: { code: "NOT_ENDED" } });
  });

  it("a receipt of an execution that had not ended", () => {
    const open = lines.slice(0, 3);
    const end = digestOf(sha256, three);
    const early = resigned({
      predicate: { ...statement.predicate, records: 3, head: end },
      subject: [{ digest: { sha256: end.slice(7) }, name: "execution:default/e-1" }],
    });
    expect(verdict(early, open)).toBe("RECEIPT_MISMATCH");
  });
});

function subject(head: string): JsonObject {
  return { digest: { sha256: head.slice(7) } };
}

/** One record more, rightly chained. */
function longer(): readonly string[] {
  const last = lines.at(-1) ?? "";
  const record: JsonObject = JSON.parse(last);
  return [...lines, canonical({ ...record, prev: digestOf(sha256, last), revision: 5, type: "LateAnswer" })];
}

const read = (text: string) => readReceipt(Buffer.from(text), { trust: key.trust });

describe("without the log", () => {
  const remembered = {
    head: digestOf(sha256, lines.at(-1) ?? ""),
    records: 4,
    snapshot: digestOf(sha256, "a snapshot"),
    workflow: "demo::WF_GREET_V0",
  };

  it("says of which execution it is, and holds against what is remembered", () => {
    const claim = read(receipt);
    expect(claim).toEqual(verifyReceipt({ receipt: Buffer.from(receipt), log: fileOf(lines) }, { sha256, ...key }));
    expect(claim.ok && contradiction(claim.value, remembered)).toBeUndefined();
  });

  it.each(["head", "snapshot", "workflow"] as const)("does not hold where another %s is remembered", (field) => {
    const claim = read(receipt);
    expect(claim.ok && contradiction(claim.value, { ...remembered, [field]: "another" })).toMatchObject({
      code: "RECEIPT_MISMATCH",
    });
  });

  it("is nothing where nobody trusted signed it, or where it says too little", () => {
    expect(readReceipt(Buffer.from(receipt), testKey("theirs"))).toMatchObject({ error: { code: "UNKNOWN_KEY" } });
    expect(read("{}")).toMatchObject({ error: { code: "MALFORMED" } });
    expect(read(restated({ workflow: 1 }))).toMatchObject({ error: { code: "MALFORMED" } });
    expect(read(resigned({ subject: [{ digest: { sha256: remembered.head.slice(7) }, name: "" }] }))).toMatchObject({
      value: { tenant: "", execution: "" },
    });
  });
});
