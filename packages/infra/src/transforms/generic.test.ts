import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, JsonObject } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { builtinNames, builtinTransforms, loadBuiltin } from "./index.ts";

const run = (name: string, input: JsonObject): { readonly outcome?: string; readonly value?: Json } =>
  builtinTransforms[`std.${name}@1`]?.(input) ?? {};

const outcomeOf = (name: string, input: JsonObject): string | undefined => run(name, input).outcome;

it("every built-in is declared in the standard library, and nothing else is", () => {
  const library = join(import.meta.dirname, "../../../../contracts");
  const texts = readdirSync(library).map((file) => readFileSync(join(library, file), "utf8"));
  const declared = texts.flatMap((text) => /builtin: (\S+)/.exec(text)?.[1] ?? []);
  expect(declared.toSorted()).toEqual(builtinNames.map((name) => name.replace(/@1$/, "")));
});

it("every built-in can be loaded, and nothing else", async () => {
  const loaded = await Promise.all(builtinNames.map(loadBuiltin));
  expect(loaded.map((transform) => typeof transform)).toEqual(builtinNames.map(() => "function"));
  const others = await Promise.all(["std.lookup", "std.lookup@2", "toString", ""].map(loadBuiltin));
  expect(others).toEqual(others.map(() => undefined));
});

describe("lookup", () => {
  it("finds own keys only", () => {
    expect(run("lookup", { key: "a", map: { a: null } })).toEqual({ outcome: "SUCCESS", value: { result: null } });
    expect(outcomeOf("lookup", { key: "toString", map: {} })).toBe("VIOLATION");
  });

  it.each<JsonObject>([{ key: 1, map: {} }, { key: "a", map: [] }, { key: "a" }])("is violated by %j", (input) => {
    expect(outcomeOf("lookup", input)).toBe("VIOLATION");
  });
});

describe("count_rounds", () => {
  it.each<readonly [readonly string[], readonly Json[], readonly [string, number, number]]>([
    [[], [], ["SUCCESS", 0, 0]],
    [
      ["SUCCESS", "SUCCESS"],
      [{}, { sub_items: ["SUCCESS", "SUCCESS"] }],
      ["SUCCESS", 2, 2],
    ],
    [
      ["SUCCESS", "VIOLATION"],
      [{ sub_items: ["SUCCESS"] }, { sub_items: ["SUCCESS", "VIOLATION"] }],
      ["VIOLATION", 1, 1],
    ],
    [["VIOLATION"], [{ sub_items: 1 }, null], ["VIOLATION", 0, 0]],
  ])("of %j and %j is %j", (outcomes, results, [result_status, items_processed, sub_items_processed]) => {
    const value = { result_status, items_processed, sub_items_processed };
    expect(run("count_rounds", { outcomes, results })).toEqual({ outcome: "SUCCESS", value });
  });

  it.each<JsonObject>([{ outcomes: 1, results: [] }, { outcomes: [] }])("is violated by %j", (input) => {
    expect(outcomeOf("count_rounds", input)).toBe("VIOLATION");
  });
});

describe("collect_results", () => {
  it("tells of each by its code, and of all", () => {
    const done = { code: "A", result_status: "SUCCESS", outputs: { n: 1 } };
    expect(run("collect_results", { workflows: [done] }).value).toEqual({
      result_status: "SUCCESS",
      results: [done],
      all_succeeded: true,
    });
    expect(run("collect_results", { workflows: [{ code: "B" }, done, {}] }).value).toEqual({
      result_status: "PARTIAL_FAILURE",
      results: [
        { code: "B", result_status: "FAILED", outputs: {} },
        done,
        { code: null, result_status: "FAILED", outputs: {} },
      ],
      all_succeeded: false,
    });
  });

  it.each<JsonObject>([{}, { workflows: [1] }])("is violated by %j", (input) => {
    expect(outcomeOf("collect_results", input)).toBe("VIOLATION");
  });
});

