import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseJson } from "./json-text.ts";
import { decodeUtf8 } from "./utf8-text.ts";

interface Case {
  readonly name: string;
  readonly expect: "accept" | "reject" | "either";
  readonly base64: string;
}

const suite = new URL("../../../../../shared/conformance/hostile/jsontestsuite.json", import.meta.url);

/** What stricter rules of ours say about texts that the suite accepts. */
const refusedByRule: ReadonlyMap<string, string> = new Map([
  ["y_object_duplicated_key", "PAYLOAD_DUPLICATE_KEY"],
  ["y_object_duplicated_key_and_value", "PAYLOAD_DUPLICATE_KEY"],
  ["y_object_escaped_null_in_key", "PAYLOAD_KEY_INVALID"],
]);

/** Where the suite leaves the choice, this is ours. */
const pinned: Readonly<Record<string, string>> = {
  i_number_double_huge_neg_exp: "accepted",
  i_number_huge_exp: "PAYLOAD_NUMBER_RANGE",
  i_number_neg_int_huge_exp: "PAYLOAD_NUMBER_RANGE",
  i_number_pos_double_huge_exp: "PAYLOAD_NUMBER_RANGE",
  i_number_real_neg_overflow: "PAYLOAD_NUMBER_RANGE",
  i_number_real_pos_overflow: "PAYLOAD_NUMBER_RANGE",
  i_number_real_underflow: "accepted",
  i_number_too_big_neg_int: "PAYLOAD_NUMBER_PRECISION",
  i_number_too_big_pos_int: "PAYLOAD_NUMBER_PRECISION",
  i_number_very_big_negative_int: "PAYLOAD_NUMBER_PRECISION",
  i_object_key_lone_2nd_surrogate: "PAYLOAD_ENCODING",
  i_string_1st_surrogate_but_2nd_missing: "PAYLOAD_ENCODING",
  i_string_1st_valid_surrogate_2nd_invalid: "PAYLOAD_ENCODING",
  "i_string_UTF-16LE_with_BOM": "PAYLOAD_ENCODING",
  "i_string_UTF-8_invalid_sequence": "PAYLOAD_ENCODING",
  "i_string_UTF8_surrogate_U+D800": "PAYLOAD_ENCODING",
  i_string_incomplete_surrogate_and_escape_valid: "PAYLOAD_ENCODING",
  i_string_incomplete_surrogate_pair: "PAYLOAD_ENCODING",
  i_string_incomplete_surrogates_escape_valid: "PAYLOAD_ENCODING",
  i_string_invalid_lonely_surrogate: "PAYLOAD_ENCODING",
  i_string_invalid_surrogate: "PAYLOAD_ENCODING",
  "i_string_invalid_utf-8": "PAYLOAD_ENCODING",
  "i_string_inverted_surrogates_U+1D11E": "PAYLOAD_ENCODING",
  i_string_iso_latin_1: "PAYLOAD_ENCODING",
  i_string_lone_second_surrogate: "PAYLOAD_ENCODING",
  i_string_lone_utf8_continuation_byte: "PAYLOAD_ENCODING",
  i_string_not_in_unicode_range: "PAYLOAD_ENCODING",
  i_string_overlong_sequence_2_bytes: "PAYLOAD_ENCODING",
  i_string_overlong_sequence_6_bytes: "PAYLOAD_ENCODING",
  i_string_overlong_sequence_6_bytes_null: "PAYLOAD_ENCODING",
  "i_string_truncated-utf-8": "PAYLOAD_ENCODING",
  i_string_utf16BE_no_BOM: "PAYLOAD_ENCODING",
  i_string_utf16LE_no_BOM: "PAYLOAD_ENCODING",
  i_structure_500_nested_arrays: "PAYLOAD_TOO_DEEP",
  "i_structure_UTF-8_BOM_empty_object": "PAYLOAD_SYNTAX",
};

const answerTo = ({ base64 }: Case): string => {
  const options = { file: "payload.json", family: "PAYLOAD" } as const;
  const text = decodeUtf8(Buffer.from(base64, "base64"), options);
  const result = text.ok ? parseJson(text.value, options) : text;
  return result.ok ? "accepted" : (result.error[0]?.code ?? "");
};

function casesOf(file: URL): readonly Case[] {
  if (!existsSync(file)) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a fixture of known shape
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] }).cases;
}

const cases = casesOf(suite);
if (cases.length === 0) process.stderr.write("skipped: JSONTestSuite is not beside this checkout\n");

describe.skipIf(cases.length === 0)("JSONTestSuite", () => {
  it("is whole", () => {
    expect(cases.length).toBe(318);
  });

  it.each(cases.filter((one) => one.expect === "accept"))("accepts $name", (one) => {
    expect(answerTo(one)).toBe(refusedByRule.get(one.name) ?? "accepted");
  });

  it.each(cases.filter((one) => one.expect === "reject"))("refuses $name", (one) => {
    expect(answerTo(one)).toMatch(/^PAYLOAD_[A-Z_]+$/);
  });

  it.each(cases.filter((one) => one.expect === "either"))("always says the same about $name", (one) => {
    expect(answerTo(one)).toBe(pinned[one.name]);
  });
});
