import type { SourceDocument } from "../artifact/read-artifact.ts";
import type { LocatedMap } from "../value/located.ts";
import { textAt, textsAt, valueAt } from "./reshape.ts";

/** Kinds of the published compiler that say how others must be: rule books, words, and what it asserts. */
const kinds = /^(?:ASSERT|CONCERN|CONSTITUTION|INVARIANT|SCHEMA|SURFACE_CONTRACT|VOCAB|VOCABULARY)_/;

/** What it is itself configured by lies in namespaces of its own; elsewhere a structure says where stores are. */
const configuration = /^fb\.[^:]*::STRUCTURE_/;

/**
 * The identity of a published document that nothing executes. Others are governed by it, so it is known by its name; of
 * all that it says only the surface contracts are read.
 */
export function governanceIn(document: SourceDocument): string | undefined {
  const { dialect, located, namespace = "" } = document;
  if (dialect === undefined || located.kind !== "map") return undefined;
  const code = codeIn(located) ?? "";
  const space = textAt(located, "namespace") ?? namespace;
  const identity = `${space}::${code}`;
  return kinds.test(code) || configuration.test(identity) ? identity : undefined;
}

const codeIn = (located: LocatedMap): string | undefined =>
  located.entries.map(({ key }) => (/_(?:code|id)$/.test(key) ? textAt(located, key) : undefined)).find(Boolean);

/** Which outcomes the steps that call one operation of a family list, and no others. */
export interface SurfaceContract {
  readonly identity: string;
  readonly governs: readonly string[];
  readonly operation: string;
  readonly surface: readonly string[];
}

/** What stands beside the code or in `core`: both were written. */
export const surfaceContractsIn = (documents: readonly SourceDocument[]): readonly SurfaceContract[] =>
  documents.flatMap((document) => {
    const identity = governanceIn(document);
    if (identity === undefined || !identity.includes("::SURFACE_CONTRACT_")) return [];
    const core = valueAt(document.located, "core") ?? document.located;
    const at = valueAt(core, "canonical_surface") === undefined ? document.located : core;
    const operation = textAt(at, "op");
    const surface = textsAt(at, "canonical_surface");
    if (operation === undefined || surface.length === 0) return [];
    return [{ identity, governs: textsAt(at, "governs"), operation, surface }];
  });
