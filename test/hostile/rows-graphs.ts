import { readFileSync } from "node:fs";
import type { Expected, HostileInput, Said } from "./case.ts";

const example = new URL("../../examples/01-greet/contracts/", import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(`${name}.yaml`, example), "utf8");

type Files = Readonly<Record<string, string>>;

/** One artifact of the example with one text in it replaced. What is replaced must stand there exactly once. */
function edited(name: string, from: string, to: string): Files {
  const text = textOf(name);
  if (text.split(from).length !== 2) throw new Error(`${from} does not stand in ${name} exactly once`);
  return { [`contracts/${name}.yaml`]: text.replace(from, () => to) };
}

const next = "next: { SUCCESS: EXIT_NEW, ALREADY_EXISTS: EXIT_OLD, VIOLATION: EXIT_BAD, BACKEND_ERROR: EXIT_BAD }";
const rest = "ALREADY_EXISTS: EXIT_OLD, VIOLATION: EXIT_BAD, BACKEND_ERROR: EXIT_BAD";
const node = (to: string): string =>
  `\n      type: CC\n      code: CC_KEEP_V0\n      inputs: { name: $.payload.name }\n      next: { SUCCESS: ${to}, ${rest} }\n`;

/** A ring of so many contract nodes; each but the first is one more than the example has. */
const ring = (nodes: number): Files =>
  edited(
    "WF_GREET_V0",
    `${next}\n`,
    `next: { SUCCESS: CC_1, ${rest} }\n${Array.from({ length: nodes - 1 }, (_, index) => {
      const after = index + 2 === nodes ? "CC_KEEP" : `CC_${String(index + 2)}`;
      return `    CC_${String(index + 1)}:${node(after)}`;
    }).join("")}`,
  );

const step = (index: number): string => `    - step: s${String(index)}
      transform: std::CT_PURE_GENERATE_ID_V0
      inputs: { prefix: GR, data: $.inputs.name }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: ${index === 99 ? "exit" : "continue"}, VIOLATION: exit }
`;

/** Few files, and far more places than one graph may have. */
function crowd(): Files {
  const steps = Array.from({ length: 100 }, (_, index) => step(index)).join("");
  const contract = `cc_code: CC_KEEP_V0
version: v0
core:
  inputs: { name: { type: string, required: true } }
  outputs: {}
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
${steps}`;
  const nodes = Array.from(
    { length: 200 },
    (_, index) => `    CC_${String(index)}:
      type: CC
      code: CC_KEEP_V0
      inputs: { name: $.payload.name }
      next: { SUCCESS: ${index === 199 ? "EXIT_NEW" : `CC_${String(index + 1)}`}, VIOLATION: EXIT_BAD }
`,
  ).join("");
  const workflow = `wf_code: WF_CROWD_V0
version: v0
core:
  start_node: IN_CROWD_V0
  nodes:
    IN_CROWD_V0: { type: IN, code: IN_CROWD_V0, next: { ACK: CC_0, NACK: EXIT_BAD } }
${nodes}    EXIT_NEW: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE }
    EXIT_BAD: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }
`;
  return {
    "contracts/CC_KEEP_V0.yaml": contract,
    "contracts/WF_CROWD_V0.yaml": workflow,
    "contracts/IN_CROWD_V0.yaml": textOf("IN_GREET_V0").replaceAll("GREET", "CROWD"),
  };
}

const keep = (from: string, to: string): Files => edited("CC_KEEP_V0", from, to);
const wf = (from: string, to: string): Files => edited("WF_GREET_V0", from, to);

const effect: Files = {
  ...keep("transform: std::CT_PURE_GENERATE_ID_V0", "transform: demo::CT_OWN_V0"),
  "contracts/CT_OWN_V0.yaml": `ct_code: CT_OWN_V0
version: v0
core:
  inputs: { prefix: { type: string, required: true }, data: { type: any } }
  outputs: { id: { type: string, required: true } }
implementation: { typescript: own }
`,
  "omnibase.yaml": "namespace: demo\ndata: ./data\nimplementations: transforms\n",
  "transforms/own.ts": 'export async function execute() {\n  return fetch("https://evil.example");\n}\n',
};

