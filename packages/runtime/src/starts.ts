import type { ExecutionCommand, Parent, Sealer } from "@omnibase/core";
import { StoreFault } from "@omnibase/spi";
import type { ExecutionKey, OwnerRefusal, Reply, Started, StartRequest } from "@omnibase/spi";
import { newActor } from "./actor.ts";
import type { Actor } from "./actor.ts";
import { importsFor, requestText } from "./files.ts";
import { inTurn, nameOf } from "./living.ts";
import type { Living } from "./living.ts";
import { absence, keyringOf } from "./load.ts";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";
import type { Birth, Existing, Performed } from "./perform.ts";
import type { Pinned } from "./programs.ts";

/** Starts an execution, or finds that the same start was made before. */
export async function start(living: Living, request: StartRequest, parent?: Parent): Promise<Reply<Started>> {
  const { parts } = living;
  parts.failpoint("start.received");
  if (living.actors.size + living.births.size >= hostLimits.executionsMax) {
    return { ok: false, error: { code: "BUSY", retryAfterMs: hostLimits.busyRetryMs } };
  }
  const pinned = await living.programs.pinned(request.snapshot, request.workflow);
  if (!pinned.ok) return pinned;
  for (let looks = 0; looks < hostLimits.conflictsMax; looks += 1) {
    const started = await startOver(living, pinned.value, request, parent);
    if (started !== undefined) return started;
  }
  throw new StoreFault("STORE_FAILED", "the projected files change faster than they are read", { retryable: true });
}

type StartCommand = Extract<ExecutionCommand, { readonly type: "Start" }>;

/** `undefined`: a file that was to be imported is outdated, because another start took it in first. */
async function startOver(
  living: Living,
  pinned: Pinned,
  request: StartRequest,
  parent: Parent | undefined,
): Promise<Reply<Started> | undefined> {
  const { parts } = living;
  const { acceptFiles, execution, tenant } = request;
  const imports = acceptFiles === undefined ? undefined : await importsFor(parts, pinned, { acceptFiles, tenant });
  if (imports?.ok === false) return imports;
  const seal = sealFor(living, pinned, request);
  const birth = birthOf(living, request, { imports: imports?.value ?? [], parent, seal });
  const asked = commandOf(living, request, birth);
  const isolation = parts.isolation?.(pinned.snapshot.implementations);
  const command: ExecutionCommand = {
    ...asked,
    ...(isolation === undefined ? {} : { isolation }),
    ...(parent === undefined ? {} : { parent }),
  };
  const born = await bear(living, newActor({ tenant, execution }, pinned, seal?.sealer), command, birth);
  if (!born.ok) return born;
  if (born.value.kind === "outdated") return undefined;
  parts.failpoint("start.before-acknowledge");
  if (born.value.kind === "existing") return sameStart(living, request, born.value.row);
  return { ok: true, value: { tenant, execution, existed: false } };
}

type Born =
  | { readonly kind: "new" }
  | { readonly kind: "existing"; readonly row: Existing }
  | { readonly kind: "outdated" };

/** The key under which the secrets of a new execution are sealed. */
interface Seal {
  readonly key: string;
  readonly sealer: Sealer;
}

function sealFor({ parts: { sealing } }: Living, { hasSecrets }: Pinned, key: ExecutionKey): Seal | undefined {
  if (!hasSecrets || sealing === undefined) return undefined;
  const wrapped = sealing.newKey(key);
  const sealer = sealing.sealer(key, wrapped);
  if (sealer === undefined) throw new Error(`impossible: a key that was just made for ${key.execution} does not open`);
  return { key: wrapped, sealer };
}

interface Origin extends Pick<Birth, "imports"> {
  readonly parent: Parent | undefined;
  readonly seal: Seal | undefined;
}

function birthOf({ parts }: Living, asked: StartRequest, { imports, parent, seal }: Origin): Birth {
  const { principal, snapshot, workflow } = asked;
  const request = requestMark(parts, asked, seal?.sealer);
  const create = {
    workflow,
    snapshot,
    request,
    startedMs: parts.clock.nowMs(),
    principal,
    ...(parent === undefined ? {} : { parent: parent.execution }),
    ...(seal === undefined ? {} : { key: seal.key }),
  };
  return { create, imports };
}

const sealedMark = "sealed:";

/** What makes two starts the same. A short secret could be guessed from its digest, so that is salted, too. */
function requestMark({ sha256 }: HostParts, { input, workflow }: StartRequest, sealer: Sealer | undefined): string {
  const text = requestText(workflow, input);
  return sealer === undefined ? `sha256:${sha256(text)}` : `${sealedMark}${sealer.close("request", text).commitment}`;
}

function commandOf({ parts }: Living, request: StartRequest, birth: Birth): StartCommand {
  const { execution, input, principal, snapshot, tenant, workflow } = request;
  const imports = birth.imports.map(({ digest, file, store }) => ({ digest, file, store }));
  const atMs = birth.create.startedMs;
  return {
    type: "Start",
    atMs,
    engine: parts.engine,
    execution,
    input,
    principal,
    snapshot,
    tenant,
    workflow,
    imports,
  };
}

/** The first commit of an execution, or what stood there already. Of equal starts at once, one does it. */
async function bear(living: Living, actor: Actor, command: ExecutionCommand, birth: Birth): Promise<Reply<Born>> {
  const name = nameOf(actor.key);
  if (living.births.has(name) || living.actors.has(name)) {
    const row = await bornBefore(living, actor.key);
    if (row !== undefined) return { ok: true, value: { kind: "existing", row } };
  }
  const performing = inTurn(living, actor, command, birth);
  const over = (): void => void living.births.delete(name);
  living.births.set(name, performing.then(over, over));
  return bornOf(actor, await performing);
}

/**
 * What stands there, if another start of it is under way or was just now. Who comes second need not try to be the first:
 * that would be a commit for each, one after the other.
 */
async function bornBefore({ births, parts }: Living, key: ExecutionKey): Promise<Existing | undefined> {
  const name = nameOf(key);
  for (;;) {
    await births.get(name);
    const row = await parts.store.find(key);
    if (row !== undefined || !births.has(name)) return row;
  }
}

function bornOf(actor: Actor, performed: Performed): Reply<Born> {
  if (performed.ok && actor.standing.revision > 0) return { ok: true, value: { kind: "new" } };
  if (!performed.ok) return performed;
  const { existing } = performed.value;
  return { ok: true, value: existing === undefined ? { kind: "outdated" } : { kind: "existing", row: existing } };
}

/** The workflow and the payload before defaults decide whether two starts are one. */
async function sameStart({ parts }: Living, request: StartRequest, row: Existing): Promise<Reply<Started>> {
  const { execution, tenant, workflow } = row;
  const mismatch = { ok: false, error: { code: "IDEMPOTENCY_MISMATCH", execution, workflow } } as const;
  if (workflow !== request.workflow) return mismatch;
  const keyring = await keyringOf(parts, { hasSecrets: row.request.startsWith(sealedMark) }, row);
  if (!keyring.ok) return { ok: false, error: await unreadable(parts, row, keyring.error) };
  if (row.request !== requestMark(parts, request, keyring.value?.sealer)) return mismatch;
  return { ok: true, value: { tenant, execution, existed: true } };
}

/** With an execution went its key, so nobody can say whether this is the same start; only that there was one. */
async function unreadable(parts: HostParts, key: ExecutionKey, erased: OwnerRefusal): Promise<OwnerRefusal> {
  const found = await absence(parts, key);
  return found.code === "EXECUTION_REMOVED" ? found : erased;
}
