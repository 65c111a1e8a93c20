import { canonical, digestOf, ok, printable } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { snapshotAsked } from "../data/snapshot-view.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";

/** What is in it, by whom, and all that it may touch. */
export const command: Command = async (given, context) => {
  const snapshot = await snapshotAsked(given, context);
  if (!snapshot.ok) return snapshot;
  const { authority, digest, graphs, implementations, keyid, objects } = snapshot.value;
  const digests = Object.fromEntries(
    Object.entries(objects).map(([identity, value]) => [identity, digestOf(sha256, canonical(value))]),
  );
  const workflows = Object.keys(graphs);
  const facts = { snapshot: digest, keyid, workflows, objects: digests, implementations, authority };
  const { hosts, secrets = [], stores } = authority;
  const lines = [
    `snapshot   ${digest}`,
    `signed by  ${keyid}`,
    ...workflows.map((workflow) => `workflow   ${workflow}`),
    ...Object.keys(objects).map((identity) => `object     ${identity}`),
    ...Object.entries(implementations).map(([name, sealed]) => `code       ${name} = ${sealed}`),
    ...Object.entries(stores).map(([store, { file, kind }]) => `may write  ${kind} ${store} (${file})`),
    ...secrets.map((name) => `may use    secret://${name}`),
    ...hosts.map((host) => `may call   ${host}`),
    ...(hosts.length === 0 ? ["may call   nobody"] : []),
  ];
  const text = lines.map((line) => printable(line)).join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-snapshot-view/1", facts), text });
};
