import type { JsonObject } from "@omnibase/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";
import { libraryArtifact, libraryCodes, objectAt, pageSteps, workflowOf } from "./testing/library-project.ts";

const one = `0x${"1".padStart(64, "0")}`;
const point =
  "0x0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

/** Of every transform of the library one input, and what it gives. */
const samples: { readonly [code: string]: readonly [JsonObject, JsonObject] } = {
  CT_EXEC_EMIT_V0: [{ value: [1] }, { result: [1] }],
  CT_PURE_ASSEMBLE_RECORD_V0: [{ fields: { a: 1 } }, { record: { a: 1 } }],
  CT_PURE_CHECK_QUOTA_AVAILABLE_V0: [{ assigned_count: 1, quota: 2 }, { quota_available: true }],
  CT_PURE_CHECK_TRAINING_STATUS_V0: [{ training_completed: true }, { is_eligible: true }],
  CT_PURE_COMPARE_EQUAL_V0: [{ left: { a: 1 }, right: { a: 1 } }, { is_equal: true }],
  CT_PURE_EVALUATE_INACTIVITY_V0: [
    { last_active_date: "2026-11-01", current_date: "2026-11-21", threshold_days: 20 },
    { is_inactive: true, days_inactive: 20 },
  ],
  CT_PURE_COLLECT_RESULTS_V0: [
    { workflows: [{ code: "WF_A", result_status: "SUCCESS", outputs: { n: 1 } }] },
    {
      result_status: "SUCCESS",
      results: [{ code: "WF_A", result_status: "SUCCESS", outputs: { n: 1 } }],
      all_succeeded: true,
    },
  ],
  CT_PURE_COUNT_ROUNDS_V0: [
    { outcomes: ["SUCCESS", "SUCCESS"], results: [{ sub_items: ["SUCCESS"] }, {}] },
    { result_status: "SUCCESS", items_processed: 2, sub_items_processed: 1 },
  ],
  CT_PURE_EXTRACT_V0: [{ from: { a: { b: 1 } }, path: "a.b" }, { result: 1 }],
  CT_PURE_FILTER_RECORDS_V0: [{ source: [{ a: 1 }, { a: 2 }], filter: { a: 2 } }, { extracted: [{ a: 2 }] }],
  CT_PURE_GENERATE_ID_V0: [{ prefix: "GR", data: "Ada" }, { id: "GR_21844d298efe7a0a" }],
  CT_PURE_KECCAK256_HASH_V0: [
    { input_bytes: "0x616263" },
    { hash_hex: "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45" },
  ],
  CT_PURE_LOOKUP_V0: [{ key: "a", map: { a: 1 } }, { result: 1 }],
  CT_PURE_MAP_RESULT_TO_HTTP_V0: [
    { execution_result: { status: "FAILED", exit_reason_code: "EXIT_NOT_FOUND" }, mapping: { NOT_FOUND: 404 } },
    {
      http_status: 404,
      response_body: { status: "FAILED", exit_reason_code: "EXIT_NOT_FOUND", trace_id: null, result_payload: {} },
      result_status: "NOT_FOUND",
    },
  ],
  CT_PURE_PASSTHROUGH_V0: [{ value: "x" }, { value: "x" }],
  CT_PURE_PUBKEY_TO_ETH_ADDRESS_V0: [
    { public_key_uncompressed_bytes: point },
    { eth_address_hex: "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf" },
  ],
  CT_PURE_VALIDATE_PARAMETER_RULES_V0: [
    { parameters: { n: 5 }, rules: [{ field: "n", op: "gt", value: 4 }] },
    { valid: true, failed_rule: null },
  ],
  CT_PURE_VALIDATE_RECORD_STRUCTURE_V0: [
    { record: { a: 1 }, schema: { a: { type: "integer" } } },
    { is_valid: true, violations: [] },
  ],
  CT_PURE_VALIDATE_SET_MEMBERSHIP_V0: [{ value: 1, allowed_set: [1, 2] }, { is_member: true }],
};

/** Those that return what must not stand in a log. A step cannot ask them. */
const makers: readonly string[] = [
  "CT_PURE_DERIVE_CHILD_KEY_V0",
  "CT_PURE_DERIVE_MASTER_KEY_V0",
  "CT_PURE_ENTROPY_TO_MNEMONIC_V0",
  "CT_PURE_GENERATE_ENTROPY_V0",
  "CT_PURE_MNEMONIC_TO_SEED_V0",
];

/** Those that take a private key, and return what everybody may know. */
const keySamples: { readonly [code: string]: readonly [JsonObject, JsonObject] } = {
  CT_PURE_ECDSA_SIGN_V0: [
    {
      private_key_bytes: one,
      message_hash: "0xa0dc65ffca799873cbea0ac274015b9526505daaaed385155425f7337704883e",
    },
    {
      r: "0x934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8",
      s: "0x2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
    },
  ],
  CT_PURE_PRIVATE_KEY_TO_PUBLIC_V0: [{ private_key_bytes: one }, { public_key_uncompressed_bytes: point }],
};

const all = { ...samples, ...keySamples };

/** Asks one transform, as its page says. That of one that makes secrets says nothing. */
function askFor(code: string): Readonly<Record<string, string>> {
  const artifact = libraryArtifact(code);
  const core = objectAt(artifact, "core");
  const inputs = objectAt(core, "inputs");
  const bound = Object.fromEntries(Object.keys(inputs).map((field) => [field, `$.inputs.${field}`]));
  const asked = { step: "ask", transform: `std::${code}`, inputs: bound, result_surface: ["SUCCESS", "VIOLATION"] };
  const [step = asked] = pageSteps(code);
  return workflowOf({
    name: code.replace(/^CT_/, "").replace(/_V0$/, ""),
    step,
    inputs,
    outputs: objectAt(core, "outputs"),
  });
}

let cwd = "";
beforeAll(() => {
  const files = Object.keys(all).flatMap((code) => Object.entries(askFor(code)));
  const contracts = Object.fromEntries(files.map(([name, text]) => [`contracts/${name}`, text]));
  cwd = folderWith({ "omnibase.yaml": "namespace: lib\n", ...contracts });
});
afterAll(removeFolders);

it("there is a sample of every transform of the library", () => {
  expect([...Object.keys(all), ...makers].toSorted()).toEqual(libraryCodes("CT_").toSorted());
});

it.each(makers)("%s makes a secret, so a workflow that returns it does not compile", async (code) => {
  const contracts = Object.entries(askFor(code)).map(([name, text]) => [`contracts/${name}`, text] as const);
  const folder = folderWith({ "omnibase.yaml": "namespace: lib\n", ...Object.fromEntries(contracts) });
  const checked = await called(["check"], { cwd: folder });
  expect(checked.exit).toBe(4);
  expect(checked.err).toContain("SECRET_FLOW");
});

it.each(Object.entries(all))("%s is executed, and replayed", async (code, [payload, outputs]) => {
  const workflow = `lib::WF_${code.slice("CT_".length)}`;
  const ran = await called(["run", "--wf", workflow, "--payload", "-", "--json"], {
    cwd,
    stdin: JSON.stringify(payload),
  });
  expect(ran.err).toBe("");
  const result = documentIn(ran);
  expect(result).toMatchObject({ status: "SUCCESS", outputs });
  expect((await called(["replay", String(result["execution"])], { cwd })).exit).toBe(0);
});
