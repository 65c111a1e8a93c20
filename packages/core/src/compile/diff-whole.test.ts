import { chargeProject, documentsOf, greetProject, testOptions } from "@omnibase/testkit";
import type { Project } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { CallPlace, Graph, When } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";
import { diff } from "./diff.ts";

function compiledFrom(project: Project): Compiled {
  const { compiled, problems } = compile(documentsOf(project), testOptions);
  expect(problems).toEqual([]);
  return present(compiled);
}

/** Each as `allows kind place: message`. */
const said = (before: Compiled, after: Compiled): readonly string[] =>
  diff(before, after).map(
    ({ allows, kind, message, place, workflow }) => `${allows} ${kind} ${place ?? workflow ?? ""}: ${message}`,
  );

describe("what is told of graphs as a whole", () => {
  it("is nothing between equals", () => {
    for (const project of [greetProject, chargeProject])
      expect(said(compiledFrom(project), compiledFrom(project))).toEqual([]);
  });

  const greeting = compiledFrom(greetProject);
  const graph = present(greeting.graphs["demo::WF_GREET_V0"]);
  const rewired = (places: Graph["places"], more: Partial<Graph> = {}): Compiled => ({
    ...greeting,
    graphs: { [graph.workflow]: { ...graph, places: { ...graph.places, ...places }, ...more } },
  });
  const callAt = (name: string): CallPlace => {
    const place = present(graph.places[name]);
    if (place.kind === "exit") throw new Error("impossible: it is an exit");
    return place;
  };

  it("is a workflow that comes or goes, with all that it can do", () => {
    const none = { ...greeting, graphs: {} };
    expect(said(none, greeting)).toEqual([
      "more workflow demo::WF_GREET_V0: is new",
      "more effect demo::WF_GREET_V0: emit demo::EV_GREETED_V0 can be reached, at EXIT_NEW",
      "more effect demo::WF_GREET_V0: registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED can be reached, at CC_KEEP/keep",
    ]);
    expect(said(greeting, none)[0]).toBe("less workflow demo::WF_GREET_V0: is gone");
  });

  it("is code of the same name and another digest", () => {
    const other = { ...greeting, implementations: { "std.generate_id": "std.generate_id@2" } };
    expect(said(greeting, other)).toEqual([
      "unknown code : runs std.generate_id = std.generate_id@2 and ran std.generate_id@1",
    ]);
  });

  it("is an exit that became a step, or the other way round", () => {
    const { scope: _, missing: __, ...step } = callAt("CC_KEEP/id");
    const strange = rewired({
      EXIT_OLD: { ...step, edges: { SUCCESS: { to: "EXIT_BAD" }, VIOLATION: { to: "EXIT_BAD" } } },
    });
    expect(said(greeting, strange)).toContain("unknown step EXIT_OLD: is a step and was an exit");
    expect(said(strange, greeting)).toContain("unknown step EXIT_OLD: is an exit and was a step");
  });

  it("is a contract that is another, or that is left otherwise", () => {
    const scope = present(graph.scopes["CC_KEEP"]);
    const { ALREADY_EXISTS: _, ...exits } = scope.exits;
    const keep = callAt("CC_KEEP/keep");
    const edges = { ...keep.edges, ALREADY_EXISTS: { leave: "SUCCESS" } };
    const scopes = { CC_KEEP: { code: "demo::CC_OTHER_V0", exits } };
    const told = said(greeting, rewired({ "CC_KEEP/keep": { ...keep, edges } }, { scopes }));
    expect(told.slice(-2)).toEqual([
      "unknown step CC_KEEP: is demo::CC_OTHER_V0 and was demo::CC_KEEP_V0",
      "unknown step CC_KEEP: does not end with ALREADY_EXISTS any more",
    ]);
  });

  it("is a node under another name", () => {
    const text = present(greetProject["WF_GREET_V0.yaml"])
      .replaceAll("CC_KEEP:", "HOLD:")
      .replaceAll(" CC_KEEP,", " HOLD,");
    const renamed = compiledFrom({ ...greetProject, "WF_GREET_V0.yaml": text.replaceAll(".CC_KEEP.", ".HOLD.") });
    const told = said(greeting, renamed);
    expect(told).toContain("unknown step CC_KEEP/id: a step that is gone");
    expect(told).toContain("more effect HOLD/keep: registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED also here");
  });

  it("is a missing input that leads on", () => {
    const keep = callAt("CC_KEEP/keep");
    expect(said(greeting, rewired({ "CC_KEEP/keep": { ...keep, missing: { leave: "SUCCESS" } } }))).toEqual([
      "more gate CC_KEEP/keep: emit demo::EV_GREETED_V0 is reached also when it lacks an input",
      "unknown step CC_KEEP/keep: leads elsewhere, or is asked for otherwise",
    ]);
  });

  it("is a field that decides, decides otherwise, or decides no more", () => {
    const id = callAt("CC_KEEP/id");
    const by = (outcomes: When["outcomes"]): Compiled =>
      rewired({ "CC_KEEP/id": { ...id, when: { path: ["id", "ok"], outcomes } } });
    const [one, other] = [by({ true: "SUCCESS", false: "VIOLATION" }), by({ true: "SUCCESS", false: "SUCCESS" })];
    expect(said(greeting, one)).toEqual([
      'less gate CC_KEEP/id: decides by id.ok {"false":"VIOLATION","true":"SUCCESS"} now',
    ]);
    expect(said(one, greeting)).toEqual([
      'more gate CC_KEEP/id: decides by id.ok {"false":"VIOLATION","true":"SUCCESS"} no more',
    ]);
    expect(said(one, one)).toEqual([]);
    expect(said(one, other)).toEqual([
      'unknown gate CC_KEEP/id: decides by id.ok {"false":"SUCCESS","true":"SUCCESS"} and decided by id.ok {"false":"VIOLATION","true":"SUCCESS"}',
    ]);
  });

  it("is never nothing where graphs differ", () => {
    expect(
      said(
        greeting,
        rewired({}, { format: "omnibase-graph/1", scopes: { ...graph.scopes, MORE: { code: "a::B", exits: {} } } }),
      ),
    ).toEqual(["unknown step demo::WF_GREET_V0: is wired otherwise"]);
  });
});
