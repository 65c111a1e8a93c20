import {
  codeNamesOf,
  err,
  hasSecrets,
  ok,
  replay,
  type Difference,
  type Graph,
  type Keyring,
  type PureTransform,
  type Result,
  type Snapshot,
} from "@omnibase/core";
import { sealingIn, sha256, systemEntropy } from "@omnibase/infra/crypto";
import { askedExecution } from "../data/asked-execution.ts";
import { keptTransforms, type KeptTransforms } from "../data/kept-transforms.ts";
import { storeFolder } from "../data/layout.ts";
import { withStore } from "../data/read-data.ts";
import { snapshotOf } from "../data/kept-snapshot.ts";
import { type Recorded } from "../data/verified-record.ts";
import { counted } from "../edge/counted.ts";
import { overRecords } from "../edge/progress.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import type { Place } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";

/** Computes again whatever was computed then, from what was given, and compares whole records. */
export const command: Command = async (given, context) => {
  const asked = await askedExecution(given, context);
  if (!asked.ok) return asked;
  const { looked, place, record } = asked.value;
  const snapshot = await snapshotOf(looked, record.row.snapshot);
  if (!snapshot.ok) return snapshot;
  const keyring = await keyringFor(place, record.row, snapshot.value);
  if (!keyring.ok) return keyring;
  const kept = keptTransforms(looked);
  try {
    await kept.load(snapshot.value);
    const told = overRecords(context.progress, record.lines.length, "computing again");
    const said = replayed({ kept, record, snapshot: snapshot.value, keyring: keyring.value });
    told.done();
    return said;
  } finally {
    await kept.close();
  }
};

/** What opens the records, where some are sealed. The chain was verified before anybody asks. */
async function keyringFor(
  place: Pick<Place, "dataRoot">,
  { execution, tenant, workflow }: Recorded["row"],
  { graphs }: Snapshot,
): Promise<Result<Keyring | undefined, Refused>> {
  const graph = Object.hasOwn(graphs, workflow) ? graphs[workflow] : undefined;
  if (graph === undefined || !hasSecrets(graph)) return ok(undefined);
  const key = { tenant, execution };
  const secrets = await withStore(place, undefined, (store) => store.secrets(key));
  const sealer = secrets && sealingIn(storeFolder(place.dataRoot), systemEntropy).sealer(key, secrets.key);
  if (secrets !== undefined && sealer !== undefined) return ok({ sealer, boxes: secrets.boxes });
  const { hint = "", ...refused } = refusedByOwner({ code: "SECRET_ERASED", execution });
  return err({ ...refused, message: `the chain holds, and ${refused.message}`, hint });
}

interface Replaying {
  readonly keyring: Keyring | undefined;
  readonly kept: KeptTransforms;
  readonly record: Recorded;
  readonly snapshot: Snapshot;
}

function replayed({ keyring, kept, record: { chain, lines, row }, snapshot }: Replaying): Result<Report, Refused> {
  const graph = sameEngine(snapshot, row.workflow, kept);
  if (!graph.ok) return graph;
  const { implementations } = snapshot;
  const transform = (name: string): PureTransform | undefined => kept.transform(implementations[name] ?? name);
  const again = replay(graph.value, { sha256, transform }, lines, keyring);
  if (again.kind === "different") return err(differs(again));
  const { records, steps } = again;
  const facts = { execution: row.execution, same: true, records, steps, head: chain.head };
  const text = `same       ${counted(records, "record")}, ${counted(steps, "pure step")} computed again\nhead       ${chain.head}`;
  return ok({ exit: 0, document: documentOf("omnibase-replay/1", facts), text });
}

/** The graph, if this engine still has the very code that the snapshot seals. */
function sameEngine(
  { digest, graphs, implementations }: Snapshot,
  workflow: string,
  kept: KeptTransforms,
): Result<Graph, Refused> {
  const graph = Object.hasOwn(graphs, workflow) ? graphs[workflow] : undefined;
  if (graph === undefined) {
    return err({ exit: 3, code: "WORKFLOW_NOT_FOUND", message: `snapshot ${digest} has no workflow ${workflow}` });
  }
  for (const [place, { kind, ...rest }] of Object.entries(graph.places)) {
    if (kind !== "call" || !("work" in rest) || rest.work.kind !== "transform") continue;
    const sealed = codeNamesOf(rest.work).map((name) => implementations[name] ?? name);
    const missing = sealed.find((name) => kept.transform(name) === undefined);
    if (missing === undefined) continue;
    const message = `${place} was computed by ${missing}, which this engine does not have`;
    return err({ exit: 5, code: "ENGINE_CHANGED", message, facts: { place, implementation: missing } });
  }
  return ok(graph);
}

function differs({ computed, place, recorded: was, revision }: Difference): Refused {
  const where = place === undefined ? "" : ` at ${place}`;
  return {
    exit: 5,
    code: "REPLAY_DIFFERENT",
    message: `revision ${String(revision)}${where} comes out otherwise than it was recorded`,
    hint: "the log was changed, or code that the snapshot seals was; --json shows both records",
    facts: { revision, place: place ?? null, recorded: was ?? null, computed: computed ?? null },
  };
}
