/** The artifacts of the standard library. Written by scripts/library-types.mjs from contracts/. */
export const standardLibrary: ReadonlyMap<string, string> = new Map([
  [
    "CS_APPENDONLY_JSONL_V0",
    'cs_code: CS_APPENDONLY_JSONL_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Records in the order in which they were appended. Nothing is changed and nothing is taken out.\n  operations:\n    APPEND:\n      summary: Adds a record at the end\n      inputs:\n        record: { type: object, required: true }\n        stream_id: { type: string, description: 1 to 256 characters that are not all blank }\n        actor_id: { type: string }\n      outcomes:\n        SUCCESS: { record_id: { type: string, required: true }, sequence_number: { type: integer, required: true } }\n        VIOLATION: { reason: { type: string } }\n        BACKEND_ERROR: {}\n      idempotent: false\n    GET_ALL:\n      summary: Lists what was appended, of one stream or of all, in order. BACKEND_ERROR where it is more than 1 MB\n      inputs:\n        stream_id: { type: string }\n      outcomes:\n        SUCCESS: { entries: { type: array, required: true, items: { type: object } } }\n        BACKEND_ERROR: {}\n      idempotent: true\n    GET_LATEST:\n      summary: Lists the newest records, of one stream or of all, in order. It costs what it lists\n      inputs:\n        stream_id: { type: string }\n        limit: { type: integer, minimum: 1, maximum: 1000, description: 100 where it is absent. Less where it would be more than 1 MB }\n        before: { type: integer, minimum: 1, description: "what the page after this one gave as before, or the number of a record of the stream" }\n      outcomes:\n        SUCCESS:\n          entries: { type: array, required: true, items: { type: object } }\n          before: { type: integer, description: asks for the page before this one. Absent where there is none }\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\nimplementation: { store: append-only }\n',
  ],
  [
    "CS_HTTP_V0",
    "cs_code: CS_HTTP_V0\nversion: v0\nnamespace: std\ncore:\n  summary: A request to somebody else's service. Where, how and with which outcomes, the runtime binding says.\n  operations:\n    REQUEST:\n      summary: Calls an endpoint of the runtime binding\n      endpoint:\n        outputs:\n          status: { type: integer, required: true }\n          body: { type: any }\nimplementation: { handler: http }\n",
  ],
  [
    "CS_MUTABLE_JSON_V0",
    'cs_code: CS_MUTABLE_JSON_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Values under keys. The last write wins, and no history is kept.\n  operations:\n    READ:\n      summary: Gives the value of a key\n      inputs:\n        key: { type: string, required: true, description: 1 to 256 characters that are not all blank }\n      outcomes:\n        SUCCESS: { value: { type: any, required: true } }\n        NOT_FOUND: {}\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    WRITE:\n      summary: Puts a value under a key, whatever was there\n      inputs:\n        key: { type: string, required: true }\n        value: { type: any, required: true }\n      outcomes:\n        SUCCESS: {}\n        VIOLATION: { reason: { type: string } }\n        BACKEND_ERROR: {}\n      idempotent: true\n    DELETE:\n      summary: Takes a key and its value away\n      inputs:\n        key: { type: string, required: true }\n      outcomes:\n        SUCCESS: {}\n        NOT_FOUND: {}\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    EXISTS:\n      summary: Says whether a key has a value\n      inputs:\n        key: { type: string, required: true }\n      outcomes:\n        SUCCESS: { exists: { type: boolean, required: true } }\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    LIST:\n      summary: Names every key, in order. BACKEND_ERROR where that is more than 1 MB\n      outcomes:\n        SUCCESS: { keys: { type: array, required: true, items: { type: string } } }\n        BACKEND_ERROR: {}\n      idempotent: true\n    DELETE_MANY:\n      summary: Takes several keys away and says how many were there\n      inputs:\n        keys: { type: array, required: true, items: { type: string } }\n      outcomes:\n        SUCCESS: { drained_count: { type: integer, required: true } }\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    UPDATE_WHERE:\n      summary: Changes fields of every object whose fields are as the filter says. VIOLATION where there is none.\n      inputs:\n        filter: { type: object, required: true, description: "field to value, at least one" }\n        updates: { type: object, required: true, description: field to value. null takes a field away }\n      outcomes:\n        SUCCESS:\n          matched_keys: { type: array, required: true, items: { type: string } }\n          updated_count: { type: integer, required: true }\n        VIOLATION: { reason: { type: string } }\n        BACKEND_ERROR: {}\n      idempotent: false\nimplementation: { store: document }\n',
  ],
  [
    "CS_NAME_REGISTRY_V0",
    "cs_code: CS_NAME_REGISTRY_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Public addresses under names that people can remember. The last write wins, and no history is kept.\n  operations:\n    READ:\n      summary: Gives the addresses of a name\n      inputs:\n        name: { type: string, required: true, description: 1 to 256 characters that are not all blank }\n      outcomes:\n        SUCCESS: { resource_addresses: { type: array, required: true, items: { type: string } } }\n        NOT_FOUND: { resource_addresses: { type: array, required: true, max_length: 0 } }\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    WRITE:\n      summary: Puts addresses under a name, whatever was there\n      inputs:\n        name: { type: string, required: true }\n        resource_addresses: { type: array, required: true, items: { type: string }, max_length: 100, description: may be empty }\n      outcomes:\n        SUCCESS: { success: { type: boolean, required: true, enum: [true] } }\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\nimplementation: { store: name-registry }\n",
  ],
  [
    "CS_REGISTRY_V0",
    "cs_code: CS_REGISTRY_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Names that are taken once. The first who registers a key has it until it is deregistered.\n  operations:\n    REGISTER:\n      summary: Takes a key, if nobody has it\n      inputs:\n        key: { type: string, required: true, description: 1 to 256 characters that are not all blank }\n        target_cs: { type: string }\n        target_ref: { type: string }\n        value: { type: object }\n      outcomes:\n        SUCCESS: { address: { type: string, required: true } }\n        ALREADY_EXISTS: { address: { type: string, required: true } }\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    RESOLVE:\n      summary: Finds what a key or an address stands for\n      inputs:\n        key: { type: string, required: true }\n      outcomes:\n        SUCCESS: { target_cs: { type: any }, target_ref: { type: any } }\n        NOT_FOUND: {}\n        VIOLATION: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    EXISTS:\n      summary: Says whether a key or an address is taken\n      inputs:\n        key: { type: string, required: true }\n      outcomes:\n        SUCCESS: { exists: { type: boolean, required: true } }\n        BACKEND_ERROR: {}\n      idempotent: true\n    DEREGISTER:\n      summary: Gives a key back\n      inputs:\n        key: { type: string, required: true }\n      outcomes:\n        SUCCESS: {}\n        NOT_FOUND: {}\n        BACKEND_ERROR: {}\n      idempotent: true\n    COUNT:\n      summary: Says how many keys are taken\n      outcomes:\n        SUCCESS: { count: { type: integer, required: true } }\n        BACKEND_ERROR: {}\n      idempotent: true\nimplementation: { store: registry }\n",
  ],
  [
    "CS_SEND_EMAIL_V0",
    "cs_code: CS_SEND_EMAIL_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Mail by SMTP, over TLS or not at all. Which server, from whom and under which name, the runtime binding says.\n  operations:\n    SEND:\n      summary: Hands a message to the mail server. It is not repeated by itself where nobody knows whether it was taken\n      inputs:\n        to: { type: string, required: true, format: email, description: one address }\n        subject: { type: string, required: true, max_length: 998, description: on one line }\n        body: { type: string, required: true, description: plain text }\n      outcomes:\n        SUCCESS: { message_id: { type: string, required: true, description: as it stands in the header. The same for every attempt } }\n        NOT_CONFIGURED: {}\n        VIOLATION:\n          field: { type: string, required: true, description: the input that is none }\n          message: { type: string, required: true }\n        BACKEND_ERROR: { message: { type: string, required: true, description: what the server said when it refused } }\n      idempotent: false\nimplementation: { handler: mail }\n",
  ],
  [
    "CT_EXEC_EMIT_V0",
    "ct_code: CT_EXEC_EMIT_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Hands its value on as the result.\n  inputs:\n    value: { type: any, required: true }\n  outputs:\n    result: { type: any, required: true }\nimplementation: { builtin: std.exec_emit }\n",
  ],
  [
    "CT_PURE_ASSEMBLE_RECORD_V0",
    "ct_code: CT_PURE_ASSEMBLE_RECORD_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Makes a record of the fields that are bound.\n  inputs:\n    fields: { type: object, required: true }\n  outputs:\n    record: { type: object, required: true }\nimplementation: { builtin: std.assemble_record }\n",
  ],
  [
    "CT_PURE_CHECK_QUOTA_AVAILABLE_V0",
    "ct_code: CT_PURE_CHECK_QUOTA_AVAILABLE_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Whether one more fits. Map quota_available with when.\n  inputs:\n    assigned_count: { type: number, required: true }\n    quota: { type: number, required: true }\n  outputs:\n    quota_available: { type: boolean, required: true }\nimplementation: { builtin: std.check_quota_available }\n",
  ],
  [
    "CT_PURE_CHECK_TRAINING_STATUS_V0",
    "ct_code: CT_PURE_CHECK_TRAINING_STATUS_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Whether somebody who must be trained may go on. Map is_eligible with when.\n  inputs:\n    training_completed: { type: boolean, required: true }\n  outputs:\n    is_eligible: { type: boolean, required: true }\nimplementation: { builtin: std.check_training_status }\n",
  ],
  [
    "CT_PURE_COLLECT_RESULTS_V0",
    'ct_code: CT_PURE_COLLECT_RESULTS_V0\nversion: v0\nnamespace: std\ncore:\n  summary: What came of several workflows, each by its code, and whether all succeeded. Map result_status with when.\n  inputs:\n    workflows: { type: array, required: true, description: "objects with code, result_status and outputs; FAILED and {} where one says nothing of it" }\n  outputs:\n    result_status: { type: string, required: true, enum: [SUCCESS, PARTIAL_FAILURE] }\n    results: { type: array, required: true, description: "the same objects, whole and in the same order" }\n    all_succeeded: { type: boolean, required: true }\nimplementation: { builtin: std.collect_results }\n',
  ],
  [
    "CT_PURE_COMPARE_EQUAL_V0",
    "ct_code: CT_PURE_COMPARE_EQUAL_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Whether two values are the same value. Map is_equal with when.\n  inputs:\n    left: { type: any, required: true }\n    right: { type: any, required: true }\n  outputs:\n    is_equal: { type: boolean, required: true }\nimplementation: { builtin: std.compare_equal }\n",
  ],
  [
    "CT_PURE_COUNT_ROUNDS_V0",
    'ct_code: CT_PURE_COUNT_ROUNDS_V0\nversion: v0\nnamespace: std\ncore:\n  summary: How many rounds of a map succeeded, and how many of the items that each returned as sub_items. Map result_status with when.\n  inputs:\n    outcomes: { type: array, required: true, description: "of a map" }\n    results: { type: array, required: true, description: "of the same map; an object may hold a list of outcomes, sub_items" }\n  outputs:\n    result_status: { type: string, required: true, enum: [SUCCESS, VIOLATION] }\n    items_processed: { type: integer, required: true, minimum: 0 }\n    sub_items_processed: { type: integer, required: true, minimum: 0 }\nimplementation: { builtin: std.count_rounds }\n',
  ],
  [
    "CT_PURE_DERIVE_CHILD_KEY_V0",
    "ct_code: CT_PURE_DERIVE_CHILD_KEY_V0\nversion: v0\nnamespace: std\ncore:\n  summary: One step down a tree of keys, by BIP-32.\n  inputs:\n    parent_private_key_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\n    parent_chain_code_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\n    index: { type: integer, required: true, minimum: 0, maximum: 4294967295, description: from 2147483648 on it is hardened }\n  outputs:\n    child_private_key_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\n    child_chain_code_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\nimplementation: { builtin: std.derive_child_key }\n",
  ],
  [
    "CT_PURE_DERIVE_MASTER_KEY_V0",
    "ct_code: CT_PURE_DERIVE_MASTER_KEY_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The root of a tree of keys, by BIP-32.\n  inputs:\n    seed_bytes: { type: string, required: true, secret: true, description: 0x and 16 to 64 bytes }\n  outputs:\n    master_private_key_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\n    master_chain_code_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\nimplementation: { builtin: std.derive_master_key }\n",
  ],
  [
    "CT_PURE_ECDSA_SIGN_V0",
    'ct_code: CT_PURE_ECDSA_SIGN_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Signs a hash. The nonce is that of RFC 6979, so the same key and hash give the same signature.\n  inputs:\n    private_key_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\n    message_hash: { type: string, required: true, description: 0x and 32 bytes }\n    curve: { type: string, enum: [secp256k1, secp256r1], description: secp256k1 where it is absent }\n  outputs:\n    r: { type: string, required: true, description: 0x and 32 bytes }\n    s: { type: string, required: true, description: "0x and 32 bytes, the lower of two on secp256k1" }\n    v: { type: integer, required: true, minimum: 0, maximum: 3, description: which of the possible signers it was }\n    signed_bytes: { type: string, required: true, description: "0x and 65 bytes: r, s and v" }\nimplementation: { builtin: std.ecdsa_sign }\n',
  ],
  [
    "CT_PURE_ENTROPY_TO_MNEMONIC_V0",
    'ct_code: CT_PURE_ENTROPY_TO_MNEMONIC_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The words of BIP-39 for entropy that was drawn elsewhere.\n  inputs:\n    entropy_bytes: { type: string, required: true, secret: true, description: "0x and 16, 20, 24, 28 or 32 bytes in hexadecimal digits" }\n  outputs:\n    mnemonic: { type: string, required: true, secret: true, description: 12 to 24 English words }\nimplementation: { builtin: std.entropy_to_mnemonic }\n',
  ],
  [
    "CT_PURE_EVALUATE_INACTIVITY_V0",
    'ct_code: CT_PURE_EVALUATE_INACTIVITY_V0\nversion: v0\nnamespace: std\ncore:\n  summary: How many days lie between two dates. Map is_inactive with when.\n  inputs:\n    last_active_date: { type: string }\n    current_date: { type: string, required: true, description: "begins like 2026-11-21. {{timestamp}} will do" }\n    threshold_days: { type: integer, default: 30 }\n  outputs:\n    is_inactive: { type: boolean, required: true }\n    days_inactive: { type: integer, required: true }\nimplementation: { builtin: std.evaluate_inactivity }\n',
  ],
  [
    "CT_PURE_EXTRACT_V0",
    "ct_code: CT_PURE_EXTRACT_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The value at a path of names with dots between them. VIOLATION where there is none of the type.\n  inputs:\n    from: { type: object, required: true }\n    path: { type: string, required: true }\n    type: { type: string, enum: [string, number, integer, boolean, object, array] }\n  outputs:\n    result: { type: any, required: true }\nimplementation: { builtin: std.extract }\n",
  ],
  [
    "CT_PURE_FILTER_RECORDS_V0",
    'ct_code: CT_PURE_FILTER_RECORDS_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The records whose fields are as a filter says. VIOLATION where none is.\n  inputs:\n    source: { type: array, required: true }\n    filter: { type: object, required: true, description: "field to value, or to the text present" }\n  outputs:\n    extracted: { type: array, required: true, min_length: 1 }\nimplementation: { builtin: std.filter_records }\n',
  ],
  [
    "CT_PURE_GENERATE_ENTROPY_V0",
    'ct_code: CT_PURE_GENERATE_ENTROPY_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Chance that nobody can tell before. It is drawn by the host, and recorded before anything is made of it.\n  inputs:\n    entropy_bits: { type: integer, required: true, enum: [128, 160, 192, 224, 256] }\n  outputs:\n    entropy_bytes: { type: string, required: true, secret: true, description: "0x and 16, 20, 24, 28 or 32 bytes in hexadecimal digits" }\nimplementation: { given: entropy }\n',
  ],
  [
    "CT_PURE_GENERATE_ID_V0",
    "ct_code: CT_PURE_GENERATE_ID_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Derives an id from data. The same data, the same id.\n  inputs:\n    prefix: { type: string, required: true }\n    data: { type: any, required: true }\n  outputs:\n    id: { type: string, required: true }\nimplementation: { builtin: std.generate_id }\n",
  ],
  [
    "CT_PURE_KECCAK256_HASH_V0",
    'ct_code: CT_PURE_KECCAK256_HASH_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Keccak-256 of bytes, with the padding that Ethereum kept.\n  inputs:\n    input_bytes: { type: string, required: true, description: "hexadecimal digits, with 0x or without" }\n  outputs:\n    hash_hex: { type: string, required: true, description: 0x and 32 bytes }\nimplementation: { builtin: std.keccak256_hash }\n',
  ],
  [
    "CT_PURE_LOOKUP_V0",
    "ct_code: CT_PURE_LOOKUP_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The value of a key in a map. VIOLATION where the map does not have the key.\n  inputs:\n    key: { type: string, required: true }\n    map: { type: object, required: true }\n  outputs:\n    result: { type: any, required: true }\nimplementation: { builtin: std.lookup }\n",
  ],
  [
    "CT_PURE_MAP_RESULT_TO_HTTP_V0",
    'ct_code: CT_PURE_MAP_RESULT_TO_HTTP_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The status and body of an HTTP response for what an execution came to.\n  inputs:\n    execution_result: { type: object, required: true, description: "status (SUCCESS, FAILED), exit_reason_code, trace_id, result_payload, error_code, message" }\n    mapping: { type: object, required: true, description: "SUCCESS, VIOLATION, NOT_FOUND or BACKEND_ERROR to a status. What is not there is 500" }\n  outputs:\n    http_status: { type: integer, required: true }\n    response_body: { type: object, required: true }\n    result_status: { type: string, required: true, enum: [SUCCESS, VIOLATION, NOT_FOUND, BACKEND_ERROR] }\nimplementation: { builtin: std.map_result_to_http }\n',
  ],
  [
    "CT_PURE_MNEMONIC_TO_SEED_V0",
    "ct_code: CT_PURE_MNEMONIC_TO_SEED_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The seed of BIP-39. VIOLATION where the checksum of the words does not hold.\n  inputs:\n    mnemonic: { type: string, required: true, secret: true, description: 12 to 24 English words }\n    passphrase: { type: string, secret: true }\n  outputs:\n    seed_bytes: { type: string, required: true, secret: true, description: 0x and 64 bytes }\nimplementation: { builtin: std.mnemonic_to_seed }\n",
  ],
  [
    "CT_PURE_PASSTHROUGH_V0",
    "ct_code: CT_PURE_PASSTHROUGH_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Hands its value on. It gives a composed value a name.\n  inputs:\n    value: { type: any, required: true }\n  outputs:\n    value: { type: any, required: true }\n  outcomes: [SUCCESS]\nimplementation: { builtin: std.passthrough }\n",
  ],
  [
    "CT_PURE_PRIVATE_KEY_TO_PUBLIC_V0",
    'ct_code: CT_PURE_PRIVATE_KEY_TO_PUBLIC_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The public key of a private one.\n  inputs:\n    private_key_bytes: { type: string, required: true, secret: true, description: 0x and 32 bytes }\n    curve: { type: string, enum: [secp256k1, secp256r1], description: secp256k1 where it is absent }\n  outputs:\n    public_key_uncompressed_bytes: { type: string, required: true, description: "0x04, X and Y" }\nimplementation: { builtin: std.private_key_to_public }\n',
  ],
  [
    "CT_PURE_PUBKEY_TO_ETH_ADDRESS_V0",
    'ct_code: CT_PURE_PUBKEY_TO_ETH_ADDRESS_V0\nversion: v0\nnamespace: std\ncore:\n  summary: The Ethereum address of a public key of secp256k1.\n  inputs:\n    public_key_uncompressed_bytes: { type: string, required: true, description: "0x04, X and Y" }\n  outputs:\n    eth_address_hex: { type: string, required: true, description: 0x and 20 bytes in the mixed case of EIP-55 }\nimplementation: { builtin: std.pubkey_to_eth_address }\n',
  ],
  [
    "CT_PURE_VALIDATE_PARAMETER_RULES_V0",
    'ct_code: CT_PURE_VALIDATE_PARAMETER_RULES_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Whether every rule holds. VIOLATION where one does not.\n  inputs:\n    parameters: { type: object, required: true }\n    rules: { type: array, required: true, description: "objects of field, op (eq, neq, lt, lte, gt, gte, in, not_null) and value or allowed" }\n  outputs:\n    valid: { type: boolean, required: true, enum: [true] }\n    failed_rule: { type: any, description: always null. A rule that fails is a VIOLATION }\nimplementation: { builtin: std.validate_parameter_rules }\n',
  ],
  [
    "CT_PURE_VALIDATE_RECORD_STRUCTURE_V0",
    'ct_code: CT_PURE_VALIDATE_RECORD_STRUCTURE_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Lists how a record is not what a schema says. Bad data is an answer here. Map is_valid with when.\n  inputs:\n    record: { type: any, required: true }\n    schema: { type: object, required: true, description: "field to type, required, pattern, min_value, max_value, min_length, max_length, lte_field" }\n  outputs:\n    is_valid: { type: boolean, required: true }\n    violations: { type: array, required: true, items: { type: object } }\nimplementation: { builtin: std.validate_record_structure }\n',
  ],
  [
    "CT_PURE_VALIDATE_SET_MEMBERSHIP_V0",
    "ct_code: CT_PURE_VALIDATE_SET_MEMBERSHIP_V0\nversion: v0\nnamespace: std\ncore:\n  summary: Whether a value is allowed. VIOLATION where it is not.\n  inputs:\n    value: { type: any, required: true }\n    allowed_set: { type: array, required: true }\n  outputs:\n    is_member: { type: boolean, required: true, enum: [true] }\nimplementation: { builtin: std.validate_set_membership }\n",
  ],
]);