describe("validate_set_membership", () => {
  it.each<readonly [JsonObject, string]>([
    [{ value: { a: 1, b: [2] }, allowed_set: [{ b: [2], a: 1 }] }, "SUCCESS"],
    [{ value: { a: 1 }, allowed_set: [{ a: 1, b: 2 }] }, "VIOLATION"],
    [{ value: { a: 1 }, allowed_set: [{ b: 1 }] }, "VIOLATION"],
    [{ value: [1, 2], allowed_set: [[1]] }, "VIOLATION"],
    [{ value: 1, allowed_set: ["1"] }, "VIOLATION"],
    [{ value: null, allowed_set: [null] }, "SUCCESS"],
    [{ allowed_set: [null] }, "VIOLATION"],
    [{ value: "a", allowed_set: "abc" }, "VIOLATION"],
  ])("of %j is %s", (input, outcome) => expect(outcomeOf("validate_set_membership", input)).toBe(outcome));
});

describe("validate_parameter_rules", () => {
  const parameters = { n: 5, t: "b", none: null, flag: true };
  it.each<readonly [JsonObject, boolean]>([
    [{ field: "n", op: "eq", value: 5 }, true],
    [{ field: "n", op: "neq", value: 5 }, false],
    [{ field: "gone", op: "eq", value: null }, true],
    [{ field: "gone", op: "neq", value: 1 }, true],
    [{ field: "n", op: "lt", value: 6 }, true],
    [{ field: "n", op: "lte", value: 5 }, true],
    [{ field: "n", op: "gt", value: 5 }, false],
    [{ field: "n", op: "gte", value: 5 }, true],
    [{ field: "t", op: "gt", value: "a" }, true],
    [{ field: "t", op: "lt", value: "ba" }, true],
    [{ field: "n", op: "gt", value: "4" }, false],
    [{ field: "flag", op: "gte", value: false }, false],
    [{ field: "n", op: "in", allowed: [4, 5] }, true],
    [{ field: "n", op: "in", value: [5] }, true],
    [{ field: "n", op: "in", allowed: 5 }, false],
    [{ field: "gone", op: "in", allowed: [1] }, false],
    [{ field: "t", op: "not_null" }, true],
    [{ field: "none", op: "not_null" }, false],
    [{ field: "gone", op: "not_null" }, false],
    [{ field: "n", op: "like" }, false],
    [{ field: "n", op: "toString" }, false],
    [{ op: "eq" }, false],
  ])("says of %j: %j", (rule, holds) => {
    const answer = run("validate_parameter_rules", { parameters, rules: [rule] });
    expect(answer).toEqual(
      holds
        ? { outcome: "SUCCESS", value: { valid: true, failed_rule: null } }
        : { outcome: "VIOLATION", value: { valid: false, failed_rule: rule } },
    );
  });

  it("names the first rule that fails, and holds where there is none", () => {
    const rules = [{ field: "n", op: "gt", value: 1 }, 7, { field: "n", op: "gt", value: 9 }];
    expect(run("validate_parameter_rules", { parameters, rules }).value).toMatchObject({ failed_rule: 7 });
    expect(outcomeOf("validate_parameter_rules", { parameters, rules: [] })).toBe("SUCCESS");
  });

  it.each<JsonObject>([
    { parameters: 1, rules: [] },
    { parameters: {}, rules: {} },
  ])("is violated by %j", (input) => {
    expect(outcomeOf("validate_parameter_rules", input)).toBe("VIOLATION");
  });
});

