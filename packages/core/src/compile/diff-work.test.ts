import { changed, constructsProject, documentsOf, testOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";
import { diff } from "./diff.ts";

function compiledFrom(edits: readonly Edit[]): Compiled {
  const { compiled, problems } = compile(documentsOf(changed(constructsProject, edits)), testOptions);
  expect(problems).toEqual([]);
  return present(compiled);
}

/** Each as `allows kind place: message`. */
const said = (before: Compiled, after: Compiled): readonly string[] =>
  diff(before, after).map(
    ({ allows, kind, message, place, workflow }) => `${allows} ${kind} ${place ?? workflow ?? ""}: ${message}`,
  );

const before = compiledFrom([]);

type Case = readonly [sentence: string, edits: readonly Edit[], told: readonly string[]];

const wf = "WF_ALL_V0";
const twoActors: Edit = ["AC_AIDE_V0", "ac_code: AC_AIDE_V0\nversion: v0\ncore:\n  type: agent\n"];

const cases: readonly Case[] = [
  ["a wait is longer", [[wf, "for: PT1S", "for: PT2S"]], ["unknown bound PAUSE: waits: 2000 ms, and it was 1000 ms"]],
  [
    "a signal is waited for without end",
    [[wf, "      timeout: PT1H\n      next: { RECEIVED: PAUSE, TIMED_OUT: LATE }", "      next: { RECEIVED: PAUSE }"]],
    [
      "more gate MEET: start demo::WF_SUB_V0 is reached without it (ends with RECEIVED)",
      "unknown bound MEET: waits: without end, and it was 3600000 ms",
    ],
  ],
  [
    "a signal brings more",
    [[wf, "fields: { at:", "fields: { by: { type: string }, at:"]],
    ["more bound demo::WF_ALL_V0: GO: by is new"],
  ],
  [
    "something else may be said, too",
    [
      [
        wf,
        "PAUSE: { type: WAIT, for: PT1S, next: { ELAPSED: TILL } }",
        "PAUSE: { type: WAIT, signal: ON, next: { RECEIVED: TILL } }",
      ],
    ],
    ["unknown step PAUSE: does waiting for ON and did waiting", "more bound demo::WF_ALL_V0: may be told ON"],
  ],
  [
    "another may do a task, too",
    [twoActors, [wf, "actors: [demo::AC_BOSS_V0]", "actors: [demo::AC_BOSS_V0, demo::AC_AIDE_V0]"]],
    ["more authority : may ask demo::AC_AIDE_V0", "more bound ASK: may be done by demo::AC_AIDE_V0"],
  ],
  [
    "anyone may do a task",
    [[wf, "      actors: [demo::AC_BOSS_V0]\n", ""]],
    ["more authority : may ask *", "more bound ASK: may be done by *"],
  ],
  [
    "less comes with a task",
    [
      [
        wf,
        "n: { type: integer, required: true } }\n      timeout",
        "n: { type: integer, required: true, minimum: 1 } }\n      timeout",
      ],
    ],
    ["less bound ASK: n: minimum none became 1"],
  ],
  [
    "a task is open for longer",
    [[wf, "timeout: P1D", "timeout: P2D"]],
    ["unknown bound ASK: is open: 172800000 ms, and it was 86400000 ms"],
  ],
  [
    "a task is called otherwise",
    [[wf, "Think of a number", "Think of a small number"]],
    [
      "less effect demo::WF_ALL_V0: ask: Think of a number is not reached any more",
      "more effect demo::WF_ALL_V0: ask: Think of a small number can be reached, at ASK",
      'unknown step ASK: does the task "Think of a small number" and did the task "Think of a number"',
    ],
  ],
  [
    "a map has more items, and more at once",
    [
      [wf, "parallel: 2", "parallel: 3"],
      [wf, "max: 10\n", "max: 20\n"],
    ],
    ["more bound EACH: items 10 became 20", "more bound EACH: rounds at once 2 became 3"],
  ],
  [
    "a map stops at what fails, and more fails",
    [
      [wf, "on_failure: continue", "on_failure: stop"],
      [wf, "succeeds: [SUCCESS, AGAIN]", "succeeds: [SUCCESS]"],
    ],
    [
      "unknown bound EACH: succeeds with SUCCESS and not with SUCCESS, AGAIN",
      "less bound EACH: stops at the first that fails now",
    ],
  ],
  [
    "a loop goes round oftener, and goes on with more",
    [
      [wf, "max: 5", "max: 6"],
      [wf, "again: [AGAIN]", "again: [AGAIN, SUCCESS]"],
      [wf, "next: { SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED", "next: { VIOLATION: MEET, EXHAUSTED"],
    ],
    ["more bound POLL: rounds 5 became 6", "unknown bound POLL: goes on with AGAIN, SUCCESS and not with AGAIN"],
  ],
  [
    "a loop does not pause",
    [[wf, "      every: PT1S\n", ""]],
    ["unknown bound POLL: pauses: not at all, and it was 1000 ms"],
  ],
  [
    "another workflow is started",
    [
      [
        "WF_SUM_V0",
        "wf_code: WF_SUM_V0\nversion: v0\ncore:\n  start_node: ENTER\n  nodes:\n    ENTER: { type: IN, code: IN_SUM_V0, next: { ACK: DONE, NACK: DONE } }\n    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE, outputs: { n: 1 } }\n",
      ],
      [
        "IN_SUM_V0",
        "in_code: IN_SUM_V0\nversion: v0\ncore:\n  workflow: WF_SUM_V0\n  inputs: { n: { type: integer } }\n",
      ],
      [wf, "workflow: demo::WF_SUB_V0", "workflow: demo::WF_SUM_V0"],
    ],
    [
      "more authority : may start demo::WF_SUM_V0",
      "less authority : may not start demo::WF_SUB_V0 any more",
      "less effect demo::WF_ALL_V0: start demo::WF_SUB_V0 is not reached any more",
      "more effect demo::WF_ALL_V0: start demo::WF_SUM_V0 can be reached, at SUB",
      "unknown step SUB: does the workflow demo::WF_SUM_V0 and did the workflow demo::WF_SUB_V0",
      "more workflow demo::WF_SUM_V0: is new",
    ],
  ],
  [
    "a token becomes one more",
    [[wf, "ACK: [EACH, ASK]", "ACK: [EACH, ASK, MEET]"]],
    ["unknown step ENTER: leads elsewhere, or is asked for otherwise"],
  ],
];

describe("a difference is told when", () => {
  it.each(cases)("%s", (_, edits, told) => {
    expect(said(before, compiledFrom(edits))).toEqual(told);
  });
});

it("nothing may be said any more that no one waits for", () => {
  const after = compiledFrom([
    [
      wf,
      "    PAUSE: { type: WAIT, for: PT1S, next: { ELAPSED: TILL } }",
      "    PAUSE: { type: WAIT, signal: ON, next: { RECEIVED: TILL } }",
    ],
  ]);
  expect(said(after, before)).toContain("less bound demo::WF_ALL_V0: may not be told ON any more");
});

it("what one allows more the other allows less", () => {
  const after = compiledFrom([
    [wf, "      actors: [demo::AC_BOSS_V0]\n", ""],
    [wf, "on_failure: continue", "on_failure: stop"],
  ]);
  expect(said(after, before)).toEqual([
    "less authority : may not ask * any more",
    "more bound EACH: goes on after one that fails now",
    "less bound ASK: may not be done by * any more",
  ]);
});
