import { greetingLog, sha256 } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { canonical } from "../value/canonical.ts";
import type { JsonObject } from "../value/json.ts";
import { digestOf } from "../value/sha256.ts";
import { logLines, verifyChain } from "./chain.ts";

const lines = greetingLog({ execution: "e-1", name: "Ada" });

/** Changes a record and chains everything behind it anew, as someone would who has no key. */
function forged(revision: number, change: JsonObject): readonly string[] {
  const out: string[] = [];
  for (const [index, line] of lines.entries()) {
    const before = out.at(-1);
    const prev = before === undefined ? null : digestOf(sha256, before);
    const record: JsonObject = JSON.parse(line);
    out.push(canonical({ ...record, prev, ...(index + 1 === revision ? change : {}) }));
  }
  return out;
}

const at = (given: readonly string[]): string => {
  const result = verifyChain(given, { sha256 });
  return result.ok ? "holds" : `${result.error.code} ${String(result.error.revision)}`;
};

it("gives the records, the head and how it began", () => {
  const chain = verifyChain(lines, { sha256 });
  expect(chain.ok && chain.value.records.map(({ type }) => type)).toEqual([
    "Started",
    "Passed",
    "Settled",
    "Completed",
  ]);
  expect(chain.ok && chain.value.head).toBe(digestOf(sha256, lines.at(-1) ?? ""));
  expect(chain.ok && chain.value.started).toMatchObject({
    tenant: "default",
    execution: "e-1",
    input: { name: "Ada" },
  });
});

it.each([
  [{ isolation: ["thread: 1 ms, 1 MiB"] }, "holds"],
  [{ isolation: 1 }, "MALFORMED 1"],
  [{ isolation: [1] }, "MALFORMED 1"],
  [{ parent: { execution: "e-0", place: "SUB" } }, "holds"],
  [{ parent: { execution: "e-0" } }, "MALFORMED 1"],
  [{ colour: "red" }, "MALFORMED 1"],
])("begins with what an execution may begin with: %j", (more, verdict) => {
  const { body } = JSON.parse(lines[0] ?? "");
  expect(at(forged(1, { body: { ...body, ...more } }))).toBe(verdict);
});

it("holds for a log that has not ended", () => {
  expect(at(lines.slice(0, 2))).toBe("holds");
});

describe("names the first revision that fails", () => {
  const [one = "", two = "", three = "", four = ""] = lines;
  it.each([
    ["an edit that stays canonical", [one, two.replace("ACK", "NAK"), three, four], "CHAIN_BROKEN 3"],
    ["an edit that does not", [one, two.replace(":", ": "), three, four], "MALFORMED 2"],
    ["a deletion", [one, three, four], "CHAIN_BROKEN 2"],
    ["the first one gone", [two, three, four], "CHAIN_BROKEN 1"],
    ["an insertion", [one, two, two, three, four], "CHAIN_BROKEN 3"],
    ["two in the other order", [one, three, two, four], "CHAIN_BROKEN 2"],
    [
      "a record of another execution",
      [one, ...greetingLog({ execution: "e-2", name: "Ada" }).slice(1)],
      "CHAIN_BROKEN 2",
    ],
    ["no record", [], "MALFORMED 1"],
    ["an empty line", [one, "", three], "MALFORMED 2"],
    ["another key", forged(2, { extra: 1 }), "MALFORMED 2"],
    ["no instant", forged(2, { at: "now" }), "MALFORMED 2"],
    ["an instant that is no text", forged(2, { at: 1 }), "MALFORMED 2"],
    ["an instant before the last", forged(2, { at: "2000-01-01T00:00:00.000Z" }), "CHAIN_BROKEN 2"],
    ["a digest that is none", forged(2, { prev: 1 }), "MALFORMED 2"],
    ["a revision that is none", forged(2, { revision: "2" }), "MALFORMED 2"],
    ["a revision left out", forged(2, { revision: 3 }), "CHAIN_BROKEN 2"],
    ["a type that is none", forged(2, { type: 1 }), "MALFORMED 2"],
    ["a second start", forged(2, { type: "Started" }), "CHAIN_BROKEN 2"],
    ["no start", forged(1, { type: "Passed" }), "MALFORMED 1"],
    ["a start with another key", forged(1, { body: {} }), "MALFORMED 1"],
  ])("%s", (_, given, expected) => {
    expect(at(given)).toBe(expected);
  });

  it.each(["engine", "execution", "format", "principal", "snapshot", "tenant", "workflow"])(
    "a start whose %s is no text",
    (field) => {
      const { body }: { readonly body: JsonObject } = JSON.parse(one);
      expect(at(forged(1, { body: { ...body, [field]: 1 } }))).toBe("MALFORMED 1");
    },
  );
});

describe("logLines", () => {
  it("cuts a log into its lines", () => {
    expect(logLines(Buffer.from("a\né\n"))).toEqual({ ok: true, value: ["a", "é"] });
  });

  it("refuses a line without an end", () => {
    expect(logLines(Buffer.from("a\nb"))).toMatchObject({ ok: false, error: { code: "MALFORMED", revision: 2 } });
  });

  it("refuses bytes that a lenient reader would replace by the character that stood there", () => {
    const bytes = Buffer.concat([Buffer.from("a\n"), Buffer.from([0xff, 0x0a])]);
    expect(logLines(bytes)).toMatchObject({ ok: false, error: { code: "MALFORMED", revision: 2 } });
  });
});
