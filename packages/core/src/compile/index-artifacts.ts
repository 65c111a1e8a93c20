import type { Declared } from "../artifact/read-artifact.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import { canonical } from "../value/canonical.ts";
import { ownValue } from "../value/present.ts";

/** Artifacts by their identity. */
export type ArtifactIndex = ReadonlyMap<string, Declared>;

/** The digests of declared files, by their names. */
export type FileDigests = { readonly [file: string]: string };

/** The first of a name stays; whoever comes second is told where the first is, and what differs where they do. */
export function indexArtifacts(declared: readonly Declared[], digests: FileDigests, report: Report): ArtifactIndex {
  const index = new Map<string, Declared>();
  for (const artifact of declared) {
    const { identity, spot } = artifact.named;
    const first = index.get(identity);
    if (first === undefined) {
      index.set(identity, artifact);
      continue;
    }
    const related = [{ message: "the other one is here", at: first.named.spot.at }];
    const isSame = canonical(first.content) === canonical(artifact.content);
    const [code, how] = isSame
      ? (["ARTIFACT_DUPLICATE", ""] as const)
      : (["VERSION_CONFLICT", ", each time another"] as const);
    const bytes = [first, artifact].flatMap(({ named }) => ownValue(digests, named.spot.at.file) ?? []).join(" and ");
    const message = `${identity} is declared twice${how}${isSame || bytes === "" ? "" : `: ${bytes}`}`;
    report(problemAt(spot, code, message, { related }));
  }
  return index;
}
