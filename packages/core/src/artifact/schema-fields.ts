import type { Fields } from "../graph/field.ts";
import type { Located } from "../value/located.ts";
import type { Problem } from "../value/problem.ts";
import { err, ok, type Result } from "../value/result.ts";
import { inputSchema } from "./input-schema.ts";

/** What a JSON Schema says of an object, as the fields that are executed. For dialects that have schemas everywhere. */
export function fieldsOfSchema(located: Located): Result<Fields, readonly Problem[]> {
  const problems: Problem[] = [];
  const spot = { at: located.at, path: "" };
  const fields = inputSchema({ located, spot, report: (problem) => void problems.push(problem) });
  return fields === undefined || problems.length > 0 ? err(problems) : ok(fields);
}
