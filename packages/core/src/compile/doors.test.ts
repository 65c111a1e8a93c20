import { changed, deskProject, documentsOf, foundIn, testOptions, type Edit, type Mistake } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";

const [ti, te, wf] = ["TI_OPEN_TICKET_V0", "TE_OPEN_TICKET_V0", "WF_OPEN_TICKET_V0"];

const mistakes: readonly Mistake[] = [
  ["nothing is wrong", deskProject, [], []],
  ["a path is relative", deskProject, [[ti, "/api/v0/tickets", "api"]], [`ROUTE_PATH_INVALID ${ti}:5:32`]],
  ["a path goes up", deskProject, [[ti, "/api/v0/tickets", "/api/../x"]], [`ROUTE_PATH_INVALID ${ti}:5:32`]],
  ["a path ends with a slash", deskProject, [[ti, "/api/v0/tickets", "/api/"]], [`ROUTE_PATH_INVALID ${ti}:5:32`]],
  ["a method has no body", deskProject, [[ti, "POST", "GET"]], [`ARTIFACT_SCHEMA ${ti}:5:20`]],
  [
    "nothing is said of what comes in",
    deskProject,
    [[ti, "  workflow: WF_OPEN_TICKET_V0\n", ""]],
    [`ARTIFACT_SCHEMA ${ti}:4:3`],
  ],
  ["a workflow does not exist", deskProject, [[ti, "WF_OPEN", "WF_X"]], [`REFERENCE_UNRESOLVED ${ti}:6:13`]],
  ["an egress does not exist", deskProject, [[ti, "desk::TE_OPEN", "desk::TE_X"]], [`REFERENCE_UNRESOLVED ${ti}:9:11`]],
  [
    "two doors have one route",
    deskProject,
    [["TI_Z", present(deskProject[`${ti}.yaml`]).replace(ti, "TI_Z")]],
    ["ROUTE_DUPLICATE TI_Z:5:32"],
  ],
  [
    "a door lets in what the intent does not know, and not what it requires",
    deskProject,
    [[ti, "question:", "subject:"]],
    [`INGRESS_MISFIT ${ti}:8:5`, `INGRESS_MISFIT ${ti}:8:5`],
  ],
  [
    "a door lets in less than the intent requires",
    deskProject,
    [[ti, "required: true, ", ""]],
    [`INGRESS_MISFIT ${ti}:8:5`],
  ],
  ["a door fills in what the intent requires", deskProject, [[ti, "required: true, ", "default: none, "]], []],
  [
    "an intent fills in what a door leaves out",
    deskProject,
    [
      [ti, "required: true, ", ""],
      ["IN_OPEN_TICKET_V0", "required: true, min_length", "required: true, default: none, min_length"],
    ],
    [],
  ],
  [
    "a type is another one",
    deskProject,
    [[ti, "type: string, required: true, max_length: 2000", "type: integer, required: true"]],
    [`INGRESS_MISFIT ${ti}:8:5`],
  ],
  [
    "an intent is wrong itself",
    deskProject,
    [["IN_OPEN_TICKET_V0", "workflow: WF_OPEN_TICKET_V0", "workflow: 1"]],
    ["ARTIFACT_SCHEMA IN_OPEN_TICKET_V0:5:13"],
  ],
  [
    "a workflow begins nowhere",
    deskProject,
    [[wf, "start_node: IN_OPEN_TICKET_V0", "start_node: IN_X"]],
    [`REFERENCE_UNRESOLVED ${wf}:6:15`],
  ],
  [
    "what is secret at a door is for everybody behind it",
    deskProject,
    [[ti, "required: true, ", "required: true, secret: true, "]],
    [`SECRET_FLOW ${ti}:8:5`],
  ],
  ["a status goes on", deskProject, [[te, "status: 201", "status: 101"]], [`EGRESS_STATUS_RANGE ${te}:7:27`]],
  ["a status is broken", deskProject, [[te, "status: 201", "status: 201.5"]], [`EGRESS_STATUS_RANGE ${te}:7:27`]],
  ["there is no such exit", deskProject, [[te, "EXIT_ASKED", "EXIT_AKSED"]], [`EGRESS_EXIT_UNKNOWN ${te}:7:5`]],
  ["a node is no exit", deskProject, [[te, "EXIT_ASKED", "CC_OPEN"]], [`EGRESS_EXIT_UNKNOWN ${te}:7:5`]],
  [
    "an exit returns no such thing",
    deskProject,
    [[te, "outputs.ticket_id", "outputs.id"]],
    [`EGRESS_BODY_UNKNOWN ${te}:7:48`],
  ],
  ["a result has no such part", deskProject, [[te, "$.nack", "$.secrets"]], [`EGRESS_BODY_UNKNOWN ${te}:8:48`]],
  ["a body is read from nowhere", deskProject, [[te, "$.nack", "7"]], [`ARTIFACT_SCHEMA ${te}:8:48`]],
  ["a class has no reply", deskProject, [[te, "    completed: { status: 200 }\n", ""]], [`ARTIFACT_SCHEMA ${te}:10:5`]],
  ["outputs may be told whole", deskProject, [[te, "$.outputs.ticket_id", "$.outputs"]], []],
  [
    "an egress speaks for another workflow",
    deskProject,
    [
      [te, "WF_OPEN", "WF_MOVE"],
      [te, "    EXIT_ASKED: { status: 201, body: { ticket: $.outputs.ticket_id } }\n", ""],
    ],
    [`EGRESS_OF_ANOTHER_WORKFLOW ${ti}:9:11`],
  ],
  [
    "an egress speaks for a workflow that does not exist",
    deskProject,
    [[te, "WF_OPEN", "WF_X"]],
    [`REFERENCE_UNRESOLVED ${te}:5:13`],
  ],
];

