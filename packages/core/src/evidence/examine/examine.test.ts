import {
  admissionProject,
  changed,
  charge,
  chargeProject,
  child,
  equal,
  examinedAs,
  executed,
  answer,
  fire,
  firstOf,
  found,
  go,
  greet,
  greetProject,
  line,
  paid,
  refusal,
  sha256,
  task,
  undoingProject,
  violation,
} from "@omnibase/testkit";
import type { Case, Says } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { PureTransform } from "../../execution/world.ts";
import { traceOf } from "../trace.ts";
import { examine } from "./examine.ts";

/** Once, and whatever else comes after it. */
function cancel(): Says {
  let isAsked = false;
  return (_, atMs) => {
    if (isAsked) return undefined;
    isAsked = true;
    return { type: "Cancel", atMs, by: "ada", reason: "enough" };
  };
}

const throwing: PureTransform = () => {
  throw new Error("no such letter");
};

describe("an execution that ended", () => {
  it("is clean where it did what it was to do", () => {
    const examination = examinedAs(executed(greet));
    expect(examination).toMatchObject({ verdict: "clean", findings: [], waits: [], children: [], status: "SUCCESS" });
    expect(examination.outcomes).toEqual([{ node: "CC_KEEP", code: "demo::CC_KEEP_V0", outcome: "SUCCESS" }]);
  });

  it("took an early exit where a contract returned otherwise", () => {
    const edit = ["WF_GREET_V0", "reason: FAILED, class: failed", "reason: COMPLETED, class: completed"] as const;
    const project = changed(greetProject, [edit]);
    expect(found({ ...greet, project, transform: () => violation })).toEqual({
      verdict: "business",
      rule: "EARLY_EXIT",
      class: "BUSINESS_VIOLATION",
      node: "CC_KEEP",
      reason: "CC_KEEP returned VIOLATION — workflow took early-exit path. Check payload data matches expected state",
      at: "demo::WF_GREET_V0 /core/nodes/CC_KEEP/next",
    });
  });

  it("was not acknowledged where the intent says which field, and why", () => {
    expect(found({ ...greet, input: { name: "" } })).toMatchObject({
      verdict: "business",
      rule: "NOT_ACKNOWLEDGED",
      class: "BUSINESS_VIOLATION",
      node: "IN_GREET_V0",
      reason: expect.stringMatching(/^Business violation at IN_GREET_V0: NACK \(.*name/),
      at: "demo::IN_GREET_V0 /core/inputs/name",
    });
  });

  it("returned an outcome that was declared to end it so", () => {
    expect(found({ ...greet, transform: () => violation })).toEqual({
      verdict: "business",
      rule: "DECLARED_OUTCOME",
      class: "BUSINESS_VIOLATION",
      node: "CC_KEEP/id",
      reason: "CC_KEEP returned VIOLATION (CC_KEEP/id: VIOLATION) — the workflow ended failed with BROKEN by EXIT_BAD",
      at: "demo::CC_KEEP_V0 /core/pipeline/0",
    });
  });

  it("could not go on where a transform threw, and an edge took it", () => {
    const project = changed(greetProject, [
      ["CC_KEEP_V0", "result_surface: [SUCCESS, VIOLATION]\n", "result_surface: [SUCCESS, VIOLATION, ERROR]\n"],
      ["CC_KEEP_V0", "{ SUCCESS: continue, VIOLATION: exit }", "{ SUCCESS: continue, VIOLATION: exit, ERROR: exit }"],
      ["CC_KEEP_V0", "VIOLATION, BACKEND_ERROR]\n    on_input", "VIOLATION, ERROR, BACKEND_ERROR]\n    on_input"],
      ["WF_GREET_V0", "VIOLATION: EXIT_BAD", "VIOLATION: EXIT_BAD, ERROR: EXIT_BAD"],
    ]);
    expect(found({ ...greet, project, transform: () => throwing })).toEqual({
      verdict: "structural",
      rule: "TRANSFORM_ERROR",
      class: "CT_STRUCTURE_ERROR",
      node: "CC_KEEP/id",
      reason: "the transform at CC_KEEP/id threw",
      at: "demo::CC_KEEP_V0 /core/pipeline/0/inputs",
    });
  });

  it("came to nothing where the world did not do it, however often it was asked", () => {
    const says = firstOf(answer({ kind: "not-done", failure: refusal, retryable: true }), fire);
    expect(found({ ...charge, says })).toEqual({
      verdict: "structural",
      rule: "EFFECT_FAILED",
      class: "CS_RUNTIME_ERROR",
      node: "PAY/charge",
      reason: "PAY/charge came to FAILED after 3 attempts: REFUSED nobody listens",
      at: "demo::RB_CHARGE_V0 /core/bindings/std::CS_HTTP_V0/policy",
    });
  });

  it("came to nothing where our own store could not do it", () => {
    const project = changed(chargeProject, [
      ["RB_CHARGE_V0", '"4xx": VIOLATION', '"4xx": BACKEND_ERROR'],
      ["CC_CHARGE_V0", "allowed: [SUCCESS, VIOLATION, FAILED]", "allowed: [SUCCESS, VIOLATION, FAILED, BACKEND_ERROR]"],
      [
        "CC_CHARGE_V0",
        "[SUCCESS, ALREADY_EXISTS, VIOLATION, FAILED]",
        "[SUCCESS, ALREADY_EXISTS, BACKEND_ERROR, FAILED]",
      ],
      ["CC_CHARGE_V0", "ALREADY_EXISTS: tell, VIOLATION: exit", "ALREADY_EXISTS: tell, BACKEND_ERROR: exit"],
      ["WF_CHARGE_V0", "FAILED: BROKEN }", "FAILED: BROKEN, BACKEND_ERROR: BROKEN }"],
    ]);
    const says = answer({ kind: "done", outcome: "BACKEND_ERROR", value: {} });
    expect(found({ ...charge, project, says })).toMatchObject({
      rule: "EFFECT_FAILED",
      reason: "PAY/charge came to BACKEND_ERROR",
    });
  });

  it("was not asked for where something that a step needs had no value", () => {
    const project = changed(greetProject, [
      ["IN_GREET_V0", "name: { type: string, required: true,", "name: { type: string, required: false,"],
    ]);
    expect(found({ ...greet, project, input: {} })).toEqual({
      verdict: "structural",
      rule: "INPUT_MISSING",
      class: "BINDING_ERROR",
      node: "CC_KEEP/id",
      reason: "CC_KEEP/id was not asked for, because data has no value",
      at: "demo::CC_KEEP_V0 /core/pipeline/0/inputs/data",
    });
  });

  it("was not let in where past events do not allow it", () => {
    const input = { order: "A-1", carrier: "post" };
    const ship = { project: admissionProject, namespace: "shop", workflow: "shop::WF_SHIP_V0", input };
    expect(found(ship)).toEqual({
      verdict: "business",
      rule: "ADMISSION_DENIED",
      class: "BUSINESS_VIOLATION",
      node: "ADMISSION",
      reason: "requires[0] asks for shop::EV_PAID_V0, of which there were 0",
      at: "shop::WF_SHIP_V0 /core/admission/requires/0",
    });
  });

  it("was cancelled, by whom and why", () => {
    const come = executed({ ...charge, says: firstOf(cancel(), paid) });
    expect(examinedAs(come)).toMatchObject({ verdict: "business" });
    expect(found({ ...charge, says: firstOf(cancel(), paid) })).toMatchObject({
      verdict: "business",
      rule: "CANCELLED",
      reason: "it was cancelled by ada: enough",
      at: "demo::WF_CHARGE_V0 ",
    });
    expect(examinedAs(come, "BASIC").findings).toMatchObject([{ rule: "CANCELLED", reason: "it was cancelled" }]);
  });
});

const forWhat = (of: Case): readonly string[] =>
  examinedAs(executed(of)).waits.map((wait) => `${wait.node}: ${wait.for}`);
const rung: Says = (request, atMs) =>
  request.kind === "effect" && request.place === "PAY/count"
    ? answer({ kind: "done", outcome: "SUCCESS", value: { sent: "now" } })(request, atMs)
    : undefined;
const never: PureTransform = () => ({ outcome: "SUCCESS", value: { is_equal: false } });
const sevenless: PureTransform = (given) => (given["left"] === 7 ? violation(given) : equal(given));

describe("an execution of rounds, waits and others", () => {
  it("follows a workflow that it asked for, where that came to nothing", () => {
    const says = firstOf(task("NO"), go, child("FAILED"), fire);
    const examination = examinedAs(executed({ ...line, says }));
    expect(examination.findings).toMatchObject([
      { rule: "CHILD_ENDED", node: "SUB", reason: "demo::WF_SUB_V0 was asked for here, and ended FAILED" },
    ]);
    expect(examination.children).toEqual([examination.findings[0]?.child]);
    expect(examination.verdict).toBe("business");
  });

  it("says what nobody said in time", () => {
    expect(found({ ...line, says: firstOf(task("NO"), fire) })).toMatchObject({
      rule: "TIMED_OUT",
      node: "MEET",
      reason: "nobody said GO in time",
      at: "demo::WF_ALL_V0 /core/nodes/MEET/timeout",
    });
  });

  it("says which task nobody did in time", () => {
    expect(found({ ...line, says: fire })).toMatchObject({
      rule: "TIMED_OUT",
      node: "ASK",
      reason: 'nobody did the task "Think of a number" in time',
      at: "demo::WF_ALL_V0 /core/nodes/ASK/timeout",
    });
  });

  it.each([
    ["5", "5 rounds"],
    ["1", "one round"],
  ])("says which loop was never done in %s", (max, rounds) => {
    const project = changed(line.project, [["WF_ALL_V0", "max: 5", `max: ${max}`]]);
    expect(found({ ...line, project, transform: () => never, says: firstOf(task("YES"), fire) })).toMatchObject({
      rule: "ROUNDS_EXHAUSTED",
      node: "POLL",
      reason: `POLL was not done after ${rounds}`,
      at: "demo::WF_ALL_V0 /core/nodes/POLL/max",
    });
  });

  it("looks into the item of a map that was not as it should be", () => {
    expect(found({ ...line, transform: () => sevenless, says: task("NO") })).toMatchObject({
      rule: "DECLARED_OUTCOME",
      node: "EACH[1]/look",
      at: "demo::CC_ONE_V0 /core/pipeline/0",
    });
  });

  it("tells what was undone", () => {
    const stop = cancel();
    const says = firstOf(
      paid,
      (request, atMs) => (request.kind === "effect" && request.place === "PAY/tell" ? stop(request, atMs) : undefined),
      answer({ kind: "done", outcome: "SUCCESS", value: { sent: "now" } }),
    );
    const examination = examinedAs(executed({ ...charge, project: undoingProject, says }));
    expect(examination.findings).toMatchObject([{ rule: "CANCELLED" }]);
    expect(examination.undone).toEqual([
      { node: "PAY/count/compensate", code: "demo::CS_BELL_V0", outcome: "SUCCESS" },
    ]);
  });

  it("knows less where the trace tells less", () => {
    const says = firstOf(answer({ kind: "not-done", failure: refusal, retryable: true }), fire);
    expect(examinedAs(executed({ ...charge, says }), "BASIC").findings).toMatchObject([
      { rule: "EFFECT_FAILED", node: "PAY" },
    ]);
    const less = examine(traceOf({ ...executed({ ...greet, transform: () => violation }), sha256, profile: "BASIC" }));
    expect(less.findings).toMatchObject([{ rule: "DECLARED_OUTCOME", node: "CC_KEEP" }]);
  });

  it("tells what it waits for, and who was asked", () => {
    const { status, verdict, waits } = examinedAs(executed({ ...line }));
    expect({ status, verdict }).toEqual({ status: "WAITING", verdict: "waiting" });
    expect(waits).toEqual([{ node: "ASK", for: "task Think of a number", due_at: expect.any(String) }]);
  });

  it.each([
    ["ASK: task Think of a number", line],
    ["MEET: signal GO", { ...line, transform: () => equal, says: task("NO") }],
    ["PAUSE: time", { ...line, transform: () => equal, says: firstOf(task("NO"), go) }],
    ["SUB: workflow demo::WF_SUB_V0", { ...line, transform: () => equal, says: firstOf(task("NO"), go, fire) }],
    ["POLL: its rounds", { ...line, transform: () => never, says: task("YES") }],
    ["PAY/charge: an answer", charge],
    [
      "PAY/charge: the next attempt",
      { ...charge, says: answer({ kind: "not-done", failure: refusal, retryable: true }) },
    ],
  ] as const)("waits for %s", (what, of) => {
    expect(forWhat(of)).toContain(what);
  });

  it("waits for its owner where nothing keeps it, and for what is undone", () => {
    const { graph, lines } = executed(greet);
    const [first, second = ""] = lines;
    expect(examinedAs({ graph, lines: [first] }).waits).toEqual([
      { node: "IN_GREET_V0", for: "its owner", due_at: null },
    ]);
    expect(examinedAs({ graph, lines: [first, second] }).waits).toMatchObject([
      { node: "CC_KEEP/keep", for: "an answer" },
    ]);
    const project = changed(undoingProject, [
      [
        "CC_CHARGE_V0",
        "status: $.results.charge.status }\n      result_surface: [SUCCESS]\n      on_result: { SUCCESS: exit }",
        "status: $.results.charge.status }\n      result_surface: [SUCCESS, FAILED]\n      on_result: { SUCCESS: exit, FAILED: exit }",
      ],
    ]);
    const told = answer({ kind: "not-done", failure: refusal, retryable: false }, "tell");
    expect(forWhat({ ...charge, project, says: firstOf(paid, told, rung) })).toEqual([
      "BROKEN: what is undone",
      "PAY/count/compensate: an answer",
    ]);
  });
});
