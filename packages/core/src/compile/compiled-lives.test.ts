import { calm, chargeProject, documentsOf, live, locatedYaml, testOptions } from "@omnibase/testkit";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { brokenLaws } from "../execution/laws.ts";
import { inputMissing } from "../execution/move.ts";
import type { Graph } from "../graph/graph.ts";
import { compile } from "./compile.ts";

/** Asks the bell, which needs a text, and unasks it where that comes to nothing. */
const ring = `cc_code: CC_RING_V0
version: v0
core:
  inputs: { text: { type: string, required: true } }
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: ring
      side_effect: demo::CS_BELL_V0
      op: RING
      inputs: { text: $.inputs.text }
      compensate: { side_effect: demo::CS_BELL_V0, op: RING, inputs: { text: $.inputs.text } }
      result_surface: [SUCCESS]
      on_result: { SUCCESS: exit }
`;
const { "CS_BELL_V0.yaml": bell = "" } = chargeProject;
const others = documentsOf({
  "CC_RING_V0.yaml": ring,
  "CS_BELL_V0.yaml": bell,
  "IN_ANY_V0.yaml":
    "in_code: IN_ANY_V0\nversion: v0\ncore: { workflow: WF_ANY_V0, inputs: { name: { type: any }, count: { type: any }, nested: { type: any } } }\n",
  "RB_ANY_V0.yaml": "rb_code: RB_ANY_V0\nversion: v0\ncore: { bindings: { demo::CS_BELL_V0: { policy: {} } } }\n",
});

interface AnyNode {
  readonly rings: boolean;
  /** How far on each outcome leads. */
  readonly ways: readonly (readonly number[])[];
  /** How far back the node is whose result it reads. */
  readonly reads: number;
}

interface AnyWorkflow {
  readonly nodes: readonly AnyNode[];
  readonly fails: boolean;
}

const anyWorkflow: fc.Arbitrary<AnyWorkflow> = fc.record({
  nodes: fc.array(
    fc.record({
      rings: fc.boolean(),
      ways: fc.tuple(
        fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 1 }).map((further) => [0].concat(further)),
        fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 2 }),
      ),
      reads: fc.nat({ max: 4 }),
    }),
    { minLength: 2, maxLength: 7 },
  ),
  fails: fc.boolean(),
});

/** What the compiler has said so far of the nodes. */
interface Told {
  readonly joins: ReadonlySet<string>;
  readonly readsNothing: ReadonlySet<string>;
}

function textOf({ fails, nodes }: AnyWorkflow, { joins, readsNothing }: Told): string {
  const name = (at: number): string => (at < nodes.length ? `N${String(at)}` : "END");
  const join = (node: string): string => (joins.has(node) ? "join: all, " : "");
  const lines = nodes.map(({ reads, rings, ways }, at) => {
    const node = name(at);
    const [on = "", off = ""] = ways.map((far) => `[${[...new Set(far.map((one) => name(at + 1 + one)))].join(", ")}]`);
    const from = at - 1 - reads;
    const source = nodes[from];
    const isRead = source !== undefined && !source.rings && !readsNothing.has(node);
    const bound = isRead ? `$.results.${name(from)}.note` : "plain";
    return rings
      ? `    ${node}: { type: CC, ${join(node)}code: CC_RING_V0, inputs: { text: ${bound} }, next: { SUCCESS: ${on}, VIOLATION: ${off} } }`
      : `    ${node}: { type: TASK, ${join(node)}summary: say, inputs: { seen: ${bound} }, outputs: { note: { type: string, required: true } }, next: { YES: ${on}, NO: ${off} } }`;
  });
  const meaning = fails ? "reason: FAILED, class: failed" : "reason: COMPLETED, class: completed";
  return `wf_code: WF_ANY_V0
version: v0
runtime_binding: demo::RB_ANY_V0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ANY_V0, next: { ACK: N0, NACK: NO } }
${lines.join("\n")}
    END: { type: EXIT, ${join("END")}${meaning}, outcome: END }
    NO: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`;
}

const file = "WF_ANY_V0.yaml";

/** Does what the compiler says until it has nothing to say; what it says then is not about tokens. */
function compiledFrom(workflow: AnyWorkflow, told: Told, left: number): Graph | undefined {
  const document = { located: locatedYaml(textOf(workflow, told), file), file, namespace: "demo" };
  const { compiled, problems } = compile([...others, document], testOptions);
  if (compiled !== undefined || left === 0) return compiled?.graphs["demo::WF_ANY_V0"];
  const joins = new Set(told.joins);
  const readsNothing = new Set(told.readsNothing);
  for (const { code, path = "" } of problems) {
    const node = path.split("/")[3] ?? "";
    if (code === "TOKENS_MEET" || code === "EXIT_BESIDE_TOKEN") joins.add(node);
    if (code === "JOIN_WITHOUT_FORK") joins.delete(node);
    if (code === "RESULT_NOT_ON_EVERY_PATH") readsNothing.add(node);
  }
  return compiledFrom(workflow, { joins, readsNothing }, left - 1);
}

it("what compiles comes to an end by the laws, and no step of it lacks what it reads", () => {
  const seen = { compiled: 0, forked: 0, joined: 0, read: 0, admitted: 0 };
  fc.assert(
    fc.property(anyWorkflow, fc.nat(), (workflow, seed) => {
      const graph = compiledFrom(workflow, { joins: new Set(), readsNothing: new Set() }, 10);
      expect(graph).toBeDefined();
      if (graph === undefined) return;
      const written = JSON.stringify(graph);
      seen.compiled += 1;
      seen.forked += written.includes('"also":') ? 1 : 0;
      seen.joined += written.includes('"join":"all"') ? 1 : 0;
      seen.read += written.includes('"path":["note"]') ? 1 : 0;
      const life = live({ graph, seed, turns: 40 });
      expect(calm(life.chaos, [life.owner])).toBe(true);
      expect(brokenLaws(life.owner.events, graph)).toEqual([]);
      const passed = life.owner.events.flatMap((event) => (event.type === "Passed" ? event.steps : []));
      seen.admitted += passed.some(({ outcome }) => outcome === "ACK") ? 1 : 0;
      expect(passed.filter(({ outcome }) => outcome === inputMissing)).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(Math.min(seen.forked, seen.joined, seen.read, seen.admitted)).toBeGreaterThan(20);
});
