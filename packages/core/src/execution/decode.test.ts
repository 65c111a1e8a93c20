import { fact } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../value/json.ts";
import { answerIn, decodeRecord } from "./decode.ts";
import type { ExecutionEvent } from "./events.ts";
import { recordLine, settledLine } from "./record.ts";

const lineOf = (event: ExecutionEvent): string => recordLine(event, { atMs: 2_000, prev: undefined, revision: 1 });
const { type: startedType, atMs: startedAtMs, ...started } = fact.started;
const record = (type: string, body: Json, frame: JsonObject = {}): string =>
  JSON.stringify({ at: "1970-01-01T00:00:02.000Z", body, prev: null, revision: 1, type, ...frame });

const confined: Json = JSON.parse(JSON.stringify({ ...started, isolation: [startedAtMs] }));

describe("a record", () => {
  it("reads back with its frame", () => {
    const { type: _, ...settled } = fact.settled;
    const line = settledLine(settled, "sha256:ab", 7);
    expect(decodeRecord(line)).toEqual({ revision: 7, prev: "sha256:ab", atMs: 2_000, event: fact.settled });
    expect(decodeRecord(lineOf(fact.cancelled)).prev).toBeUndefined();
  });

  it("keeps who asked for an execution, and what confines the code of others in it", () => {
    const parent = { execution: "e0", place: "SUB" };
    const event: ExecutionEvent = { ...fact.started, atMs: 2_000, isolation: ["thread: 1 ms, 1 MiB"], parent };
    expect(decodeRecord(lineOf(event)).event).toEqual(event);
  });

  it("writes what foreign text holds so that it can be read back", () => {
    const event: ExecutionEvent = { type: "Cancelled", reason: 'a "quote", a \\ and a\nline' };
    expect(decodeRecord(lineOf(event)).event).toEqual(event);
  });

  it.each([
    ["is no object", "[]"],
    ["has no body", record("Cancelled", 1)],
    ["has a number for a digest", record("Cancelled", { reason: "x" }, { prev: 1 })],
    ["has no instant", record("Cancelled", { reason: "x" }, { at: "yesterday" })],
    ["has no revision", record("Cancelled", { reason: "x" }, { revision: "1" })],
    ["has a type that nobody wrote", record("toString", {})],
    ["lacks a text", record("Cancelled", {})],
    ["is confined by what is no text", record(startedType, confined)],
    ["lacks a value", record("Settled", { place: "WORK", attempt: 1, outcome: "SUCCESS" })],
    ["lacks a list", record("Passed", { steps: {} })],
    ["holds a step that is none", record("Passed", { steps: [1] })],
    ["holds a digest that is none", record("Passed", { steps: [{ place: "a", outcome: "b", digest: 1 }] })],
    [
      "holds a failure that is none",
      record("AttemptFailed", { place: "a", attempt: 1, certainty: "unknown", failure: 1 }),
    ],
    ["is certain of something else", record("AttemptFailed", { place: "a", attempt: 1, certainty: "perhaps" })],
    [
      "emits what is no name",
      record("Completed", { class: "completed", emitted: [1], exit: "END", outcome: "DONE", outputs: {} }),
    ],
    ["ends in another class", record("Completed", { class: "cancelled", emitted: [], exit: "END" })],
  ])("that %s is a crash", (_, line) => {
    expect(() => decodeRecord(line)).toThrow(/^impossible: a record/);
  });

  it("of a late answer that is none is a crash", () => {
    expect(() => answerIn("done")).toThrow("impossible: a record whose answer is not what was written");
  });
});
