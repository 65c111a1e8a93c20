import { problemAt } from "../artifact/spot.ts";
import type { Located } from "../value/located.ts";
import type { Forms } from "./forms.ts";
import { fieldsForm } from "./world-form.ts";
import { all, drop, put, reshape, scalar, valueAt } from "./reshape.ts";

/** A published contract. What its engine assumed where nothing was written is written out. */
export function contractForm(document: Located, { report }: Forms): Located {
  const statuses = (value: Located): Located => {
    if (value.kind !== "map" || valueAt(value, "on_input_failure") !== undefined) return value;
    const path = "/core/result_status_contract";
    const hint = "add on_input_failure";
    report(problemAt({ at: value.at, path }, "KEY_ABSENT", "the key on_input_failure is absent", { hint }));
    return put(value, "on_input_failure", scalar("VIOLATION", value));
  };
  return reshape({
    extensions: drop,
    core: reshape({
      ...all(["error_codes"], drop),
      inputs: fieldsForm,
      outputs: fieldsForm,
      result_status_contract: statuses,
    }),
  })(document);
}
