import { decodeRecord, isObject } from "@omnibase/core";
import type { DecodedRecord, Json, Replayed } from "@omnibase/core";
import type { Evidence } from "../campaign.ts";
import type { Submitted } from "../history.ts";
import type { Call } from "../receiver-messages.ts";
import type { Violation } from "./violation.ts";

/** One execution from both sides: what its log says, and what the client and the receiver know of it. */
export interface Witnessed {
  readonly submitted: Submitted;
  readonly status: string;
  readonly lines: readonly string[];
  readonly records: readonly DecodedRecord[];
  readonly calls: readonly Call[];
}

export type Replayer = (workflow: string, lines: readonly string[]) => Replayed;

interface Reading {
  readonly executions: readonly Witnessed[];
  readonly violations: readonly Violation[];
}

export function readEvidence({ calls, contents, history }: Evidence): Reading {
  const violations: Violation[] = [];
  const submitted = new Map(history.starts.map((one) => [one.key.execution, one]));
  const byRef = new Map<string, Call[]>();
  for (const call of calls) byRef.set(call.ref, [...(byRef.get(call.ref) ?? []), call]);
  const asking = new Map(submitted);
  const executions = contents.rows.flatMap(({ execution, parent, status }): readonly Witnessed[] => {
    const one = submitted.get(execution) ?? childOf(asking.get(parent ?? ""), execution);
    submitted.delete(execution);
    if (one === undefined) {
      violations.push({ oracle: "invented", detail: `${execution} was never submitted` });
      return [];
    }
    const lines = contents.logs.get(execution) ?? [];
    return [
      {
        submitted: one,
        status,
        lines,
        records: decoded(lines),
        calls: one.parent === undefined ? (byRef.get(one.ref) ?? []) : [],
      },
    ];
  });
  for (const { acknowledged, ref } of submitted.values()) {
    if (acknowledged) violations.push({ oracle: "lost", detail: `${ref} was acknowledged and is not there` });
    if (byRef.has(ref)) violations.push({ oracle: "lost", detail: `${ref} had effects and is not there` });
  }
  return { executions, violations };
}

/** Whoever asks for a name by another workflow says of it what was said of themselves. */
const childOf = (parent: Submitted | undefined, execution: string): Submitted | undefined =>
  parent && {
    ...parent,
    key: { ...parent.key, execution },
    workflow: "kill::WF_CLAIM_V0",
    parent: parent.key.execution,
  };

/** The text that lies so deep in a value, or nothing. */
export function textAt(value: Json, path: readonly string[]): string {
  const found = path.reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), value);
  return typeof found === "string" ? found : "";
}

/** A log that cannot be read is reported by the oracle of chains; here it has no records. */
function decoded(lines: readonly string[]): readonly DecodedRecord[] {
  try {
    return lines.map(decodeRecord);
  } catch {
    return [];
  }
}
