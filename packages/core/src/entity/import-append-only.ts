import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { err, ok } from "../value/result.ts";
import type { Result } from "../value/result.ts";
import { lineOf, lineWrites } from "./append-only.ts";
import { lineProblem } from "./line-problem.ts";
import type { StoreImport } from "./operation.ts";

/** Rebuilds an append-only store from its lines. One wrong line refuses the whole file: what is appended is never lost. */
export function importAppendOnly(file: string, lines: readonly Json[]): Result<StoreImport, readonly Problem[]> {
  const rows = new Map<string, Json>();
  const lastOf = new Map<string, number>();
  const problems = lines.flatMap((given, index) => {
    const line = lineOf(given, index + 1);
    if (typeof line === "string") return [lineProblem(file, index + 1, line)];
    const { stream_id: stream } = line;
    for (const { key, value } of lineWrites(line, stream === null ? 0 : (lastOf.get(stream) ?? 0)))
      rows.set(key, value);
    if (stream !== null) lastOf.set(stream, index + 1);
    return [];
  });
  if (problems.length > 0) return err(problems);
  return ok({ entities: [...rows].map(([key, value]) => ({ key, value })), journal: lines });
}
