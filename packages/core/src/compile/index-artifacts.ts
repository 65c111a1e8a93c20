import type { Declared } from "../artifact/read-artifact.ts";
import { problemAt, type Report } from "../artifact/spot.ts";

/** Artifacts by their identity. */
export type ArtifactIndex = ReadonlyMap<string, Declared>;

/** The first of a name stays; whoever comes second is told where the first is. */
export function indexArtifacts(declared: readonly Declared[], report: Report): ArtifactIndex {
  const index = new Map<string, Declared>();
  for (const artifact of declared) {
    const { identity, spot } = artifact.named;
    const first = index.get(identity);
    if (first === undefined) {
      index.set(identity, artifact);
      continue;
    }
    const same = JSON.stringify(first.version) === JSON.stringify(artifact.version);
    const related = [{ message: "the other one is here", at: first.named.spot.at }];
    const code = same ? "ARTIFACT_DUPLICATE" : "VERSION_CONFLICT";
    report(problemAt(spot, code, `${identity} is declared twice`, { related }));
  }
  return index;
}
