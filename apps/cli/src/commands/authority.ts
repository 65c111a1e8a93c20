import { ok, printable, reachOf, type Gates, type Graph, type Reach, type Snapshot } from "@omnibase/core";
import { snapshotAsked } from "../data/snapshot-view.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";

/** All that a snapshot may touch, where each workflow does it, and what keeps it back. What is not said cannot happen. */
export const command: Command = async (given, context) => {
  const snapshot = await snapshotAsked(given, context);
  if (!snapshot.ok) return snapshot;
  const { authority, digest, graphs, implementations, keyid, routes = {} } = snapshot.value;
  const reached = Object.entries(graphs).map(([workflow, graph]) => [workflow, reachOf(graph)] as const);
  const workflows = Object.fromEntries(reached.map(([workflow, all]) => [workflow, all.map(factsOf)]));
  const doors = Object.entries(routes).map(([ingress, { method, path, workflow }]) => [
    ingress,
    { method, path, workflow },
  ]);
  const senders = Object.entries(graphs).map(([workflow, graph]) => [workflow, sendersOf(graph)] as const);
  const facts = {
    snapshot: digest,
    keyid,
    ...authority,
    implementations,
    routes: Object.fromEntries(doors),
    senders: Object.fromEntries(senders.filter(([, actors]) => actors.length > 0)),
    workflows,
  };
  const only = new Map(senders);
  const lines = [
    ...grantLines(snapshot.value),
    ...reached.flatMap(([workflow, all]) => linesOf(workflow, only.get(workflow) ?? [], all)),
  ];
  const text = lines.map((line) => printable(line, lineCharsMax)).join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-authority/1", facts), text });
};

const lineCharsMax = 500;

const factsOf = ({ gates, kind, places, what }: Reach): object => ({
  kind,
  what,
  places,
  gates: Object.fromEntries(gates),
});

function grantLines({ authority, digest, implementations, keyid, routes = {} }: Snapshot): readonly string[] {
  const { actors = {}, children = [], hosts, people = [], secrets = [], stores } = authority;
  return [
    `snapshot   ${digest}`,
    `signed by  ${keyid}`,
    ...(hosts.length === 0 ? ["may call   nobody"] : hosts.map((host) => `may call   ${host}`)),
    ...Object.entries(stores).map(([store, { file, kind }]) => `may use    ${kind} ${store} (${file})`),
    ...secrets.map((name) => `may use    secret://${name}`),
    ...children.map((workflow) => `may start  ${workflow}`),
    ...people.map((actor) => `may ask    ${actor}`),
    ...Object.entries(implementations).map(([name, sealed]) => `runs       ${name} = ${sealed}`),
    ...Object.entries(actors).map(([actor, type]) => `knows      ${type} ${actor}`),
    ...Object.entries(routes).map(([ingress, { method, path, workflow }]) => {
      return `answers    ${method} ${path} by ${workflow} (${ingress})`;
    }),
  ];
}

/** Who alone may begin it; nobody: anyone may. */
const sendersOf = ({ places, start }: Graph): readonly string[] => {
  const place = places[start];
  return place?.kind === "call" && place.work.kind === "admit" ? Object.keys(place.work.actors ?? {}) : [];
};

const linesOf = (workflow: string, senders: readonly string[], all: readonly Reach[]): readonly string[] => [
  `workflow   ${workflow}`,
  ...(senders.length === 0 ? [] : [`  begun only by ${senders.join(", ")}`]),
  ...(all.length === 0 ? ["  only computes"] : []),
  ...all.flatMap(({ gates, places, what }) => [`  ${what}`, `    at    ${places.join(", ")}`, ...gateLines(gates)]),
];

const gateLines = (gates: Gates): readonly string[] =>
  [...gates].map(([place, outcomes]) => `    past  ${place} (${outcomes.map(shown).join(", ")})`);

const shown = (outcome: string): string => (outcome === "" ? "an input is missing" : outcome);
