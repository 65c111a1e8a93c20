import { changed, deskProject, documentsOf, testOptions, type Edit } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";
import { diff } from "./diff.ts";

function compiledFrom(edits: readonly Edit[]): Compiled {
  const { compiled, problems } = compile(documentsOf(changed(deskProject, edits), "desk"), testOptions);
  expect(problems).toEqual([]);
  return present(compiled);
}

/** Each as `allows kind place: message`. */
const said = (before: Compiled, after: Compiled): readonly string[] =>
  diff(before, after).map(({ allows, kind, message, place }) => `${allows} ${kind} ${place ?? ""}: ${message}`);

const [intent, ti, te] = ["IN_MOVE_TICKET_V0", "TI_OPEN_TICKET_V0", "TE_OPEN_TICKET_V0"];
const actors = "  actors: [desk::AC_CLERK_V0, desk::AC_TRIAGE_V0]\n";

type Case = readonly [sentence: string, edits: readonly Edit[], forth: readonly string[], back: readonly string[]];

it.each<Case>([
  [
    "one actor less may send it",
    [[intent, ", desk::AC_TRIAGE_V0", ""]],
    ["less bound IN_MOVE_TICKET_V0: may not be sent by desk::AC_TRIAGE_V0 any more"],
    ["more bound IN_MOVE_TICKET_V0: may be sent by desk::AC_TRIAGE_V0"],
  ],
  [
    "an actor says more of themselves",
    [
      [
        "AC_CLERK_V0",
        "name: { type: string, required: true }",
        "name: { type: string, required: true }\n    desk: { type: integer }",
      ],
    ],
    ["more bound IN_MOVE_TICKET_V0: desk::AC_CLERK_V0.desk is new"],
    ["less bound IN_MOVE_TICKET_V0: desk::AC_CLERK_V0.desk is gone"],
  ],
  [
    "anyone may send it",
    [
      [intent, actors, ""],
      ["WF_MOVE_TICKET_V0", "moved_by: $.actor.name", "moved_by: somebody"],
    ],
    [
      "more bound IN_MOVE_TICKET_V0: may be sent by *",
      'unknown data CC_MOVE/move: sends updates as {"stage":$.payload.stage,"moved_by":"somebody"} and not as {"stage":$.payload.stage,"moved_by":$.payload.@actor.name}',
    ],
    [
      "less bound IN_MOVE_TICKET_V0: may not be sent by * any more",
      "more data CC_MOVE/move: sends $.payload.@actor.name as updates",
    ],
  ],
  [
    "a route is another one",
    [[ti, "/api/v0/tickets", "/api/v1/tickets"]],
    [
      "unknown authority : answers POST /api/v1/tickets by desk::WF_OPEN_TICKET_V0 and answered POST /api/v0/tickets by desk::WF_OPEN_TICKET_V0, as desk::TI_OPEN_TICKET_V0",
    ],
    [
      "unknown authority : answers POST /api/v0/tickets by desk::WF_OPEN_TICKET_V0 and answered POST /api/v1/tickets by desk::WF_OPEN_TICKET_V0, as desk::TI_OPEN_TICKET_V0",
    ],
  ],
  [
    "a door lets in less",
    [[ti, "max_length: 2000", "max_length: 20"]],
    ["less authority : desk::TI_OPEN_TICKET_V0.question: max_length 2000 became 20"],
    ["more authority : desk::TI_OPEN_TICKET_V0.question: max_length 20 became 2000"],
  ],
  [
    "a reply has another status",
    [[te, "status: 201", "status: 202"]],
    ["unknown authority : replies otherwise, as desk::TI_OPEN_TICKET_V0"],
    ["unknown authority : replies otherwise, as desk::TI_OPEN_TICKET_V0"],
  ],
  [
    "records live otherwise",
    [["ENTITY_TICKET_V0", "ANSWERED: [OPEN, CLOSED]", "ANSWERED: [CLOSED]"]],
    [expect.stringMatching(/^unknown data CC_MOVE\/move: sends @entity as /), expect.stringContaining("@entity")],
    [expect.stringContaining("@entity"), expect.stringContaining("@entity")],
  ],
])("tells both ways when %s", (_, edits, forth, back) => {
  const [before, after] = [compiledFrom([]), compiledFrom(edits)];
  expect(said(before, after)).toEqual(forth);
  expect(said(after, before)).toEqual(back);
});

it("tells of a door that comes or goes", () => {
  const { routes, ...without } = compiledFrom([]);
  const whole = { ...without, routes: present(routes) };
  const route = "POST /api/v0/tickets by desk::WF_OPEN_TICKET_V0";
  expect(said(without, whole)).toEqual([`more authority : answers ${route}, as desk::TI_OPEN_TICKET_V0`]);
  expect(said(whole, without)).toEqual([`less authority : does not answer ${route} any more`]);
});
