import { charge, executed, greet, sha256 } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../value/sha256.ts";
import { traceLines, traceOf } from "../trace.ts";
import { examine } from "./examine.ts";
import { readTrace } from "./read-trace.ts";

const come = executed(greet);
const trace = traceOf({ ...come, sha256 });
const lines = traceLines(trace, sha256);
const text = `${lines.join("\n")}\n`;

const codeOf = (given: string): unknown => {
  const read = readTrace(given, sha256);
  return read.ok ? "ok" : [read.error.code, read.error.line, read.error.detail];
};

type Fields = Readonly<Record<string, unknown>>;

/** The same lines with some changed, chained again: whoever writes a trace of their own can do that. */
function rewritten(change: (line: Fields, index: number) => Fields, from: readonly string[] = lines): string {
  let prev: string = digestOf(sha256, trace.execution);
  return from
    .map((one, index) => {
      const fields: Fields = JSON.parse(one);
      const line = JSON.stringify({ ...change(fields, index), prev_hash: prev });
      prev = digestOf(sha256, line);
      return line;
    })
    .join("\n");
}

const withPayload = (change: Fields): string =>
  rewritten((line, index) => (index === 0 ? { ...line, payload: { ...Object(line["payload"]), ...change } } : line));

describe("a trace that is read from a file", () => {
  it.each(["ADVANCED", "BASIC"] as const)("is examined as the log that it was made of: %s", (profile) => {
    const made = traceOf({ ...come, sha256, profile });
    const read = readTrace(traceLines(made, sha256).join("\n"), sha256);
    expect(read.ok && read.value).toEqual({
      trace: made,
      lines: traceLines(made, sha256),
      snapshot: `sha256:${sha256("a snapshot")}`,
      records: come.lines.length,
    });
    expect(read.ok && examine(read.value.trace)).toMatchObject({ verdict: "clean" });
  });

  it("may be of an execution that goes on", () => {
    const read = readTrace(traceLines(traceOf({ ...executed(charge), sha256 }), sha256).join("\n"), sha256);
    expect(read.ok && examine(read.value.trace).verdict).toBe("waiting");
  });

  it("was tampered with where a line does not follow from the one before", () => {
    const follow = "it does not follow from the line before";
    expect(codeOf(text.replace('"status":"ACK"', '"status":"NACK"'))).toEqual(["TRACE_TAMPERED", 5, follow]);
    expect(codeOf(lines.slice(1).join("\n"))).toEqual(["TRACE_TAMPERED", 1, follow]);
    expect(codeOf(lines.toSpliced(2, 1).join("\n"))).toEqual(["TRACE_TAMPERED", 3, follow]);
    const other = rewritten((line, index) => (index === 3 ? { ...line, execution_id: "other" } : line));
    expect(codeOf(other)).toEqual(["TRACE_TAMPERED", 4, follow]);
  });

  it.each([
    ["it is not JSON", "{"],
    ["it has other keys than a line of a trace", "[]"],
    ["it has other keys than a line of a trace", '{"a":1}'],
    ["it is of another version than V1", text.replace('"V1"', '"V0"')],
    ["it lacks a text", rewritten((line) => ({ ...line, timestamp: 1 }))],
    ["it lacks a number", rewritten((line) => ({ ...line, revision: "1" }))],
    ["its event_type is unknown", rewritten((line) => ({ ...line, event_type: "said" }))],
    ["its payload is no object", rewritten((line) => ({ ...line, payload: [] }))],
    ["a execution_start has no workflow_code", withPayload({ workflow_code: undefined })],
    ["it begins with no execution_start", withPayload({ workflow: 7 })],
    [
      "it begins with no execution_start",
      rewritten((line) => ({ ...line, event_type: "audit_event", payload: { audit_type: "X" } })),
    ],
  ])("is none of ours where %s", (detail, given) => {
    expect(codeOf(given)).toEqual(["TRACE_UNREADABLE", 1, detail]);
  });

  it("is not whole where it does not say how it ended, nor where it stands", () => {
    expect(codeOf(lines.slice(0, 6).join("\n"))).toEqual([
      "TRACE_UNREADABLE",
      6,
      expect.stringContaining("ends with no workflow_complete"),
    ]);
  });
});