it.each(mistakes)("notices that %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits), testOptions, "desk")).toEqual(found);
});

const compiledWith = (...edits: readonly Edit[]): Compiled =>
  present(compile(documentsOf(changed(deskProject, edits), "desk"), testOptions).compiled);

describe("a door", () => {
  it("is served as it is declared", () => {
    expect(compiledWith().routes).toEqual({
      [`desk::${ti}`]: {
        method: "POST",
        path: "/api/v0/tickets",
        workflow: `desk::${wf}`,
        admits: { question: { type: "string", required: true, max_length: 2000 } },
        replies: {
          exits: {
            EXIT_ASKED: { status: 201, body: { ticket: ["outputs", "ticket_id"] } },
            EXIT_REJECTED: { status: 403, body: { why: ["nack"] } },
          },
          classes: {
            completed: { status: 200, body: {} },
            rejected: { status: 422, body: { outcome: ["outcome"] } },
            failed: { status: 500, body: { execution: ["execution"] } },
            cancelled: { status: 409, body: { execution: ["execution"] } },
          },
        },
      },
    });
  });

  it("says what any door says where it names no egress", () => {
    const { routes } = compiledWith([ti, "  egress: desk::TE_OPEN_TICKET_V0\n", ""]);
    expect(routes?.[`desk::${ti}`]?.replies).toMatchObject({ exits: {}, classes: { completed: { status: 200 } } });
  });

  it("says the same at every exit where its egress names none", () => {
    const text = present(deskProject[`${te}.yaml`]);
    const { routes } = compiledWith([te, text.replace(/ {2}outcomes:[^]*(?= {2}defaults)/, "")]);
    expect(routes?.[`desk::${ti}`]?.replies).toMatchObject({ exits: {}, classes: { cancelled: { status: 409 } } });
  });

  it("needs no egress", () => {
    const documents = documentsOf(changed(deskProject, [[ti, "  egress: desk::TE_OPEN_TICKET_V0\n", ""]]), "desk");
    const { compiled } = compile(documents, { ...testOptions, only: `desk::${ti}` });
    expect(Object.keys(present(compiled).objects)).not.toContain(`desk::${te}`);
  });

  it("needs its workflow and what that needs, and nothing else", () => {
    const { compiled } = compile(documentsOf(deskProject, "desk"), { ...testOptions, only: `desk::${ti}` });
    const codes = Object.keys(present(compiled).objects).filter((identity) => identity.startsWith("desk::"));
    expect(codes.map((identity) => identity.slice("desk::".length)).toSorted()).toEqual([
      "AC_MEMBER_V0",
      "CC_OPEN_TICKET_V0",
      "ENTITY_TICKET_V0",
      "IN_OPEN_TICKET_V0",
      "RB_DESK_V0",
      "STRUCTURE_DESK_V0",
      te,
      ti,
      wf,
    ]);
  });

  it("is not in a snapshot without one", () => {
    const without = Object.fromEntries(Object.entries(deskProject).filter(([file]) => !file.startsWith("TI_")));
    const { compiled } = compile(documentsOf(without, "desk"), testOptions);
    expect(present(compiled)).not.toHaveProperty("routes");
  });
});

it("tells who may ask", () => {
  expect(compiledWith().authority.actors).toEqual({
    "desk::AC_MEMBER_V0": "human",
    "desk::AC_CLERK_V0": "human",
    "desk::AC_TRIAGE_V0": "agent",
  });
});