describe("validate_record_structure", () => {
  it.each<readonly [Json, JsonObject, readonly string[]]>([
    [{ a: "x" }, { a: { type: "string", required: true } }, []],
    [{}, { a: { type: "string", required: true } }, ["a required"]],
    [{ a: null }, { a: { required: true } }, ["a required"]],
    [{}, { a: { type: "string", min_length: 3 } }, []],
    [{ a: 1.5 }, { a: { type: "integer", min_value: 9 } }, ["a type"]],
    [{ a: 1 }, { a: { type: "quantum" } }, ["a type"]],
    [{ a: 1 }, { a: { type: "number", min_value: 2, max_value: 0 } }, ["a min_value", "a max_value"]],
    [{ a: "12" }, { a: { type: "integer_string", min_value: 12, max_value: 12 } }, []],
    [{ a: "0xff" }, { a: { type: "hex_string", pattern: "0x.." } }, []],
    [{ a: "0xfff" }, { a: { type: "hex_string", pattern: "0x.." } }, ["a pattern"]],
    [{ a: 1 }, { a: { pattern: "1" } }, ["a pattern"]],
    [{ a: "👋" }, { a: { min_length: 1, max_length: 1 } }, []],
    [{ a: [1, 2] }, { a: { type: "array", max_length: 1 } }, ["a max_length"]],
    [{ a: {} }, { a: { type: "object", min_length: 0, max_value: 1 } }, ["a max_value", "a min_length"]],
    [{ a: true }, { a: { type: "boolean" } }, []],
    [{ a: 2, b: 1 }, { a: { lte_field: "b" } }, ["a lte_field"]],
    [{ a: 1, b: 1 }, { a: { lte_field: "b" } }, []],
    [{ a: 1 }, { a: { lte_field: "b" } }, ["a lte_field"]],
    [{ a: 1 }, { a: { lte_field: 2 } }, ["a lte_field"]],
    [7, {}, [" type"]],
  ])("finds in %j by %j: %j", (record, schema, found) => {
    const { outcome, value } = run("validate_record_structure", { record, schema });
    expect(outcome).toBe("SUCCESS");
    expect(value).toEqual({
      is_valid: found.length === 0,
      violations: found.map((one) => {
        const [field, rule] = one.split(" ");
        return { field, rule };
      }),
    });
  });

  it.each<JsonObject>([{ record: {} }, { record: {}, schema: { a: 1 } }])("is violated by %j", (input) => {
    expect(outcomeOf("validate_record_structure", input)).toBe("VIOLATION");
  });
});

describe("records", () => {
  it.each<readonly [JsonObject, Json | undefined]>([
    [{ from: { a: { b: 1 } }, path: "a.b" }, 1],
    [{ from: { a: 1 }, path: "a", type: "integer" }, 1],
    [{ from: { a: 1 }, path: "a", type: "number" }, 1],
    [{ from: { a: [] }, path: "a", type: "array" }, []],
    [{ from: { a: null }, path: "a" }, null],
    [{ from: { a: null }, path: "a", type: "object" }, undefined],
    [{ from: { a: 1 }, path: "a", type: "string" }, undefined],
    [{ from: { a: 1 }, path: "a.b" }, undefined],
    [{ from: {}, path: "toString" }, undefined],
    [{ from: {}, path: "" }, undefined],
  ])("extract takes from %j: %j", (input, result) => {
    expect(run("extract", input)).toMatchObject(
      result === undefined ? { outcome: "VIOLATION" } : { outcome: "SUCCESS", value: { result } },
    );
  });

  it("assemble_record hands on what is an object", () => {
    expect(run("assemble_record", { fields: { a: 1 } })).toEqual({ outcome: "SUCCESS", value: { record: { a: 1 } } });
    expect(outcomeOf("assemble_record", { fields: [1] })).toBe("VIOLATION");
  });

  it("filter_records keeps what fits, and is violated where nothing does", () => {
    const source = [{ a: 1, b: 2 }, { a: 1 }, { a: 2, b: null }, 7];
    expect(run("filter_records", { source, filter: { a: 1 } }).value).toEqual({ extracted: [source[0], source[1]] });
    expect(run("filter_records", { source, filter: { b: "present" } }).value).toEqual({ extracted: [source[0]] });
    expect(outcomeOf("filter_records", { source, filter: { a: 3 } })).toBe("VIOLATION");
    expect(outcomeOf("filter_records", { source: {}, filter: {} })).toBe("VIOLATION");
    expect(outcomeOf("filter_records", { source, filter: 1 })).toBe("VIOLATION");
  });
});

describe("counts and dates", () => {
  it("a quota is available below it, and not at it", () => {
    const below = run("check_quota_available", { assigned_count: 1, quota: 2 });
    const at = run("check_quota_available", { assigned_count: 2, quota: 2 });
    expect([below.value, at.value]).toEqual([{ quota_available: true }, { quota_available: false }]);
    expect(outcomeOf("check_quota_available", { assigned_count: "1", quota: 2 })).toBe("VIOLATION");
    expect(outcomeOf("check_quota_available", { assigned_count: 1 })).toBe("VIOLATION");
  });

  it.each<readonly [JsonObject, boolean, number]>([
    [{ last_active_date: "2026-11-01", current_date: "2026-11-21" }, false, 20],
    [{ last_active_date: "2026-10-22T23:59:59Z", current_date: "2026-11-21T00:00:00.000Z" }, true, 30],
    [{ last_active_date: "2024-02-28", current_date: "2024-03-01", threshold_days: 2 }, true, 2],
    [{ last_active_date: "2026-02-30", current_date: "2026-11-21" }, true, 999],
    [{ current_date: "2026-11-21" }, true, 999],
    [{ last_active_date: 7, current_date: "2026-11-21", threshold_days: 1_000 }, false, 999],
  ])("inactivity of %j", (input, is_inactive, days_inactive) => {
    expect(run("evaluate_inactivity", input).value).toEqual({ is_inactive, days_inactive });
  });

  it.each<JsonObject>([{}, { current_date: "today" }, { current_date: "2026-11-21", threshold_days: "1" }])(
    "inactivity reads no clock: %j is a violation",
    (input) => expect(outcomeOf("evaluate_inactivity", input)).toBe("VIOLATION"),
  );
});

