import { decodeRecord, opener, unborn } from "@omnibase/core";
import type { DecodedRecord, ExecutionState, Keyring, Open } from "@omnibase/core";
import type { ExecutionKey, ExecutionRow, OwnerRefusal, Store } from "@omnibase/spi";
import { newActor } from "./actor.ts";
import type { Actor, ActorStanding } from "./actor.ts";
import type { HostParts } from "./parts.ts";
import type { Pinned, Programs } from "./programs.ts";

export type Loaded =
  | { readonly ok: true; readonly value: Actor }
  | { readonly ok: false; readonly error: OwnerRefusal };

/** Folds a log into memory. User code is never called; the chain is checked on the way. */
export async function loadActor(parts: HostParts, programs: Programs, key: ExecutionKey): Promise<Loaded> {
  const row = await parts.store.find(key);
  if (row === undefined) return { ok: false, error: await absence(parts, key) };
  const pinned = await programs.pinned(row.snapshot, row.workflow);
  if (!pinned.ok) return pinned;
  const keyring = await keyringOf(parts, pinned.value, key);
  if (!keyring.ok) return keyring;
  const folded = await foldLog(parts, pinned.value, row, keyring.value);
  if (!folded.ok) return folded;
  const actor = newActor(key, pinned.value, keyring.value?.sealer);
  Object.assign(actor.standing, folded.value);
  return { ok: true, value: actor };
}

export async function absence({ store }: HostParts, key: ExecutionKey): Promise<OwnerRefusal> {
  const { execution } = key;
  const tombstone = await store.tombstone(key);
  if (tombstone === undefined) return { code: "EXECUTION_NOT_FOUND", execution };
  return { code: "EXECUTION_REMOVED", execution, head: tombstone.head };
}

type KeyringOr =
  | { readonly ok: true; readonly value: Keyring | undefined }
  | { readonly ok: false; readonly error: OwnerRefusal };

/** What opens the records of an execution, where some of them are sealed. */
export async function keyringOf(
  { sealing, store }: HostParts,
  { hasSecrets }: Pick<Pinned, "hasSecrets">,
  key: ExecutionKey,
): Promise<KeyringOr> {
  if (!hasSecrets) return { ok: true, value: undefined };
  const secrets = await store.secrets(key);
  const sealer = secrets && sealing?.sealer(key, secrets.key);
  if (secrets === undefined || sealer === undefined) {
    return { ok: false, error: { code: "SECRET_ERASED", execution: key.execution } };
  }
  return { ok: true, value: { sealer, boxes: secrets.boxes } };
}

type Folded =
  | { readonly ok: true; readonly value: ActorStanding }
  | { readonly ok: false; readonly error: OwnerRefusal };

export async function foldLog(
  { sha256, store }: { readonly sha256: HostParts["sha256"]; readonly store: Store },
  { machine }: Pinned,
  row: ExecutionRow,
  keyring: Keyring | undefined,
): Promise<Folded> {
  const open = keyring && opener(machine.program.graph, keyring);
  const standing: ActorStanding = {
    state: unborn,
    revision: 0,
    head: undefined,
    atMs: 0,
    status: row.status,
    asked: [],
    shown: [],
  };
  let before: ExecutionState = unborn;
  for (const line of await store.read(row)) {
    const record = decodedOf(line, open);
    const follows = record?.revision === standing.revision + 1 && record.prev === standing.head;
    if (record === undefined || !follows) return damagedAt(row, standing.revision + 1);
    before = standing.state;
    standing.state = machine.evolve(standing.state, record.event);
    standing.revision = record.revision;
    standing.head = `sha256:${sha256(line)}`;
    standing.atMs = record.atMs;
  }
  standing.asked = machine.requests(standing.state);
  // Of what is under way the last record may be the store's own, whose timers and tasks nobody has stored yet.
  standing.shown = row.status === "open" ? machine.requests(before) : standing.asked;
  return { ok: true, value: standing };
}

const damagedAt = ({ execution }: ExecutionRow, revision: number): Folded => ({
  ok: false,
  error: { code: "LOG_DAMAGED", execution, revision },
});

/** A line that was not written by us harms its own execution, and no other. */
function decodedOf(line: string, open: Open | undefined): DecodedRecord | undefined {
  try {
    const record = decodeRecord(line);
    return open === undefined ? record : open(record);
  } catch {
    return undefined;
  }
}
