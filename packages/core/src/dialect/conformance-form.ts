import type { Located, LocatedEntry } from "../value/located.ts";
import { entryAt, map, scalar, textAt, valueAt } from "./reshape.ts";

export const isConformance = (located: Located): boolean => textAt(located, "artifact_type") === "CT_CONFORMANCE";

/** One case of a transform as the published compiler leaves it, in the form that our cases have. It is named by its transform and itself. */
export function conformanceForm(located: Located): Located {
  const [, code = "", name = ""] = (textAt(located, "fqdn") ?? "").split("::");
  const at = valueAt(located, "fqdn") ?? located;
  const bindings = valueAt(located, "ct_ir", "inputs");
  const transform = valueAt(located, "ct_fqdn");
  const given = ["expected", "expected_outcome", "assertions"].flatMap((key) => entryAt(located, key) ?? []);
  const one = map(bindings === undefined ? {} : { bindings }, located);
  const cases = map({ [name]: { ...one, entries: [...one.entries, ...given.filter(isSaid)] } }, at);
  return map(
    {
      test_data_code: scalar(`TEST_DATA_${code}__${name}`, at),
      version: scalar("v0", at),
      core: map(transform === undefined ? { cases } : { transform, cases }, located),
    },
    located,
  );
}

/** Where nothing is expected, `null` is written. */
const isSaid = ({ value }: LocatedEntry): boolean => value.kind !== "scalar" || value.value !== null;
