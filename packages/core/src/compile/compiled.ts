import type { ActorType } from "../artifact/actor.ts";
import type { StoreKind } from "../entity/kinds.ts";
import type { Route } from "../graph/route.ts";
import type { Graph } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";

/** What the compiler made of a set of artifacts: everything the runtime will ever know about them. */
export interface Compiled {
  /** Every artifact by its identity, as plain values in the author's own words. */
  readonly objects: { readonly [identity: string]: Json };
  /** By the identity of the workflow. */
  readonly graphs: { readonly [workflow: string]: Graph };
  /** Transforms and handlers that the graphs name: digest of the code, or `name@version` for built-ins. */
  readonly implementations: { readonly [name: string]: string };
  readonly authority: Authority;
  /** By the identity of the ingress. Absent: there is no door. */
  readonly routes?: { readonly [ingress: string]: Route };
}

/** The total of what a snapshot may touch. What is not here cannot be reached. */
export interface Authority {
  /** Origins that handlers may call: `https://api.example.org`. What is declared, met with what the project grants. */
  readonly hosts: readonly string[];
  readonly stores: { readonly [store: string]: StoreGrant };
  /** Names of values that handlers may ask the host for. Absent: none. */
  readonly secrets?: readonly string[];
  /** Who may ask, or is asked, and whether that is a human, an agent or a system. Absent: nobody in particular. */
  readonly actors?: { readonly [identity: string]: ActorType };
  /** Workflows that others start, by their identity. Absent: none. */
  readonly children?: readonly string[];
  /** Actors who are asked to do something, by their identity; `*` is whoever comes. Absent: none. */
  readonly people?: readonly string[];
}

/** Who may do a task that names nobody. */
export const anyone = "*";

export interface StoreGrant {
  /** Which family of operations keeps it: `registry`. */
  readonly kind: StoreKind;
  /** The projected file, relative to the data root. */
  readonly file: string;
}
