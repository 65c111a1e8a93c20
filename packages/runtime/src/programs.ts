import { limits, machineOf } from "@omnibase/core";
import type { Digest, ExecutionMachine, PureTransform, Snapshot } from "@omnibase/core";
import type { OwnerRefusal } from "@omnibase/spi";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";

/** A workflow of a snapshot, ready to be executed. */
export interface Pinned {
  readonly snapshot: Snapshot;
  readonly machine: ExecutionMachine;
  /** Whether some of what its executions record is sealed. */
  readonly hasSecrets: boolean;
}

type PinnedOr = { readonly ok: true; readonly value: Pinned } | { readonly ok: false; readonly error: OwnerRefusal };

/** Prepares each graph once. A snapshot never changes, so what was prepared is good for as long as the host lives. */
export interface Programs {
  pinned(snapshot: Digest, workflow: string): Promise<PinnedOr>;
  /** Begins a segment: from here the host's patience with pure steps is counted. */
  beginSegment(): void;
  /** What was asked for, in this life of the host: executions of it may be about to begin. */
  asked(): readonly Digest[];
}

export function programsOf(parts: HostParts): Programs {
  const snapshots = new Map<Digest, Promise<Awaited<ReturnType<HostParts["snapshots"]["load"]>>>>();
  const machines = new Map<string, ExecutionMachine>();
  const { clock, sha256, transform } = parts;
  let segmentBeganMs = 0;

  const pause = (steps: number): boolean =>
    steps >= limits.segmentStepsMax ||
    (steps % hostLimits.segmentLookSteps === 0 && clock.monotonicMs() - segmentBeganMs > hostLimits.segmentMsMax);

  const loaded = (digest: Digest): Promise<Awaited<ReturnType<HostParts["snapshots"]["load"]>>> => {
    const known = snapshots.get(digest);
    if (known !== undefined) return known;
    const loading = parts.snapshots.load(digest).then((answer) => {
      if (!answer.ok) snapshots.delete(digest);
      return answer;
    });
    snapshots.set(digest, loading);
    return loading;
  };

  return {
    beginSegment() {
      segmentBeganMs = clock.monotonicMs();
    },

    asked: () => [...snapshots.keys()],

    async pinned(digest, workflow): Promise<PinnedOr> {
      const answer = await loaded(digest);
      if (!answer.ok) {
        const { code, detail } = answer.error;
        return { ok: false, error: { code: "SNAPSHOT_REFUSED", snapshot: digest, reason: code, detail } };
      }
      const snapshot = answer.value;
      const graph = Object.hasOwn(snapshot.graphs, workflow) ? snapshot.graphs[workflow] : undefined;
      if (graph === undefined) return { ok: false, error: { code: "WORKFLOW_NOT_FOUND", workflow } };
      const name = `${digest}\n${workflow}`;
      const { implementations } = snapshot;
      // The graph says what is called; the snapshot seals which version of it.
      const sealedAs = (called: string): string | undefined =>
        Object.hasOwn(implementations, called) ? implementations[called] : undefined;
      const sealed = (called: string): PureTransform | undefined => {
        const version = sealedAs(called);
        return version === undefined ? undefined : transform(version);
      };
      const machine = machines.get(name) ?? machineOf(graph, { sha256, transform: sealed, sealedAs, pause });
      machines.set(name, machine);
      const { hasSecrets } = machine.program;
      if (hasSecrets && parts.sealing === undefined) {
        const detail = `${workflow} has secrets, and this host has no key to seal them`;
        return { ok: false, error: { code: "SNAPSHOT_REFUSED", snapshot: digest, reason: "NOT_SEALING", detail } };
      }
      return { ok: true, value: { snapshot, machine, hasSecrets } };
    },
  };
}
