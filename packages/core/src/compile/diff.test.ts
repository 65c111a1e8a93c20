import { changed, chargeProject, documentsOf, greetProject, testOptions } from "@omnibase/testkit";
import type { Edit, Project } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";
import { diff } from "./diff.ts";

const options = {
  ...testOptions,
  grants: { hosts: ["http://127.0.0.1:8080", "https://other.example"] },
};

function compiledFrom(project: Project): Compiled {
  const { compiled, problems } = compile(documentsOf(project), options);
  expect(problems).toEqual([]);
  return present(compiled);
}

/** Each as `allows kind place: message`. */
const said = (before: Compiled, after: Compiled): readonly string[] =>
  diff(before, after).map(
    ({ allows, kind, message, place, workflow }) => `${allows} ${kind} ${place ?? workflow ?? ""}: ${message}`,
  );

const guard: Edit = [
  "CC_KEEP_V0",
  "      on_result: { SUCCESS: continue, VIOLATION: exit }\n    - step: keep",
  `      on_result: { SUCCESS: continue, VIOLATION: exit }
    - step: guard
      transform: std::CT_PURE_GENERATE_ID_V0
      inputs: { prefix: G2, data: $.inputs.name }
      outputs: { id: $.capability_result.id }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
    - step: keep`,
];

type Case = readonly [sentence: string, project: Project, edits: readonly Edit[], told: readonly string[]];

/** What someone may do is gained in one direction and lost in the other; what is read and sent need not be. */
const certain: ReadonlySet<string> = new Set(["authority", "code", "effect", "gate", "workflow", "bound"]);