describe("compare_equal", () => {
  it("compares values, not how they are written", () => {
    const equal = run("compare_equal", { left: { a: 1, b: [2] }, right: { b: [2], a: 1 } });
    expect(equal).toEqual({ outcome: "SUCCESS", value: { is_equal: true } });
    expect(run("compare_equal", { left: 1, right: "1" }).value).toEqual({ is_equal: false });
    expect(run("compare_equal", { left: null, right: null }).value).toEqual({ is_equal: true });
  });

  it.each<JsonObject>([{ left: 1 }, { right: 1 }])("is violated by %j", (input) => {
    expect(outcomeOf("compare_equal", input)).toBe("VIOLATION");
  });
});

it("check_training_status says what it was told, and takes nothing but a boolean", () => {
  expect(run("check_training_status", { training_completed: false }).value).toEqual({ is_eligible: false });
  expect(run("check_training_status", { training_completed: true }).value).toEqual({ is_eligible: true });
  expect(outcomeOf("check_training_status", { training_completed: "true" })).toBe("VIOLATION");
});

it.each<Json>([null, 0, [{}]])("exec_emit hands %j on", (value) => {
  expect(run("exec_emit", { value })).toEqual({ outcome: "SUCCESS", value: { result: value } });
  expect(outcomeOf("exec_emit", {})).toBe("VIOLATION");
});

describe("map_result_to_http", () => {
  const mapping = { SUCCESS: 200, VIOLATION: 422, BACKEND_ERROR: 503 };
  const mapped = (execution_result: JsonObject): Json | undefined =>
    run("map_result_to_http", { execution_result, mapping }).value;

  it("hands on what the result says, and leaves out what it does not", () => {
    const empty = { exit_reason_code: null, trace_id: null, result_payload: {} };
    expect(mapped({ status: "SUCCESS", result_payload: { id: 1 }, message: "" })).toEqual({
      http_status: 200,
      result_status: "SUCCESS",
      response_body: { ...empty, status: "SUCCESS", result_payload: { id: 1 } },
    });
    const failed = { status: "FAILED", exit_reason_code: "EXIT_VIOLATION", error_code: "E", message: "why" };
    expect(mapped(failed)).toEqual({
      http_status: 422,
      result_status: "VIOLATION",
      response_body: { ...empty, ...failed },
    });
  });

  it.each<readonly [JsonObject, string, number]>([
    [{ status: "FAILED", exit_reason_code: "EXIT_REJECTED" }, "VIOLATION", 422],
    [{ status: "FAILED", exit_reason_code: "ADMISSION_DENIED" }, "VIOLATION", 422],
    [{ status: "FAILED", exit_reason_code: "EXIT_NOT_FOUND" }, "NOT_FOUND", 500],
    [{ status: "FAILED", exit_reason_code: "toString" }, "BACKEND_ERROR", 503],
    [{ status: "CANCELLED" }, "BACKEND_ERROR", 503],
    [{}, "BACKEND_ERROR", 503],
  ])("%j is a %s, and %d", (result, result_status, http_status) => {
    expect(mapped(result)).toMatchObject({ result_status, http_status });
  });

  it.each<JsonObject>([
    { execution_result: 1, mapping },
    { execution_result: {}, mapping: [] },
    { execution_result: { status: "SUCCESS" }, mapping: { SUCCESS: "200" } },
    { execution_result: { status: "SUCCESS" }, mapping: { SUCCESS: 99 } },
  ])("is violated by %j", (input) => {
    expect(outcomeOf("map_result_to_http", input)).toBe("VIOLATION");
  });
});
