import type { CallPlace, EffectWork, ExitPlace, Graph, Place, Snapshot, Work } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { memorySnapshots, memoryStore } from "@omnibase/infra/memory";
import { builtinTransforms } from "@omnibase/infra/transforms";
import { openHost } from "@omnibase/runtime";
import type { Host } from "@omnibase/runtime";
import { noFailpoint } from "@omnibase/spi";
import type { Answer, Entropy, HandlerRequest, ProjectedFiles, Sealing, Store } from "@omnibase/spi";
import { virtualClock, type VirtualClock } from "../../packages/sdk/src/virtual-clock.ts";

/** A host in a world that a test holds in its hand: time passes when it says so, and the handler answers what it says. */
export interface TestWorld {
  readonly host: Host;
  readonly store: Store;
  readonly clock: VirtualClock;
  /** Every call of the handler, in order. */
  readonly calls: readonly HandlerRequest[];
  readonly files: Map<string, string>;
}

export const workflow = "test::WF_PAY_V0";
export const snapshot = `sha256:${"1".repeat(64)}`;
export const accounts = "test::STRUCTURE_V0/ACCOUNTS";

export interface WorldOptions {
  readonly effect?: Partial<EffectWork>;
  readonly answer: (request: HandlerRequest) => Promise<Answer>;
  readonly store?: Store;
  readonly files?: Map<string, string>;
  readonly atMs?: number;
  /** What keeps the accounts; a registry unless told otherwise. */
  readonly kind?: "registry" | "document";
  /** Another graph than the one that pays. */
  readonly graph?: Graph;
  /** Absent: it has no key to seal anything with. */
  readonly sealing?: Sealing;
  /** Absent: it draws none. */
  readonly entropy?: Entropy;
  /** Workflows that it may ask for. */
  readonly others?: { readonly [workflow: string]: Graph };
}

export function openWorld(options: WorldOptions): TestWorld {
  const { answer, effect = {}, files = new Map<string, string>(), store = memoryStore(), kind = "registry" } = options;
  const clock = virtualClock(options.atMs ?? 1_000_000, settle);
  const calls: HandlerRequest[] = [];
  const pinned: Snapshot = {
    digest: snapshot,
    keyid: snapshot,
    objects: {},
    graphs: { ...options.others, [workflow]: options.graph ?? payGraph(effect, kind) },
    implementations: { "std.generate_id": "std.generate_id@1" },
    authority: { hosts: [], stores: { [accounts]: { kind, file: "registry/accounts.jsonl" } } },
  };
  const host = openHost({
    store,
    snapshots: memorySnapshots(() => pinned),
    handlers: new Map([
      [
        "pay",
        {
          name: "pay",
          handle: (request) => {
            calls.push(request);
            return answer(request);
          },
        },
      ],
    ]),
    transform: (implementation) => builtinTransforms[implementation],
    sha256,
    clock,
    files: filesOver(files),
    failpoint: noFailpoint,
    engine: "omnibase/test",
    ...(options.sealing === undefined ? {} : { sealing: options.sealing }),
    ...(options.entropy === undefined ? {} : { entropy: options.entropy }),
  });
  return { host, store, clock, calls, files };
}

export const start = (execution: string, input: { readonly [name: string]: string } = { name: "Ada" }) =>
  ({ tenant: "default", execution, workflow, snapshot, input, principal: "ada" }) as const;

export const key = (execution: string) => ({ tenant: "default", execution }) as const;

export const done = (): Promise<Answer> => Promise.resolve({ kind: "done", outcome: "SUCCESS", value: { paid: true } });

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Derives an id, registers it, pays, and says so: one of each kind of work. */
function payGraph(effect: Partial<EffectWork>, kind: "registry" | "document"): Graph {
  const places: { readonly [name: string]: Place } = {
    IN: call(
      { kind: "admit", fields: { name: { type: "string", required: true, min_length: 1 } } },
      { ACK: { to: "CC/id" }, NACK: { to: "EXIT_REJECTED" } },
    ),
    "CC/id": inScope(
      { kind: "transform", capability: "std::CT_PURE_GENERATE_ID_V0", implementation: "std.generate_id" },
      { prefix: { kind: "literal", value: "AC" }, data: { kind: "payload", path: ["name"] } },
      { SUCCESS: { to: "CC/keep" }, VIOLATION: { leave: "VIOLATION" } },
    ),
    "CC/keep": inScope(
      { kind: "operate", capability: "std::CS_REGISTRY_V0", operation: operationOf[kind], store: accounts },
      {
        key: { kind: "result", of: "CC/id", path: ["id"] },
        ...(kind === "document" ? { value: { kind: "payload", path: [] } } : {}),
      },
      { SUCCESS: { to: "CC/pay" }, ALREADY_EXISTS: { leave: "KNOWN" }, VIOLATION: { leave: "VIOLATION" } },
    ),
    "CC/pay": inScope(
      {
        kind: "effect",
        capability: "test::CS_PAY_V0",
        handler: "pay",
        operation: "PAY",
        configuration: {},
        idempotent: true,
        timeoutMs: 30_000,
        retry: { attemptsMax: 3, backoffMs: 200, factor: 2, backoffMaxMs: 30_000 },
        ...effect,
      },
      { account: { kind: "result", of: "CC/id", path: ["id"] } },
      { SUCCESS: { leave: "SUCCESS" } },
    ),
    EXIT_PAID: exit("PAID", { id: { kind: "result", of: "CC", path: ["id"] } }),
    EXIT_KNOWN: exit("KNOWN"),
    EXIT_REJECTED: { ...exit("REJECTED"), class: "rejected", reason: "EXITED" },
  };
  const id = { id: { kind: "result", of: "CC/id", path: ["id"] } } as const;
  const exits = {
    SUCCESS: { outputs: id, to: "EXIT_PAID" },
    KNOWN: { outputs: id, to: "EXIT_KNOWN" },
    VIOLATION: { outputs: {}, to: "EXIT_REJECTED" },
  };
  return { format: "omnibase-graph/1", workflow, start: "IN", places, scopes: { CC: { code: "test::CC_V0", exits } } };
}

const operationOf = { registry: "registry.REGISTER", document: "document.WRITE" } as const;

const inScope = (work: CallPlace["work"], inputs: CallPlace["inputs"], edges: CallPlace["edges"]): CallPlace => ({
  ...call(work, edges, inputs),
  scope: "CC",
  required: Object.keys(inputs),
});

/** A place that asks for work and needs none of its inputs. */
export const call = (work: Work, edges: CallPlace["edges"], inputs: CallPlace["inputs"] = {}): CallPlace => ({
  kind: "call",
  work,
  inputs,
  required: [],
  outcomes: Object.keys(edges),
  edges,
});

export const exit = (outcome: string, outputs: ExitPlace["outputs"] = {}): ExitPlace => ({
  kind: "exit",
  class: "completed",
  reason: "COMPLETED",
  outcome,
  outputs,
});

/** The files of a data root, as a map. */
export const filesOver = (files: Map<string, string>): ProjectedFiles => ({
  read: (file) => Promise.resolve(files.get(file)),
  write: (file, text) => Promise.resolve(void files.set(file, text)),
  list: (ending) => Promise.resolve([...files.keys()].filter((file) => file.endsWith(ending)).toSorted()),
});
