import {
  answer,
  charge,
  child,
  equal,
  executed,
  fire,
  firstOf,
  go,
  greet,
  line,
  paid,
  refusal,
  sha256,
  task,
  violation,
} from "@omnibase/testkit";
import type { Case, Says } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compareExecutions, isMoreThanTime, type ExecutionDifference } from "./compare-executions.ts";

const compared = (a: Case, b: Case): readonly ExecutionDifference[] =>
  compareExecutions(executed(a), executed(b), sha256);

const aspects = (a: Case, b: Case): readonly string[] =>
  compared(a, b).map(({ aspect, path, place = "" }) => `${aspect} ${place}${path}`);

const ada: Case = greet;
const bob: Case = { ...greet, input: { name: "Bob" } };
const said = (value: unknown, outcome = "SUCCESS"): Says =>
  answer({ kind: "done", outcome, value: JSON.parse(JSON.stringify(value)) });

const ending = (execution: string, n: number): Case => ({
  ...line,
  transform: () => equal,
  says: firstOf(task("NO"), go, child("COMPLETED", { execution, n }), fire),
});

const failing = (message: string): Case => ({
  ...charge,
  says: answer({ kind: "not-done", failure: { ...refusal, message }, retryable: false }),
});

const lose: Says = (request, atMs) =>
  request.kind === "effect" ? { type: "Lose", atMs, place: request.place, attempt: request.attempt } : undefined;

const stopped = (reason: string): Case => ({
  ...line,
  later: [{ type: "Cancel", atMs: 5_000, by: "ada", reason }],
});

const late: Says = (request) =>
  request.kind === "effect"
    ? {
        type: "Answer",
        atMs: 9_000,
        place: request.place,
        attempt: 1,
        answer: { kind: "done", outcome: "VIOLATION", value: {} },
      }
    : undefined;

describe("two executions", () => {
  it("that did the same do not differ", () => {
    expect(compared(ada, ada)).toEqual([]);
    expect(isMoreThanTime([])).toBe(false);
  });

  it("differ first in what was sent, and then in what comes of it", () => {
    const differences = compared(ada, bob);
    expect(differences).toEqual([
      { aspect: "input", path: "/name", before: "Ada", after: "Bob" },
      { aspect: "inputs", place: "CC_KEEP/id", path: "/data", before: "Ada", after: "Bob" },
    ]);
    expect(isMoreThanTime(differences)).toBe(true);
  });

  it("differ in the way that they went, and only as far as that is told what they were given", () => {
    const [path, ...others] = compared(ada, { ...ada, transform: () => violation });
    expect(path).toEqual({ aspect: "path", place: "CC_KEEP/id", path: "", before: "SUCCESS", after: "VIOLATION" });
    expect(others.map(({ aspect }) => aspect)).toEqual(["answers", "result", "timing"]);
    const longer = aspects({ ...charge, says: paid }, charge);
    expect(longer).toEqual(["path ", "answers ", "timing "]);
  });

  it("differ in what the world answered", () => {
    expect(aspects(failing("a"), failing("b"))).toEqual(["answers PAY/charge/failure/message"]);
    const status = (code: number): Case => ({
      ...charge,
      says: said({ status: code, headers: {}, body: [1, code] }, "VIOLATION"),
    });
    expect(compared(status(400), status(404))).toEqual([
      { aspect: "answers", place: "PAY/charge", path: "/value/body/1", before: 400, after: 404 },
    ]);
    const longer: Case = { ...charge, says: said({ status: 400, headers: {}, body: [1, 400, 7] }, "VIOLATION") };
    expect(compared(status(400), longer)[0]).toMatchObject({ path: "/value/body/2", before: null, after: 7 });
    expect(compared(longer, status(400))[0]).toMatchObject({ path: "/value/body/2", before: 7, after: null });
    const shape: Case = { ...charge, says: said({ status: 400, headers: {}, body: { a: 1 } }, "VIOLATION") };
    expect(compared(status(400), shape)[0]).toMatchObject({ path: "/value/body" });
  });

  it("do not differ by the ids of what they asked for", () => {
    expect(compared(ending("a", 1), ending("b", 1))).toEqual([]);
    expect(aspects(ending("a", 1), ending("a", 2))).toEqual(["answers SUB/value/outputs/n", "result /outputs/n"]);
  });

  it("differ in what people said", () => {
    expect(aspects({ ...charge, says: lose }, charge)).toContain("answers ");
    const unknown = answer({ kind: "unknown", failure: refusal }, "count");
    const resolved = (kind: "retry" | "not-done"): Case => ({
      ...charge,
      says: firstOf(paid, unknown),
      later: [{ type: "Resolve", atMs: 5_000, place: "PAY/count", by: "bob", resolution: { kind } }],
    });
    expect(aspects(resolved("retry"), resolved("not-done"))).toEqual(["answers PAY/count/resolution/kind"]);
    expect(aspects(stopped("a"), stopped("b"))).toEqual(["answers /reason"]);
    expect(aspects(line, stopped("b"))).toEqual(["path ", "answers ", "result /class", "timing "]);
  });

  it("differ in time, and that alone is no difference", () => {
    const [only, ...none] = compared({ ...charge, says: said({}, "VIOLATION") }, { ...charge, says: late });
    expect(only).toEqual({ aspect: "timing", place: "PAY/charge", path: "", before: 1, after: 8_000 });
    expect(none).toEqual([]);
    expect(isMoreThanTime(only === undefined ? [] : [only])).toBe(false);
  });

  it("of two workflows say so first", () => {
    expect(compared(ada, charge)[0]).toMatchObject({ aspect: "workflow", after: "demo::WF_CHARGE_V0" });
  });
});
