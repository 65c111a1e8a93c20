import { existsSync, readFileSync } from "node:fs";

export interface SuiteCase {
  readonly name: string;
  readonly expect: "accept" | "reject" | "either";
  readonly base64: string;
}

const file = new URL("../../../shared/conformance/hostile/jsontestsuite.json", import.meta.url);

/** JSONTestSuite, or nothing where it is not beside this checkout. */
export const suiteCases: readonly SuiteCase[] = existsSync(file)
  ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a fixture of known shape
    (JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly SuiteCase[] }).cases
  : [];

/** What stricter rules of ours say about texts that the suite accepts. */
export const refusedByRule: ReadonlyMap<string, string> = new Map([
  ["y_object_duplicated_key", "PAYLOAD_DUPLICATE_KEY"],
  ["y_object_duplicated_key_and_value", "PAYLOAD_DUPLICATE_KEY"],
  ["y_object_escaped_null_in_key", "PAYLOAD_KEY_INVALID"],
]);

/** A declared file may begin with a mark, as editors write it, and holds nothing that acts on a terminal. */
export const ofArtifacts: ReadonlyMap<string, string> = new Map([
  ["i_structure_UTF-8_BOM_empty_object", "accepted"],
  ["y_string_unescaped_char_delete", "ARTIFACT_ENCODING"],
  ["y_string_with_del_character", "ARTIFACT_ENCODING"],
]);

/** Where the suite leaves the choice, this is ours: the first pattern that fits. */
export const pinned = (name: string): string | undefined => choices.find(([pattern]) => pattern.test(name))?.[1];

const choices: readonly (readonly [pattern: RegExp, says: string])[] = [
  [/^i_number_(?:double_huge_neg_exp|real_underflow)$/, "accepted"],
  [/^i_number_(?:too_big|very_big)/, "PAYLOAD_NUMBER_PRECISION"],
  [/^i_number_/, "PAYLOAD_NUMBER_RANGE"],
  [/^i_(?:string|object_key)_/, "PAYLOAD_ENCODING"],
  [/^i_structure_500_nested_arrays$/, "PAYLOAD_TOO_DEEP"],
  [/^i_structure_UTF-8_BOM_empty_object$/, "PAYLOAD_SYNTAX"],
];
