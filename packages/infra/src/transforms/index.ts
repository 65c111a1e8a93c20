import type { PureTransform } from "@omnibase/core";
import { assembleRecord } from "./assemble-record.ts";
import { checkQuotaAvailable } from "./check-quota-available.ts";
import { checkTrainingStatus } from "./check-training-status.ts";
import { collectResults } from "./collect-results.ts";
import { compareEqual } from "./compare-equal.ts";
import { countRounds } from "./count-rounds.ts";
import { evaluateInactivity } from "./evaluate-inactivity.ts";
import { execEmit } from "./exec-emit.ts";
import { extract } from "./extract.ts";
import { filterRecords } from "./filter-records.ts";
import { generateId } from "./generate-id.ts";
import { lookup } from "./lookup.ts";
import { mapResultToHttp } from "./map-result-to-http.ts";
import { passthrough } from "./passthrough.ts";
import { validateParameterRules } from "./validate-parameter-rules.ts";
import { validateRecordStructure } from "./validate-record-structure.ts";
import { validateSetMembership } from "./validate-set-membership.ts";

/** Pure code that comes with the house, by the name and version that a snapshot seals. A change makes a new version. */
export const builtinTransforms: { readonly [implementation: string]: PureTransform } = {
  "std.assemble_record@1": assembleRecord,
  "std.check_quota_available@1": checkQuotaAvailable,
  "std.check_training_status@1": checkTrainingStatus,
  "std.collect_results@1": collectResults,
  "std.compare_equal@1": compareEqual,
  "std.count_rounds@1": countRounds,
  "std.evaluate_inactivity@1": evaluateInactivity,
  "std.exec_emit@1": execEmit,
  "std.extract@1": extract,
  "std.filter_records@1": filterRecords,
  "std.generate_id@1": generateId,
  "std.lookup@1": lookup,
  "std.map_result_to_http@1": mapResultToHttp,
  "std.passthrough@1": passthrough,
  "std.validate_parameter_rules@1": validateParameterRules,
  "std.validate_record_structure@1": validateRecordStructure,
  "std.validate_set_membership@1": validateSetMembership,
};

/** Built-ins whose libraries take longer to load than most commands take at all. */
const keyTransformNames: readonly string[] = [
  "std.derive_child_key@1",
  "std.derive_master_key@1",
  "std.ecdsa_sign@1",
  "std.entropy_to_mnemonic@1",
  "std.keccak256_hash@1",
  "std.mnemonic_to_seed@1",
  "std.private_key_to_public@1",
  "std.pubkey_to_eth_address@1",
];

/** Everything that is built in, loaded or not. */
export const builtinNames: readonly string[] = [...Object.keys(builtinTransforms), ...keyTransformNames].toSorted();

/** Any built-in. Of those that are not in {@link builtinTransforms} the first one asked for costs some 40 ms. */
export async function loadBuiltin(implementation: string): Promise<PureTransform | undefined> {
  if (Object.hasOwn(builtinTransforms, implementation)) return builtinTransforms[implementation];
  if (!keyTransformNames.includes(implementation)) return undefined;
  const { keyTransforms } = await import("./key-transforms.ts");
  return keyTransforms[implementation];
}
