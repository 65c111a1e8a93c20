import type { PureTransform } from "@omnibase/core";
import { assembleRecord } from "./assemble-record.ts";
import { checkQuotaAvailable } from "./check-quota-available.ts";
import { evaluateInactivity } from "./evaluate-inactivity.ts";
import { extract } from "./extract.ts";
import { filterRecords } from "./filter-records.ts";
import { generateId } from "./generate-id.ts";
import { lookup } from "./lookup.ts";
import { passthrough } from "./passthrough.ts";
import { validateParameterRules } from "./validate-parameter-rules.ts";
import { validateRecordStructure } from "./validate-record-structure.ts";
import { validateSetMembership } from "./validate-set-membership.ts";

/** Pure code that comes with the house, by the name and version that a snapshot seals. A change makes a new version. */
export const builtinTransforms: { readonly [implementation: string]: PureTransform } = {
  "std.assemble_record@1": assembleRecord,
  "std.check_quota_available@1": checkQuotaAvailable,
  "std.evaluate_inactivity@1": evaluateInactivity,
  "std.extract@1": extract,
  "std.filter_records@1": filterRecords,
  "std.generate_id@1": generateId,
  "std.lookup@1": lookup,
  "std.passthrough@1": passthrough,
  "std.validate_parameter_rules@1": validateParameterRules,
  "std.validate_record_structure@1": validateRecordStructure,
  "std.validate_set_membership@1": validateSetMembership,
};
