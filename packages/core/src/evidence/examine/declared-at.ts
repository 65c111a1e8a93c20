import { readArtifact, type SourceDocument } from "../../artifact/read-artifact.ts";
import { takenApart } from "../../one-file/one-file.ts";
import { canonical } from "../../value/canonical.ts";
import type { Json } from "../../value/json.ts";
import type { Located } from "../../value/located.ts";
import type { Position } from "../../value/problem.ts";
import type { Source } from "./source.ts";

export interface DeclaredAt {
  readonly at: Position;
  /** Whether the artifact says something else by now than what was executed. */
  readonly changed: boolean;
}

/** Where what was executed stands in the files of a project. Nothing where it does not declare it (any more). */
export function declaredAt(
  documents: readonly SourceDocument[],
  { artifact, path }: Source,
  executed: Json,
): DeclaredAt | undefined {
  for (const document of takenApart(documents, unheard)) {
    const declared = readArtifact(document, unheard);
    if (declared?.named.identity !== artifact) continue;
    const changed = canonical(declared.content) !== canonical(executed);
    return { at: positionAt(document.located, path), changed };
  }
  return undefined;
}

/** What is wrong with the files is for the compiler to say. */
const unheard = (): undefined => undefined;

/** As far as it stands there. */
function positionAt(document: Located, path: string): Position {
  let { at } = document;
  let located = document;
  for (const segment of path.split("/").slice(1)) {
    const next = inside(located, segment.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (next === undefined) return at;
    ({ at, located } = next);
  }
  return at;
}

interface Inside {
  readonly at: Position;
  readonly located: Located;
}

function inside(located: Located, segment: string): Inside | undefined {
  if (located.kind === "list") {
    const item = located.items[Number(segment)];
    return item && { at: item.at, located: item };
  }
  const entry = located.kind === "map" ? located.entries.find(({ key }) => key === segment) : undefined;
  return entry && { at: entry.keyAt, located: entry.value };
}
