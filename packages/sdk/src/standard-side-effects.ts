import type { Json } from "@omnibase/core";

/** A part of the standard library as types. Written by scripts/library-types.mjs from contracts/. */
export interface StandardSideEffects {
  readonly "std::CS_APPENDONLY_JSONL_V0": {
    readonly APPEND: {
      readonly given: { readonly record: JsonObject; readonly stream_id?: string; readonly actor_id?: string };
      readonly surface: {
        readonly SUCCESS: { readonly record_id: string; readonly sequence_number: number };
        readonly VIOLATION: { readonly reason?: string };
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly GET_ALL: {
      readonly given: { readonly stream_id?: string };
      readonly surface: {
        readonly SUCCESS: { readonly entries: readonly JsonObject[] };
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly GET_LATEST: {
      readonly given: { readonly stream_id?: string; readonly limit?: number; readonly before?: number };
      readonly surface: {
        readonly SUCCESS: { readonly entries: readonly JsonObject[]; readonly before?: number };
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
  };
  readonly "std::CS_HTTP_V0": {
    readonly REQUEST: {
      readonly given: JsonObject;
      readonly surface: { readonly [outcome: string]: { readonly status: number; readonly body?: Json } };
    };
  };
  readonly "std::CS_MUTABLE_JSON_V0": {
    readonly READ: {
      readonly given: { readonly key: string };
      readonly surface: {
        readonly SUCCESS: { readonly value: Json };
        readonly NOT_FOUND: Nothing;
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly WRITE: {
      readonly given: { readonly key: string; readonly value: Json };
      readonly surface: {
        readonly SUCCESS: Nothing;
        readonly VIOLATION: { readonly reason?: string };
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly DELETE: {
      readonly given: { readonly key: string };
      readonly surface: {
        readonly SUCCESS: Nothing;
        readonly NOT_FOUND: Nothing;
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly EXISTS: {
      readonly given: { readonly key: string };
      readonly surface: {
        readonly SUCCESS: { readonly exists: boolean };
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly LIST: {
      readonly given: Nothing;
      readonly surface: { readonly SUCCESS: { readonly keys: readonly string[] }; readonly BACKEND_ERROR: Nothing };
    };
    readonly DELETE_MANY: {
      readonly given: { readonly keys: readonly string[] };
      readonly surface: {
        readonly SUCCESS: { readonly drained_count: number };
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly UPDATE_WHERE: {
      readonly given: { readonly filter: JsonObject; readonly updates: JsonObject };
      readonly surface: {
        readonly SUCCESS: { readonly matched_keys: readonly string[]; readonly updated_count: number };
        readonly VIOLATION: { readonly reason?: string };
        readonly BACKEND_ERROR: Nothing;
      };
    };
  };
  readonly "std::CS_NAME_REGISTRY_V0": {
    readonly READ: {
      readonly given: { readonly name: string };
      readonly surface: {
        readonly SUCCESS: { readonly resource_addresses: readonly string[] };
        readonly NOT_FOUND: { readonly resource_addresses: readonly Json[] };
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly WRITE: {
      readonly given: { readonly name: string; readonly resource_addresses: readonly string[] };
      readonly surface: {
        readonly SUCCESS: { readonly success: true };
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
  };
  readonly "std::CS_REGISTRY_V0": {
    readonly REGISTER: {
      readonly given: {
        readonly key: string;
        readonly target_cs?: string;
        readonly target_ref?: string;
        readonly value?: JsonObject;
      };
      readonly surface: {
        readonly SUCCESS: { readonly address: string };
        readonly ALREADY_EXISTS: { readonly address: string };
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly RESOLVE: {
      readonly given: { readonly key: string };
      readonly surface: {
        readonly SUCCESS: { readonly target_cs?: Json; readonly target_ref?: Json };
        readonly NOT_FOUND: Nothing;
        readonly VIOLATION: Nothing;
        readonly BACKEND_ERROR: Nothing;
      };
    };
    readonly EXISTS: {
      readonly given: { readonly key: string };
      readonly surface: { readonly SUCCESS: { readonly exists: boolean }; readonly BACKEND_ERROR: Nothing };
    };
    readonly DEREGISTER: {
      readonly given: { readonly key: string };
      readonly surface: { readonly SUCCESS: Nothing; readonly NOT_FOUND: Nothing; readonly BACKEND_ERROR: Nothing };
    };
    readonly COUNT: {
      readonly given: Nothing;
      readonly surface: { readonly SUCCESS: { readonly count: number }; readonly BACKEND_ERROR: Nothing };
    };
  };
  readonly "std::CS_SEND_EMAIL_V0": {
    readonly SEND: {
      readonly given: { readonly to: string; readonly subject: string; readonly body: string };
      readonly surface: {
        readonly SUCCESS: { readonly message_id: string };
        readonly NOT_CONFIGURED: Nothing;
        readonly VIOLATION: { readonly field: string; readonly message: string };
        readonly BACKEND_ERROR: { readonly message: string };
      };
    };
  };
}

type Nothing = { readonly [name in never]: Json };
type JsonObject = { readonly [name: string]: Json };