const charge: Files = {
  "contracts/CC_CALL_V0.yaml": `cc_code: CC_CALL_V0
version: v0
core:
  inputs: {}
  outputs: {}
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: call
      side_effect: std::CS_HTTP_V0
      op: REQUEST
      endpoint: EVIL
      timeout: PT1S
      retry: { attempts: 3, backoff: PT0.2S, factor: 2, max: PT1S }
      inputs: {}
      result_surface: [SUCCESS]
      on_result: { SUCCESS: exit }
`,
  "contracts/RB_CALL_V0.yaml": `rb_code: RB_CALL_V0
version: v0
core:
  bindings:
    std::CS_HTTP_V0:
      policy:
        endpoints: { EVIL: { method: GET, url: "https://evil.example/", idempotent: true, outcomes: { 2xx: SUCCESS } } }
`,
  "contracts/IN_CALL_V0.yaml": "in_code: IN_CALL_V0\nversion: v0\ncore: { workflow: WF_CALL_V0, inputs: {} }\n",
  "contracts/WF_CALL_V0.yaml": `wf_code: WF_CALL_V0
version: v0
runtime_binding: demo::RB_CALL_V0
core:
  start_node: IN_CALL_V0
  nodes:
    IN_CALL_V0: { type: IN, code: IN_CALL_V0, next: { ACK: CC_CALL, NACK: EXIT_BAD } }
    CC_CALL: { type: CC, code: CC_CALL_V0, inputs: {}, next: { SUCCESS: EXIT_OK, VIOLATION: EXIT_BAD } }
    EXIT_OK: { type: EXIT, reason: COMPLETED, class: completed, outcome: OK }
    EXIT_BAD: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }
`,
  "omnibase.yaml": 'namespace: demo\ndata: ./data\ngrants: { hosts: ["https://evil.example"] }\n',
};

const called = (from: string, to: string): Files => {
  const file = "contracts/CC_CALL_V0.yaml";
  return { ...charge, [file]: (charge[file] ?? "").replace(from, to) };
};

const starting = (id: string, child: string): Files => ({
  [`contracts/IN_${id}_V0.yaml`]: `in_code: IN_${id}_V0\nversion: v0\ncore: { workflow: WF_${id}_V0, inputs: {} }\n`,
  [`contracts/WF_${id}_V0.yaml`]: `wf_code: WF_${id}_V0
version: v0
core:
  start_node: IN_${id}
  nodes:
    IN_${id}: { type: IN, code: IN_${id}_V0, next: { ACK: SUB, NACK: EXIT_BAD } }
    SUB:
      type: CHILD
      workflow: demo::WF_${child}_V0
      inputs: {}
      next: { COMPLETED: EXIT_OK, REJECTED: EXIT_BAD, FAILED: EXIT_BAD, CANCELLED: EXIT_BAD }
    EXIT_OK: { type: EXIT, reason: COMPLETED, class: completed, outcome: OK }
    EXIT_BAD: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }
`,
});

/** Two workflows; the second starts the first, and the first starts the one that is named. */
const recursion = (started: "A" | "B"): Files => ({ ...starting("A", started), ...starting("B", "A") });

type Row = readonly [row: string, name: string, files: Files, code: string, more?: Partial<Expected>];

