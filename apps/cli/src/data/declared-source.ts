import { declaredAt, sourceOf, type Cause, type Position, type Snapshot, type Source } from "@omnibase/core";
import { declarationsIn, type Declarations } from "../project/declarations.ts";
import { lyingIn } from "../project/lying.ts";
import type { Place } from "../project/open.ts";
import { snapshotOf } from "./kept-snapshot.ts";

/** What may be changed: in the snapshot, and in the files of the project where they are at hand. */
export interface DeclaredSource extends Source {
  readonly at: Position | null;
  /** Whether the file says something else by now than what was executed. */
  readonly changed: boolean;
}

export type SourceFor = (cause: Pick<Cause, "workflow" | "finding">) => Promise<DeclaredSource | null>;

type Where = Pick<Place, "dataRoot" | "implementations" | "key" | "stateFolder" | "trust" | "workspaces">;

/** Finds what a finding points to. Files are read when the first is asked for, and once. */
export function sourcesIn(place: Where | undefined, digest: string): SourceFor {
  if (place === undefined) return () => Promise.resolve(null);
  let snapshot: Promise<Snapshot | undefined> | undefined;
  let declared: Promise<Declarations | undefined> | undefined;
  return async ({ finding, workflow }) => {
    const sealed = await (snapshot ??= loaded(place, digest));
    const source = sealed && sourceOf(sealed, workflow, finding.declared);
    if (sealed === undefined || source === undefined) return null;
    const { documents } = (await (declared ??= declarations(place))) ?? { documents: [] };
    const found = declaredAt(documents, source, sealed.objects[source.artifact] ?? null);
    return { ...source, at: found?.at ?? null, changed: found?.changed ?? false };
  };
}

async function loaded(place: Where, digest: string): Promise<Snapshot | undefined> {
  const snapshot = await snapshotOf(place, digest);
  return snapshot.ok ? snapshot.value : undefined;
}

/** Where there is no project, nobody knows the files. */
async function declarations(place: Where): Promise<Declarations | undefined> {
  const lying = await lyingIn(place);
  return lying.ok ? declarationsIn(lying.value, place) : undefined;
}
