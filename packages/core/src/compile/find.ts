import type { Artifact, ArtifactKind } from "../artifact/artifact.ts";
import { identityOf, parseFqdn } from "../artifact/fqdn.ts";
import { meantHint } from "../artifact/nearest.ts";
import type { At } from "../artifact/reader.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import type { Problem } from "../value/problem.ts";
import type { ArtifactIndex } from "./index-artifacts.ts";

type OfKind<K extends ArtifactKind> = Extract<Artifact, { readonly kind: K }>;

export interface Finder {
  readonly index: ArtifactIndex;
  readonly report: Report;
}

/** Follows a reference that names its namespace. `undefined`: it led nowhere, or to something that is itself wrong. */
export function find<K extends ArtifactKind>(reference: At<string>, kind: K, finder: Finder): OfKind<K> | undefined {
  const { value, spot } = reference;
  if (RANGE.test(value)) {
    finder.report(unpinned(reference));
    return undefined;
  }
  if (parseFqdn(value) !== undefined) return at(reference, value, kind, finder);
  const meant = [...finder.index.keys()].find((identity) => identity.endsWith(`::${value}`));
  const hint = meant === undefined ? {} : { hint: `write ${meant}` };
  finder.report(problemAt(spot, "REFERENCE_NOT_QUALIFIED", `${value} does not name a namespace`, hint));
  return undefined;
}

/** What package managers call a range. */
const RANGE = /[@~^*]|(?:^|:)latest$/i;

const unpinned = ({ spot, value }: At<string>): Problem =>
  problemAt(spot, "REF_UNPINNED", `${value} does not say which version`);

/** Follows a reference that may be bare: then it stays in the namespace of whoever refers. */
export function findNear<K extends ArtifactKind>(
  reference: At<string> & { readonly from: string },
  kind: K,
  finder: Finder,
): OfKind<K> | undefined {
  const { value, from } = reference;
  return at(reference, value.includes("::") ? value : identityOf(from, value), kind, finder);
}

function at<K extends ArtifactKind>(
  { spot }: At<string>,
  identity: string,
  kind: K,
  { index, report }: Finder,
): OfKind<K> | undefined {
  const found = index.get(identity);
  if (found === undefined && !/_V\d+$/.test(identity)) {
    report({ ...unpinned({ value: identity, spot }), ...meantHint(identity, index.keys()) });
    return undefined;
  }
  if (found === undefined) {
    report(problemAt(spot, "REFERENCE_UNRESOLVED", `${identity} does not exist`, meantHint(identity, index.keys())));
    return undefined;
  }
  if (found.kind !== kind) report(problemAt(spot, "REFERENCE_KIND", `${identity} is a ${found.kind}, not a ${kind}`));
  return isOfKind(found.artifact, kind) ? found.artifact : undefined;
}

const isOfKind = <K extends ArtifactKind>(artifact: Artifact | undefined, kind: K): artifact is OfKind<K> =>
  artifact?.kind === kind;
