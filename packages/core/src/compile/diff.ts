import type { Graph, OutcomeName } from "../graph/graph.ts";
import type { Replies, Route } from "../graph/route.ts";
import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import type { Authority, Compiled, StoreGrant } from "./compiled.ts";
import { fieldChanges, type Allows } from "./diff-fields.ts";
import { placeChanges, scopeChanges, signalChanges } from "./diff-places.ts";
import { newAmong } from "./diff-work.ts";
import { reachOf, type Reach } from "./reach.ts";
import { missingLabel } from "./view.ts";

/** One difference between two snapshots that someone who reviews them wants to know. */
export interface Change {
  readonly kind: "authority" | "code" | "workflow" | "effect" | "gate" | "bound" | "data" | "step";
  /** Whether the second may do more than the first; `unknown` where only a person can tell. */
  readonly allows: Allows;
  readonly workflow?: string;
  readonly place?: string;
  readonly message: string;
}

/** What the second of two snapshots can do that the first cannot, and the other way round. No difference is left out. */
export const diff = (before: Compiled, after: Compiled): readonly Change[] => [
  ...authorityChanges(before.authority, after.authority),
  ...routeChanges(before.routes, after.routes),
  ...codeChanges(before.implementations, after.implementations),
  ...namesIn(before.graphs, after.graphs).flatMap((workflow) => {
    const [was, is] = [ownValue(before.graphs, workflow), ownValue(after.graphs, workflow)];
    return graphChanges(was, is).map((one) => inside(one, { workflow }));
  }),
];

const namesIn = (...tables: readonly { readonly [name: string]: unknown }[]): readonly string[] =>
  [...new Set(tables.flatMap((table) => Object.keys(table)))].toSorted();

const inside = (one: Change, where: Pick<Change, "workflow" | "place">): Change => ({ ...one, ...where });

function authorityChanges(before: Authority, after: Authority): readonly Change[] {
  const hosts = newIn(before.hosts, after.hosts).map((host) => more("authority", `may call ${host}`));
  const gone = newIn(after.hosts, before.hosts).map((host) => less("authority", `may not call ${host} any more`));
  const stores = namesIn(before.stores, after.stores).flatMap((store) => {
    const [was, is] = [ownValue(before.stores, store), ownValue(after.stores, store)];
    if (was === undefined) return [more("authority", `may use ${grantText(store, present(is))}`)];
    if (is === undefined) return [less("authority", `may not use ${grantText(store, was)} any more`)];
    if (grantText(store, was) === grantText(store, is)) return [];
    return [unknown("authority", `uses ${grantText(store, is)} and used ${grantText(store, was)}`)];
  });
  return [...hosts, ...gone, ...secretChanges(before, after), ...stores, ...askedChanges(before, after)];
}

function secretChanges({ secrets: before = [] }: Authority, { secrets: after = [] }: Authority): readonly Change[] {
  return [
    ...newIn(before, after).map((name) => more("authority", `may use the secret ${name}`)),
    ...newIn(after, before).map((name) => less("authority", `may not use the secret ${name} any more`)),
  ];
}

/** Whom it has work done by. */
const askedChanges = (before: Authority, after: Authority): readonly Change[] => [
  ...namedChanges("start", before.children, after.children),
  ...namedChanges("ask", before.people, after.people),
];

const namedChanges = (verb: string, was: readonly string[] = [], is: readonly string[] = []): readonly Change[] => [
  ...newAmong(was, is).map((one) => more("authority", `may ${verb} ${one}`)),
  ...newAmong(is, was).map((one) => less("authority", `may not ${verb} ${one} any more`)),
];

/** What is said at a door may mean anything to whoever hears it. */
function routeChanges(before: Routes = {}, after: Routes = {}): readonly Change[] {
  return namesIn(before, after).flatMap((ingress) => {
    const [was, is] = [ownValue(before, ingress), ownValue(after, ingress)];
    if (was === undefined) return [more("authority", `answers ${routeText(present(is))}, as ${ingress}`)];
    if (is === undefined) return [less("authority", `does not answer ${routeText(was)} any more`)];
    const [led, leads] = [routeText(was), routeText(is)];
    if (led !== leads) return [unknown("authority", `answers ${leads} and answered ${led}, as ${ingress}`)];
    const admitted = fieldChanges(was.admits, is.admits, ingress).map(({ allows, message }): Change => ({
      kind: "authority",
      allows,
      message,
    }));
    const isSaid = canonical(plain(was.replies)) === canonical(plain(is.replies));
    return isSaid ? admitted : admitted.concat(unknown("authority", `replies otherwise, as ${ingress}`));
  });
}

