import { parseIdentifier } from "../value/identifier.ts";
import type { Located, LocatedMap } from "../value/located.ts";
import { plain } from "../value/located-value.ts";
import type { Json } from "../value/json.ts";
import { present } from "../value/present.ts";
import { actorSchema, readActor } from "./actor.ts";
import type { Artifact, ArtifactKind } from "./artifact.ts";
import { contractSchema, readContract } from "./contract.ts";
import type { Named } from "./envelope.ts";
import { egressSchema, readEgress } from "./egress.ts";
import { entitySchema, readEntity } from "./entity.ts";
import { eventSchema, readEvent } from "./event.ts";
import { identityOf } from "./fqdn.ts";
import { ingressSchema, readIngress } from "./ingress.ts";
import { intentSchema, readIntent } from "./intent.ts";
import { besides, inside, name, refuse, text, type Here } from "./reader.ts";
import { runtimeBindingSchema, readRuntimeBinding } from "./runtime-binding.ts";
import { sideEffectSchema, readSideEffect } from "./side-effect.ts";
import type { Describe } from "./schema.ts";
import { problemAt, type Report } from "./spot.ts";
import { structureSchema, readStructure } from "./structure.ts";
import { readTestData, testDataSchema } from "./test-data.ts";
import { transformSchema, readTransform } from "./transform.ts";
import { workflowSchema, readWorkflow } from "./workflow.ts";

/** One document that some reader produced, and the namespace of the project that it lies in. */
export interface SourceDocument {
  readonly located: Located;
  readonly file: string;
  readonly namespace: string | undefined;
  /** Absent: our own. */
  readonly dialect?: "published";
}

export interface Declared {
  readonly named: Named;
  readonly kind: ArtifactKind;
  readonly version: Json | undefined;
  /** In the author's own words. */
  readonly content: Json;
  /** Absent where something in it is wrong; the identity stands all the same, so that references to it are not blamed. */
  readonly artifact: Artifact | undefined;
}

interface Kind {
  readonly kind: ArtifactKind;
  readonly read: (here: Here, named: Named) => Artifact | undefined;
  readonly schema: Describe;
}

/** By the key that holds the code. */
export const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["wf_code", { kind: "workflow", read: readWorkflow, schema: workflowSchema }],
  ["in_code", { kind: "intent", read: readIntent, schema: intentSchema }],
  ["cc_code", { kind: "contract", read: readContract, schema: contractSchema }],
  ["ct_code", { kind: "transform", read: readTransform, schema: transformSchema }],
  ["cs_code", { kind: "side-effect", read: readSideEffect, schema: sideEffectSchema }],
  ["rb_code", { kind: "runtime-binding", read: readRuntimeBinding, schema: runtimeBindingSchema }],
  ["structure_code", { kind: "structure", read: readStructure, schema: structureSchema }],
  ["ev_code", { kind: "event", read: readEvent, schema: eventSchema }],
  ["test_data_code", { kind: "test-data", read: readTestData, schema: testDataSchema }],
  ["ac_code", { kind: "actor", read: readActor, schema: actorSchema }],
  ["entity_code", { kind: "entity", read: readEntity, schema: entitySchema }],
  ["ti_code", { kind: "ingress", read: readIngress, schema: ingressSchema }],
  ["te_code", { kind: "egress", read: readEgress, schema: egressSchema }],
]);

/** A document turned into an artifact. The kind is recognised by its code key. */
export function readArtifact({ dialect, located, namespace }: SourceDocument, report: Report): Declared | undefined {
  const published = dialect === "published";
  const here: Here = { located, spot: { at: located.at, path: located.path ?? "" }, report, published };
  if (located.kind !== "map") return refuse(here, "ARTIFACT_SCHEMA", "an artifact is a map", "write `key: value`");
  const code = located.entries.find(({ key }) => kinds.has(key));
  if (code === undefined) return refuse(here, "ARTIFACT_KIND_UNKNOWN", "nothing says what kind of artifact this is");
  const { kind, read } = present(kinds.get(code.key));
  const called = name(inside(here, code.key, code.value));
  const space = namespaceOf(located, here, namespace);
  if (called === undefined || space === undefined) return undefined;
  const identity = identityOf(space, called.value);
  const named = { identity, namespace: space, spot: called.spot, ...(published ? { published } : {}) };
  const content = plain(located);
  return {
    named,
    kind,
    version: valueAt(located, "version"),
    content,
    artifact: soundly(here, (heard) => read(heard, named)),
  };
}

/** An artifact with a problem is not handed on: what would be found in it afterwards follows from the problem. */
function soundly<T>(here: Here, read: (heard: Here) => T | undefined): T | undefined {
  let sound = true;
  const heard: Here = {
    ...here,
    report: (problem) => {
      sound &&= besides.has(problem.code);
      here.report(problem);
    },
  };
  const value = read(heard);
  return sound ? value : undefined;
}

/** The artifact's own word wins over that of the project. */
function namespaceOf(located: LocatedMap, here: Here, given: string | undefined): string | undefined {
  const own = located.entries.find(({ key }) => key === "namespace");
  const found = own === undefined ? given : text(inside(here, "namespace", own.value))?.value;
  if (found === undefined)
    return own === undefined ? refuse(here, "NAMESPACE_MISSING", "the artifact is in no namespace") : undefined;
  const parsed = parseIdentifier(found, "namespace");
  if (parsed.ok) return found;
  const spot = own === undefined ? here.spot : { at: own.value.at, path: "/namespace" };
  here.report(problemAt(spot, parsed.error.code, `${found}: ${parsed.error.message}`));
  return undefined;
}

function valueAt(located: LocatedMap, wanted: string): Json | undefined {
  const entry = located.entries.find(({ key }) => key === wanted);
  return entry === undefined ? undefined : plain(entry.value);
}