const cases: readonly Case[] = [
  [
    "a bound is widened",
    greetProject,
    [["IN_GREET_V0", "max_length: 80", "max_length: 90"]],
    ["more bound IN_GREET_V0: name: max_length 80 became 90"],
  ],
  [
    "a call may be repeated no more",
    chargeProject,
    [["RB_CHARGE_V0", "idempotent: true", "idempotent: false"]],
    ["less bound PAY/charge: may not be repeated any more"],
  ],
  [
    "it is tried more often",
    chargeProject,
    [["CC_CHARGE_V0", "attempts: 3", "attempts: 9"]],
    ["more bound PAY/charge: attempts 3 became 9"],
  ],
  [
    "it waits longer",
    chargeProject,
    [["CC_CHARGE_V0", "timeout: PT10S", "timeout: PT20S"]],
    [
      "unknown bound PAY/charge: waits 20000 ms, then 200 × 3 ms up to 30000 ms and waited 10000 ms, then 200 × 3 ms up to 30000 ms",
    ],
  ],
  [
    "an answer means something else",
    chargeProject,
    [["RB_CHARGE_V0", '"4xx": VIOLATION', '"422": VIOLATION']],
    [
      'unknown bound PAY/charge: is told {"method":"POST","outcomes":{"2xx":"SUCCESS","409":"ALREADY_EXISTS","422":"VIOLATION"},"url":"http://127.0.0.1:8080/charges/{order}"} and was told {"method":"POST","outcomes":{"2xx":"SUCCESS","409":"ALREADY_EXISTS","4xx":"VIOLATION"},"url":"http://127.0.0.1:8080/charges/{order}"}',
    ],
  ],
  [
    "another host",
    chargeProject,
    [["RB_CHARGE_V0", "http://127.0.0.1:8080/", "https://other.example/"]],
    [
      "more authority : may call https://other.example",
      "less authority : may not call http://127.0.0.1:8080 any more",
      "less effect demo::WF_CHARGE_V0: http POST http://127.0.0.1:8080/charges/{order} is not reached any more",
      "more effect demo::WF_CHARGE_V0: http POST https://other.example/charges/{order} can be reached, at PAY/charge",
      "unknown step PAY/charge: does http POST https://other.example/charges/{order} and did http POST http://127.0.0.1:8080/charges/{order}",
    ],
  ],
  [
    "a handler is told something else",
    chargeProject,
    [["RB_CHARGE_V0", "tone: high", "tone: low"]],
    [
      'less effect demo::WF_CHARGE_V0: noop RING of demo::CS_BELL_V0 with {"tone":"high"} is not reached any more',
      'more effect demo::WF_CHARGE_V0: noop RING of demo::CS_BELL_V0 with {"tone":"low"} can be reached, at PAY/count, PAY/tell',
      'unknown step PAY/count: does noop RING of demo::CS_BELL_V0 with {"tone":"low"} and did noop RING of demo::CS_BELL_V0 with {"tone":"high"}',
      'unknown step PAY/tell: does noop RING of demo::CS_BELL_V0 with {"tone":"low"} and did noop RING of demo::CS_BELL_V0 with {"tone":"high"}',
    ],
  ],
  [
    "more is sent",
    chargeProject,
    [
      ["WF_CHARGE_V0", "note: { by: $.payload.buyer.email, at", "note: { by: [$.payload.buyer], at"],
      ["CC_CHARGE_V0", "by: $.inputs.note.by", "by: $.inputs.note"],
    ],
    ["more data PAY/charge: sends $.payload.buyer as note"],
  ],
  [
    "less is sent",
    chargeProject,
    [["CC_CHARGE_V0", ", note: { by: $.inputs.note.by, via: $.inputs.via, tags: [a] } }", " }"]],
    ['less data PAY/charge: sends note as absent and not as {"by":$.payload.buyer.email,"via":"card","tags":["a"]}'],
  ],
  [
    "a literal changes",
    chargeProject,
    [["CC_CHARGE_V0", "tags: [a]", "tags: [b]"]],
    [
      'unknown data PAY/charge: sends note as {"by":$.payload.buyer.email,"via":"card","tags":["b"]} and not as {"by":$.payload.buyer.email,"via":"card","tags":["a"]}',
    ],
  ],
  [
    "a gate",
    greetProject,
    [guard],
    [
      "less gate CC_KEEP/guard: emit demo::EV_GREETED_V0 is reached only past it (ends with SUCCESS)",
      "less gate CC_KEEP/guard: registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED is reached only past it (ends with SUCCESS)",
      "unknown step CC_KEEP/id: leads elsewhere, or is asked for otherwise",
      "unknown step CC_KEEP/guard: a step that is new",
    ],
  ],
  [
    "a gate opens",
    chargeProject,
    [
      ["CC_CHARGE_V0", "VIOLATION: exit, FAILED: exit }\n      retry", "VIOLATION: tell, FAILED: exit }\n      retry"],
      [
        "CC_CHARGE_V0",
        "outputs: { sent: $.capability_result.sent, status: $.results.charge.status }",
        "outputs: { sent: $.capability_result.sent, status: $.results.charge.status }",
      ],
    ],
    [
      'more gate PAY/charge: noop RING of demo::CS_BELL_V0 with {"tone":"high"} is reached also when it ends with VIOLATION',
      "unknown step PAY/charge: leads elsewhere, or is asked for otherwise",
    ],
  ],
  [
    "an event is emitted at one more exit",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id } }",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }, emit: demo::EV_GREETED_V0 }",
      ],
    ],
    [
      "more effect EXIT_OLD: emit demo::EV_GREETED_V0 also here",
      "more gate CC_KEEP/keep: emit demo::EV_GREETED_V0 is reached also when it ends with ALREADY_EXISTS",
      "unknown step EXIT_OLD: leads elsewhere, or is asked for otherwise",
    ],
  ],
  [
    "no event is emitted",
    greetProject,
    [["WF_GREET_V0", ", emit: demo::EV_GREETED_V0 }", " }"]],
    [
      "less effect demo::WF_GREET_V0: emit demo::EV_GREETED_V0 is not reached any more",
      "unknown step EXIT_NEW: leads elsewhere, or is asked for otherwise",
    ],
  ],
  [
    "an exit means something else",
    greetProject,
    [["WF_GREET_V0", "reason: FAILED, class: failed", "reason: EXITED, class: rejected"]],
    ["unknown step EXIT_BAD: ends as rejected EXITED BROKEN and ended as failed FAILED BROKEN"],
  ],
  [
    "an exit returns more",
    chargeProject,
    [["WF_CHARGE_V0", "outputs: { order: $.received.order }", "outputs: { order: $.received.order, all: $.received }"]],
    ["more data REFUSED: returns $.received as all"],
  ],
  [
    "another store file",
    greetProject,
    [["STRUCTURE_GREET_V0", "registry/greeted.jsonl", "registry/other.jsonl"]],
    [
      "unknown authority : uses the registry demo::STRUCTURE_GREET_V0/GREETED in registry/other.jsonl and used the registry demo::STRUCTURE_GREET_V0/GREETED in registry/greeted.jsonl",
    ],
  ],
  [
    "another store",
    greetProject,
    [
      ["STRUCTURE_GREET_V0", "GREETED:", "MET:"],
      ["CC_KEEP_V0", "store: GREETED", "store: MET"],
    ],
    [
      "less authority : may not use the registry demo::STRUCTURE_GREET_V0/GREETED in registry/greeted.jsonl any more",
      "more authority : may use the registry demo::STRUCTURE_GREET_V0/MET in registry/greeted.jsonl",
      "less effect demo::WF_GREET_V0: registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED is not reached any more",
      "more effect demo::WF_GREET_V0: registry.REGISTER on demo::STRUCTURE_GREET_V0/MET can be reached, at CC_KEEP/keep",
      "unknown step CC_KEEP/keep: does registry.REGISTER on demo::STRUCTURE_GREET_V0/MET and did registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED",
    ],
  ],
  [
    "an exit is reached otherwise",
    greetProject,
    [
      ["WF_GREET_V0", "ALREADY_EXISTS: EXIT_OLD, VIOLATION: EXIT_BAD", "ALREADY_EXISTS: EXIT_NEW, VIOLATION: EXIT_OLD"],
      ["WF_GREET_V0", "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }", "outcome: KNOWN"],
    ],
    [
      "more gate CC_KEEP/keep: emit demo::EV_GREETED_V0 is reached also when it ends with ALREADY_EXISTS",
      "less data EXIT_OLD: returns id as absent and not as $.results.CC_KEEP.id",
      "unknown step CC_KEEP: ALREADY_EXISTS leads to EXIT_NEW and led to EXIT_OLD",
      "unknown step CC_KEEP: VIOLATION leads to EXIT_OLD and led to EXIT_BAD",
    ],
  ],
  [
    "another transform",
    greetProject,
    [
      ["CC_KEEP_V0", "{ prefix: GR, data: $.inputs.name }", "{ value: $.inputs.name }"],
      ["CC_KEEP_V0", "CT_PURE_GENERATE_ID_V0", "CT_PURE_PASSTHROUGH_V0"],
      ["CC_KEEP_V0", "$.capability_result.id", "$.capability_result.value"],
      [
        "CC_KEEP_V0",
        "result_surface: [SUCCESS, VIOLATION]\n      on_result: { SUCCESS: continue, VIOLATION: exit }",
        "result_surface: [SUCCESS]\n      on_result: { SUCCESS: continue }",
      ],
      ["CC_KEEP_V0", "outputs:\n    id: { type: string }", "outputs:\n    id: { type: any }"],
    ],
    [
      "less code : does not run std.generate_id any more",
      "more code : runs std.passthrough = std.passthrough@1",
      "more gate CC_KEEP/id: emit demo::EV_GREETED_V0 is reached without it (ends with SUCCESS)",
      "more gate CC_KEEP/id: registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED is reached without it (ends with SUCCESS)",
      "unknown step CC_KEEP/id: does std::CT_PURE_PASSTHROUGH_V0 by std.passthrough and did std::CT_PURE_GENERATE_ID_V0 by std.generate_id",
      "unknown data CC_KEEP/id: reads data as absent and not as $.payload.name",
      'unknown data CC_KEEP/id: reads prefix as absent and not as "GR"',
      "unknown data CC_KEEP/id: reads value as $.payload.name and not as absent",
      "more data CC_KEEP/keep: sends $.results.CC_KEEP/id.value as key",
      "unknown bound EXIT_NEW: looks at what it emits now",
      "more data CC_KEEP: SUCCESS returns $.results.CC_KEEP/id.value as id",
      "more data CC_KEEP: ALREADY_EXISTS returns $.results.CC_KEEP/id.value as id",
    ],
  ],
];

const counted = (from: Compiled, to: Compiled, allows: string): number =>
  diff(from, to).filter((change) => change.allows === allows && certain.has(change.kind)).length;

describe("what is told", () => {
  it.each(cases)("when %s", (_, project, edits, expected) => {
    expect(said(compiledFrom(project), compiledFrom(changed(project, edits)))).toEqual(expected);
  });

  it.each(cases)("turns round with the two: %s", (_, project, edits) => {
    const [before, after] = [compiledFrom(project), compiledFrom(changed(project, edits))];
    expect(counted(before, after, "more")).toBe(counted(after, before, "less"));
    expect(counted(before, after, "less")).toBe(counted(after, before, "more"));
  });
});