type Routes = NonNullable<Compiled["routes"]>;

const routeText = ({ method, path, workflow }: Route): string => `${method} ${path} by ${workflow}`;

const newIn = (before: readonly string[], after: readonly string[]): readonly string[] =>
  after.filter((one) => !before.includes(one));

const grantText = (store: string, { file, kind }: StoreGrant): string => `the ${kind} ${store} in ${file}`;

const change =
  (allows: Allows) =>
  (kind: Change["kind"], message: string): Change => ({ kind, allows, message });
const [more, less, unknown] = [change("more"), change("less"), change("unknown")];

function codeChanges(before: Compiled["implementations"], after: Compiled["implementations"]): readonly Change[] {
  return namesIn(before, after).flatMap((name) => {
    const [was, is] = [ownValue(before, name), ownValue(after, name)];
    if (was === is) return [];
    if (was === undefined) return [more("code", `runs ${name} = ${present(is)}`)];
    if (is === undefined) return [less("code", `does not run ${name} any more`)];
    return [unknown("code", `runs ${name} = ${is} and ran ${was}`)];
  });
}

function graphChanges(before: Graph | undefined, after: Graph | undefined): readonly Change[] {
  const reached = reachChanges(before === undefined ? [] : reachOf(before), after === undefined ? [] : reachOf(after));
  if (before === undefined) return [more("workflow", "is new"), ...reached];
  if (after === undefined) return [less("workflow", "is gone"), ...reached];
  const changes = [
    ...reached,
    ...placeChanges(before, after),
    ...scopeChanges(before, after),
    ...signalChanges(before, after),
  ];
  if (changes.length > 0 || canonical(plain(before)) === canonical(plain(after))) return changes;
  return [unknown("step", "is wired otherwise")];
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain data, but an interface has no index signature
const plain = (value: Graph | Replies): Json => value as unknown as Json;

function reachChanges(before: readonly Reach[], after: readonly Reach[]): readonly Change[] {
  const [was, is] = [byName(before), byName(after)];
  return [
    ...before.filter(({ what }) => !is.has(what)).map(({ what }) => less("effect", `${what} is not reached any more`)),
    ...after.flatMap((reach) => {
      const earlier = was.get(reach.what);
      if (earlier === undefined) return [more("effect", `${reach.what} can be reached, at ${reach.places.join(", ")}`)];
      return [...siteChanges(earlier, reach), ...gateChanges(earlier, reach)];
    }),
  ];
}

const byName = (all: readonly Reach[]): ReadonlyMap<string, Reach> => new Map(all.map((reach) => [reach.what, reach]));

const siteChanges = ({ places: before, what }: Reach, { places: after }: Reach): readonly Change[] => [
  ...newIn(before, after).map((place) => inside(more("effect", `${what} also here`), { place })),
  ...newIn(after, before).map((place) => inside(less("effect", `${what} not here any more`), { place })),
];

/** A gate that is gone, or open at more outcomes, lets more through. */
function gateChanges({ gates: before, what }: Reach, { gates: after }: Reach): readonly Change[] {
  const kept = [...before].flatMap(([place, outcomes]) => {
    const now = after.get(place);
    const changes =
      now === undefined
        ? [more("gate", `${what} is reached without it (${ends(outcomes)})`)]
        : [
            ...newIn(outcomes, now).map((outcome) => more("gate", `${what} is reached also when it ${end(outcome)}`)),
            ...newIn(now, outcomes).map((outcome) => less("gate", `${what} is not reached when it ${end(outcome)}`)),
          ];
    return changes.map((one) => inside(one, { place }));
  });
  const added = [...after].filter(([place]) => !before.has(place));
  const fresh = added.map(([place, outcomes]) =>
    inside(less("gate", `${what} is reached only past it (${ends(outcomes)})`), { place }),
  );
  return [...kept, ...fresh];
}

const ends = (outcomes: readonly OutcomeName[]): string => outcomes.map(end).join(", ");
const end = (outcome: OutcomeName): string => (outcome === missingLabel ? "lacks an input" : `ends with ${outcome}`);