const rows: readonly Row[] = [
  ["C01", "an edge to nowhere", wf("SUCCESS: EXIT_NEW", "SUCCESS: EXIT_NOWHERE"), "GRAPH_DANGLING_EDGE"],
  ["C02", "a node that leads to itself", wf("SUCCESS: EXIT_NEW", "SUCCESS: CC_KEEP"), "GRAPH_CYCLE"],
  ["C02", "two nodes that lead to each other", ring(2), "GRAPH_CYCLE", { message: /CC_KEEP.*CC_1|CC_1.*CC_KEEP/ }],
  ["C02", "a ring of 1,000 nodes", ring(1_000), "GRAPH_CYCLE"],
  ["C02", "a ring of 10,000 nodes", ring(10_000), "ARTIFACT_TOO_WIDE"],
  ["C03", "a step twice", keep("- step: keep", "- step: id"), "NODE_ID_DUPLICATE"],
  ["C03", "a node twice", wf("    EXIT_OLD:", "    EXIT_NEW:"), "YAML_DUPLICATE_KEY"],
  ["C03", "a Cyrillic letter", wf("    EXIT_OLD:", "    EXIT_\u041ELD:"), "ID_CHARSET"],
  ["C03", "a letter that is composed", wf("    EXIT_OLD:", "    EXIT_O\u0301LD:"), "ID_CHARSET"],
  ["C03", "names that differ in their case are two", wf("    EXIT_OLD:", "    exit_old:"), "GRAPH_DANGLING_EDGE"],
  [
    "C04",
    "a node that nobody reaches",
    wf("ALREADY_EXISTS: EXIT_OLD", "ALREADY_EXISTS: EXIT_NEW"),
    "GRAPH_UNREACHABLE",
  ],
  [
    "C04",
    "no end",
    wf("ACK: CC_KEEP, NACK: EXIT_REJECTED", "ACK: IN_GREET_V0, NACK: IN_GREET_V0"),
    "GRAPH_NO_TERMINAL",
  ],
  ["C05", "an outcome that leads nowhere", wf(", VIOLATION: EXIT_BAD", ""), "OUTCOME_WITHOUT_EDGE"],
  [
    "C05",
    "an edge for what never comes",
    wf("SUCCESS: EXIT_NEW", "SUCCESS: EXIT_NEW, MAYBE: EXIT_NEW"),
    "EDGE_NEVER_TAKEN",
  ],
  ["C06", "20,000 places", crowd(), "GRAPH_TOO_LARGE"],
  ["C07", "a workflow that starts itself", recursion("A"), "ARTIFACT_RECURSION"],
  ["C07", "workflows that start each other", recursion("B"), "ARTIFACT_RECURSION"],
  ["C08", "latest", keep("GENERATE_ID_V0", "GENERATE_ID_V0@latest"), "REF_UNPINNED"],
  ["C08", "^1", keep("GENERATE_ID_V0", "GENERATE_ID_V0@^1"), "REF_UNPINNED"],
  ["C08", "no version at all", keep("GENERATE_ID_V0", "GENERATE_ID"), "REF_UNPINNED"],
  [
    "C09",
    "one identity, two contents",
    { "contracts/ZZ.yaml": textOf("EV_GREETED_V0").replace("string", "any") },
    "VERSION_CONFLICT",
    { message: /sha256:[\da-f]{64} and sha256:[\da-f]{64}/, related: ["1:10"] },
  ],
  [
    "C10",
    "a host that nobody granted",
    { ...charge, "omnibase.yaml": "namespace: demo\n" },
    "CAPABILITY_DENIED",
    { message: /evil\.example/ },
  ],
  ["C11", "a transform that calls a host", effect, "PURITY_VIOLATION", { message: /fetch|async/ }],
  [
    "C11",
    "a transform by a handler",
    {
      ...effect,
      "contracts/CT_OWN_V0.yaml": (effect["contracts/CT_OWN_V0.yaml"] ?? "").replace(
        "typescript: own",
        "handler: http",
      ),
      "transforms/own.ts": 'export const execute = () => ({ outcome: "SUCCESS", value: { id: "" } });\n',
    },
    "ARTIFACT_SCHEMA",
    { stderr: /^/, also: hasProblem("PURITY_VIOLATION") },
  ],
  ["C12", "a key that nobody reads", wf("start_node:", "colour: red\n  start_node:"), "UNKNOWN_KEY"],
  [
    "C12",
    "a kind that nobody knows",
    { "contracts/ZZ.yaml": "zz_code: ZZ_A_V0\nversion: v0\n" },
    "ARTIFACT_KIND_UNKNOWN",
  ],
  ["C12", "a text where a map is read", wf("nodes:\n", "nodes: all\n  also:\n"), "ARTIFACT_SCHEMA"],
  ["C14", "1e9 attempts", called("attempts: 3", "attempts: 1e9"), "POLICY_RANGE"],
  ["C14", "no time between attempts", called("backoff: PT0.2S", "backoff: PT0S"), "POLICY_RANGE"],
  ["C14", "no time at all", called("timeout: PT1S", "timeout: PT0S"), "POLICY_RANGE"],
  ["C14", "a negative time", called("timeout: PT1S", "timeout: -PT1S"), "DURATION_INVALID"],
  ["C14", "a time of ages", called("timeout: PT1S", "timeout: PT999999999S"), "POLICY_RANGE"],
  ["E03", "PT1e9H", called("timeout: PT1S", "timeout: PT1e9H"), "DURATION_INVALID"],
  ["E03", "P1M", called("timeout: PT1S", "timeout: P1M"), "DURATION_INVALID"],
  ["E03", "a negative one", called("timeout: PT1S", "timeout: -PT5S"), "DURATION_INVALID"],
];

/** Wherever among the problems it stands. */
function hasProblem(code: string) {
  return ({ stdout }: Said): string | undefined =>
    stdout.includes(`"code":"${code}"`) ? undefined : `no problem is ${code}`;
}

export const graphInputs: readonly HostileInput[] = [
  ...rows.map(([row, name, files, code, more = {}], index): HostileInput => ({
    row,
    name,
    lane: "cli-compile",
    expect: { exit: [4], code, ...more },
    ask: { argv: [index % 2 === 0 ? "compile" : "check", "--json"], files },
  })),
  ...snapshots(),
];

/** A snapshot file whose first line, the envelope, is another one; the manifest and every digest are as they were. */
function snapshots(): readonly HostileInput[] {
  const changes: Readonly<Record<string, string>> = {
    "no signature": "envelope.signatures = [];",
    "an unknown key": "envelope.signatures[0].keyid = `sha256:${'0'.repeat(64)}`;",
    "another payload type": "envelope.payloadType = 'application/json';",
  };
  return Object.entries(changes).map(([name, change]): HostileInput => {
    const shell = [
      `"$@" compile --out s.snapshot --json >/dev/null`,
      `node -e "$CHANGE" s.snapshot`,
      `"$@" snapshot verify s.snapshot --json`,
    ].join(" && ");
    const script = `const { readFileSync, writeFileSync } = require("node:fs");
      const [, file] = process.argv; const text = readFileSync(file, "utf8"); const end = text.indexOf("\\n");
      const envelope = JSON.parse(text.slice(0, end)); ${change}
      writeFileSync(file, JSON.stringify(envelope) + text.slice(end));`;
    return {
      row: "C16",
      name,
      lane: "cli",
      expect: { exit: [5], code: "SNAPSHOT_UNTRUSTED" },
      ask: { argv: [], shell, json: true, env: { CHANGE: script } },
    };
  });
}
