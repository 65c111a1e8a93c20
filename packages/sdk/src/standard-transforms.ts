import type { Json } from "@omnibase/core";

/** A part of the standard library as types. Written by scripts/library-types.mjs from contracts/. */
export interface StandardTransforms {
  readonly "std::CT_EXEC_EMIT_V0": {
    readonly given: { readonly value: Json };
    readonly surface: { readonly SUCCESS: { readonly result: Json }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_ASSEMBLE_RECORD_V0": {
    readonly given: { readonly fields: JsonObject };
    readonly surface: { readonly SUCCESS: { readonly record: JsonObject }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_CHECK_QUOTA_AVAILABLE_V0": {
    readonly given: { readonly assigned_count: number; readonly quota: number };
    readonly surface: { readonly SUCCESS: { readonly quota_available: boolean }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_CHECK_TRAINING_STATUS_V0": {
    readonly given: { readonly training_completed: boolean };
    readonly surface: { readonly SUCCESS: { readonly is_eligible: boolean }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_COLLECT_RESULTS_V0": {
    readonly given: { readonly workflows: readonly Json[] };
    readonly surface: {
      readonly SUCCESS: {
        readonly result_status: "SUCCESS" | "PARTIAL_FAILURE";
        readonly results: readonly Json[];
        readonly all_succeeded: boolean;
      };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_COMPARE_EQUAL_V0": {
    readonly given: { readonly left: Json; readonly right: Json };
    readonly surface: { readonly SUCCESS: { readonly is_equal: boolean }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_COUNT_ROUNDS_V0": {
    readonly given: { readonly outcomes: readonly Json[]; readonly results: readonly Json[] };
    readonly surface: {
      readonly SUCCESS: {
        readonly result_status: "SUCCESS" | "VIOLATION";
        readonly items_processed: number;
        readonly sub_items_processed: number;
      };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_DERIVE_CHILD_KEY_V0": {
    readonly given: {
      readonly parent_private_key_bytes: string;
      readonly parent_chain_code_bytes: string;
      readonly index: number;
    };
    readonly surface: {
      readonly SUCCESS: { readonly child_private_key_bytes: string; readonly child_chain_code_bytes: string };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_DERIVE_MASTER_KEY_V0": {
    readonly given: { readonly seed_bytes: string };
    readonly surface: {
      readonly SUCCESS: { readonly master_private_key_bytes: string; readonly master_chain_code_bytes: string };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_ECDSA_SIGN_V0": {
    readonly given: {
      readonly private_key_bytes: string;
      readonly message_hash: string;
      readonly curve?: "secp256k1" | "secp256r1";
    };
    readonly surface: {
      readonly SUCCESS: { readonly r: string; readonly s: string; readonly v: number; readonly signed_bytes: string };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_ENTROPY_TO_MNEMONIC_V0": {
    readonly given: { readonly entropy_bytes: string };
    readonly surface: { readonly SUCCESS: { readonly mnemonic: string }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_EVALUATE_INACTIVITY_V0": {
    readonly given: {
      readonly last_active_date?: string;
      readonly current_date: string;
      readonly threshold_days?: number;
    };
    readonly surface: {
      readonly SUCCESS: { readonly is_inactive: boolean; readonly days_inactive: number };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_EXTRACT_V0": {
    readonly given: {
      readonly from: JsonObject;
      readonly path: string;
      readonly type?: "string" | "number" | "integer" | "boolean" | "object" | "array";
    };
    readonly surface: { readonly SUCCESS: { readonly result: Json }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_FILTER_RECORDS_V0": {
    readonly given: { readonly source: readonly Json[]; readonly filter: JsonObject };
    readonly surface: { readonly SUCCESS: { readonly extracted: readonly Json[] }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_GENERATE_ENTROPY_V0": {
    readonly given: { readonly entropy_bits: 128 | 160 | 192 | 224 | 256 };
    readonly surface: { readonly SUCCESS: { readonly entropy_bytes: string }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_GENERATE_ID_V0": {
    readonly given: { readonly prefix: string; readonly data: Json };
    readonly surface: { readonly SUCCESS: { readonly id: string }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_KECCAK256_HASH_V0": {
    readonly given: { readonly input_bytes: string };
    readonly surface: { readonly SUCCESS: { readonly hash_hex: string }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_LOOKUP_V0": {
    readonly given: { readonly key: string; readonly map: JsonObject };
    readonly surface: { readonly SUCCESS: { readonly result: Json }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_MAP_RESULT_TO_HTTP_V0": {
    readonly given: { readonly execution_result: JsonObject; readonly mapping: JsonObject };
    readonly surface: {
      readonly SUCCESS: {
        readonly http_status: number;
        readonly response_body: JsonObject;
        readonly result_status: "SUCCESS" | "VIOLATION" | "NOT_FOUND" | "BACKEND_ERROR";
      };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_MNEMONIC_TO_SEED_V0": {
    readonly given: { readonly mnemonic: string; readonly passphrase?: string };
    readonly surface: { readonly SUCCESS: { readonly seed_bytes: string }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_PASSTHROUGH_V0": {
    readonly given: { readonly value: Json };
    readonly surface: { readonly SUCCESS: { readonly value: Json } };
  };
  readonly "std::CT_PURE_PRIVATE_KEY_TO_PUBLIC_V0": {
    readonly given: { readonly private_key_bytes: string; readonly curve?: "secp256k1" | "secp256r1" };
    readonly surface: {
      readonly SUCCESS: { readonly public_key_uncompressed_bytes: string };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_PUBKEY_TO_ETH_ADDRESS_V0": {
    readonly given: { readonly public_key_uncompressed_bytes: string };
    readonly surface: { readonly SUCCESS: { readonly eth_address_hex: string }; readonly VIOLATION: Nothing };
  };
  readonly "std::CT_PURE_VALIDATE_PARAMETER_RULES_V0": {
    readonly given: { readonly parameters: JsonObject; readonly rules: readonly Json[] };
    readonly surface: {
      readonly SUCCESS: { readonly valid: true; readonly failed_rule?: Json };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_VALIDATE_RECORD_STRUCTURE_V0": {
    readonly given: { readonly record: Json; readonly schema: JsonObject };
    readonly surface: {
      readonly SUCCESS: { readonly is_valid: boolean; readonly violations: readonly JsonObject[] };
      readonly VIOLATION: Nothing;
    };
  };
  readonly "std::CT_PURE_VALIDATE_SET_MEMBERSHIP_V0": {
    readonly given: { readonly value: Json; readonly allowed_set: readonly Json[] };
    readonly surface: { readonly SUCCESS: { readonly is_member: true }; readonly VIOLATION: Nothing };
  };
}

type Nothing = { readonly [name in never]: Json };
type JsonObject = { readonly [name: string]: Json };
