import { digestOf, recordLine, type Compiled, type ExecutionEvent, type Graph } from "@omnibase/core";
import { sha256 } from "./keys.ts";

const workflow = "demo::WF_GREET_V0";

const graph: Graph = {
  format: "omnibase-graph/1",
  workflow,
  start: "IN_GREET_V0",
  places: {
    IN_GREET_V0: {
      kind: "call",
      work: { kind: "admit", fields: { name: { type: "string", required: true, min_length: 1 } } },
      inputs: {},
      required: [],
      outcomes: ["ACK", "NACK"],
      edges: { ACK: { to: "EXIT_NEW" }, NACK: { to: "EXIT_REJECTED" } },
    },
    EXIT_NEW: { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "GREETED", outputs: {} },
    EXIT_REJECTED: { kind: "exit", class: "rejected", reason: "EXITED", outcome: "BAD_INPUT", outputs: {} },
  },
  scopes: {},
};

/** As small as a compiled set of artifacts can be and still have something in every part; not all of it ASCII. */
export const greetingCompiled: Compiled = {
  objects: {
    [workflow]: { wf_code: "WF_GREET_V0", start_node: "IN_GREET_V0" },
    "demo::EV_GREETED_V0": { ev_code: "EV_GREETED_V0", summary: "Grüß dich 👋" },
  },
  graphs: { [workflow]: graph },
  implementations: { "std::CT_PURE_GENERATE_ID_V0": "std.generate_id@1" },
  authority: {
    hosts: ["https://api.example.org"],
    stores: { GREETED: { kind: "registry", file: "registry/greeted.jsonl" } },
  },
};

export interface Greeting {
  readonly execution: string;
  readonly name: string;
  readonly snapshot?: string;
}

/** The log of one greeting, as the machine writes it. */
export function greetingLog({
  execution,
  name,
  snapshot = digestOf(sha256, "a snapshot"),
}: Greeting): readonly string[] {
  const id = `GR_${sha256(JSON.stringify({ value: name })).slice(0, 16)}`;
  const atMs = 1_795_255_200_000;
  return logOf([
    {
      type: "Started",
      atMs,
      engine: "omnibase/0.1.0",
      execution,
      input: { name },
      principal: "local",
      snapshot,
      tenant: "default",
      workflow,
    },
    {
      type: "Passed",
      steps: [
        { place: "IN_GREET_V0", outcome: "ACK" },
        { place: "CC_KEEP/id", outcome: "SUCCESS", value: { id } },
      ],
    },
    {
      type: "Settled",
      atMs: atMs + 1,
      place: "CC_KEEP/keep",
      attempt: 1,
      outcome: "SUCCESS",
      value: { address: "ADDR_9f9c1d2dfdc289b20a7dc0b8cd47d34b" },
    },
    {
      type: "Completed",
      class: "completed",
      emitted: ["demo::EV_GREETED_V0"],
      exit: "EXIT_NEW",
      outcome: "GREETED",
      outputs: { id },
    },
  ]);
}

/** Chains events into the lines of a log; what was derived takes the time of what was given before it. */
export function logOf(events: readonly ExecutionEvent[]): readonly string[] {
  const lines: string[] = [];
  let atMs = 0;
  for (const event of events) {
    if ("atMs" in event) atMs = event.atMs;
    const before = lines.at(-1);
    const prev = before === undefined ? undefined : digestOf(sha256, before);
    lines.push(recordLine(event, { atMs, prev, revision: lines.length + 1 }));
  }
  return lines;
}
