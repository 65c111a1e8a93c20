import type { SourceDocument } from "../artifact/read-artifact.ts";
import { problemAt } from "../artifact/spot.ts";
import type { LocatedEntry } from "../value/located.ts";
import type { Problem } from "../value/problem.ts";
import { entryAt } from "./reshape.ts";

/** References of published artifacts that nothing executes: whether they lead anywhere is all that can be said. */
export function looseEnds({ dialect, located }: SourceDocument, identities: ReadonlySet<string>): readonly Problem[] {
  if (dialect === undefined) return [];
  return ["governed_by", "structure"].flatMap((key) => {
    const entry = entryAt(located, key);
    return entry === undefined ? [] : looseIn(entry, identities);
  });
}

function looseIn({ key, value }: LocatedEntry, identities: ReadonlySet<string>): readonly Problem[] {
  const references = value.kind === "list" ? value.items : [value];
  return references.flatMap((reference) => {
    if (reference.kind !== "scalar" || typeof reference.value !== "string" || identities.has(reference.value))
      return [];
    const spot = { at: reference.at, path: `/${key}` };
    return [problemAt(spot, "REFERENCE_UNRESOLVED", `${reference.value} does not exist`)];
  });
}
