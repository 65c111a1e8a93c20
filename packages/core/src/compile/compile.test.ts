import { changed, chargeProject, documentsOf, foundIn, greetProject, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";

const compiledFrom = (project: typeof greetProject): Compiled => {
  const { problems, compiled } = compile(documentsOf(project), testOptions);
  expect(problems).toEqual([]);
  return present(compiled);
};

const graphIn = (project: typeof greetProject, workflow: string): Graph =>
  present(compiledFrom(project).graphs[workflow]);

const inputsOf = (edits: Parameters<typeof changed>[1]): unknown => {
  const place = graphIn(changed(chargeProject, edits), "demo::WF_CHARGE_V0").places["PAY/charge"];
  return place?.kind === "call" ? place.inputs["note"] : undefined;
};

const note = (bound: string, read: string): unknown =>
  inputsOf([
    ["WF_CHARGE_V0", '{ by: $.payload.buyer.email, at: "{{timestamp}}" }', bound],
    ["CC_CHARGE_V0", "{ by: $.inputs.note.by, via: $.inputs.via, tags: [a] }", read],
  ]);

const holding = (binding: object): unknown => ({ kind: "object", fields: { v: binding } });

const missing = (binding: string): boolean => {
  const edits = [["WF_CHARGE_V0", "order: $.payload.order,", `order: ${binding},`]] as const;
  const graph = graphIn(changed(chargeProject, edits), "demo::WF_CHARGE_V0");
  return Object.hasOwn(present(graph.places["PAY/charge"]), "missing");
};

const step = (at: number): string => {
  const before = at === 0 ? "x" : `$.results.s${String(at - 1)}.v`;
  return `    - step: s${String(at)}
      transform: std::CT_PURE_PASSTHROUGH_V0
      inputs: { value: ${before} }
      outputs: { v: { a: ${before}, b: ${before} } }
      result_surface: [SUCCESS]
      on_result: { SUCCESS: ${at === 20 ? "exit" : "continue"} }
`;
};

/** Every step reads the one before, and the last one reads the first. */
const stepsOf = (count: number): string =>
  Array.from({ length: count }, (_, at) => {
    const value = at === 0 ? "x" : `[$.results.s${String(at - 1)}.v, $.results.s0.v]`;
    return `    - { step: s${String(at)}, transform: "std::CT_PURE_PASSTHROUGH_V0", inputs: { value: ${value} }, outputs: { v: $.capability_result.value }, result_surface: [SUCCESS], on_result: { SUCCESS: ${at === count - 1 ? "exit" : "continue"} } }\n`;
  }).join("");

const mutantsOf = (
  part: RegExp,
  replaced: (found: string) => string,
  lines: RegExp,
): readonly (typeof greetProject)[] =>
  Object.entries(greetProject).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, at, all) =>
      lines.test(line)
        ? [...line.matchAll(part)].map(({ 0: found, index }) => {
            const mutant = line.slice(0, index) + replaced(found) + line.slice(index + found.length);
            return changed(greetProject, [[file.replace(".yaml", ""), all.with(at, mutant).join("\n")]]);
          })
        : [],
    ),
  );

describe("the example", () => {
  const compiled = compiledFrom(greetProject);
  const graph = present(compiled.graphs["demo::WF_GREET_V0"]);

  it("becomes places that read nothing but the payload, literals and results", () => {
    expect(graph.places["CC_KEEP/id"]).toEqual({
      kind: "call",
      scope: "CC_KEEP",
      work: { kind: "transform", capability: "std::CT_PURE_GENERATE_ID_V0", implementation: "std.generate_id" },
      inputs: { prefix: { kind: "literal", value: "GR" }, data: { kind: "payload", path: ["name"] } },
      required: ["prefix", "data"],
      outcomes: ["SUCCESS", "VIOLATION"],
      edges: { SUCCESS: { to: "CC_KEEP/keep" }, VIOLATION: { leave: "VIOLATION" } },
    });
    expect(graph.places["CC_KEEP/keep"]).toMatchObject({
      work: { kind: "operate", operation: "registry.REGISTER", store: "demo::STRUCTURE_GREET_V0/GREETED" },
      inputs: { key: { kind: "result", of: "CC_KEEP/id", path: ["id"] } },
      required: ["key"],
      missing: { leave: "VIOLATION" },
      edges: { ALREADY_EXISTS: { leave: "ALREADY_EXISTS" } },
    });
  });

  it("keeps the contract as a scope that returns its outputs", () => {
    expect(graph.scopes["CC_KEEP"]).toEqual({
      code: "demo::CC_KEEP_V0",
      exits: {
        SUCCESS: { outputs: { id: { kind: "result", of: "CC_KEEP/id", path: ["id"] } }, to: "EXIT_NEW" },
        ALREADY_EXISTS: { outputs: { id: { kind: "result", of: "CC_KEEP/id", path: ["id"] } }, to: "EXIT_OLD" },
        VIOLATION: { outputs: {}, to: "EXIT_BAD" },
        BACKEND_ERROR: { outputs: {}, to: "EXIT_BAD" },
      },
    });
    expect(graph.places["EXIT_NEW"]).toEqual({
      kind: "exit",
      class: "completed",
      reason: "COMPLETED",
      outcome: "GREETED",
      outputs: { id: { kind: "result", of: "CC_KEEP", path: ["id"] } },
      emit: "demo::EV_GREETED_V0",
    });
  });

  it("may touch one store, and names the code that it runs", () => {
    expect(compiled.authority).toEqual({
      hosts: [],
      stores: { "demo::STRUCTURE_GREET_V0/GREETED": { kind: "registry", file: "registry/greeted.jsonl" } },
    });
    expect(compiled.implementations).toEqual({ "std.generate_id": "std.generate_id@1" });
  });

  it("seals what the project declares, and of the library only what it uses", () => {
    expect(Object.keys(compiled.objects).toSorted()).toEqual([
      "demo::CC_KEEP_V0",
      "demo::EV_GREETED_V0",
      "demo::IN_GREET_V0",
      "demo::RB_GREET_V0",
      "demo::STRUCTURE_GREET_V0",
      "demo::WF_GREET_V0",
      "std::CS_REGISTRY_V0",
      "std::CT_PURE_GENERATE_ID_V0",
    ]);
  });
});

describe("effects on the world", () => {
  const compiled = compiledFrom(chargeProject);
  const places = present(compiled.graphs["demo::WF_CHARGE_V0"]).places;

  it("carry what the runtime binding says to the handler", () => {
    expect(places["PAY/charge"]).toMatchObject({
      work: {
        kind: "effect",
        handler: "http",
        operation: "REQUEST",
        configuration: {
          method: "POST",
          url: "http://127.0.0.1:8080/charges/{order}",
          outcomes: { "2xx": "SUCCESS", "409": "ALREADY_EXISTS", "4xx": "VIOLATION" },
        },
        idempotent: true,
        timeoutMs: 10_000,
        retry: { attemptsMax: 3, backoffMs: 200, factor: 3, backoffMaxMs: 30_000 },
      },
      required: ["order", "cents"],
      outcomes: ["SUCCESS", "ALREADY_EXISTS", "VIOLATION"],
      edges: { ALREADY_EXISTS: { to: "PAY/tell" }, FAILED: { leave: "FAILED" } },
    });
    expect(compiled.authority.hosts).toEqual(["http://127.0.0.1:8080"]);
  });

  it("are not repeated unless they may be, and wait half a minute", () => {
    expect(places["PAY/count"]).toMatchObject({
      work: { configuration: { tone: "high" }, idempotent: false, timeoutMs: 30_000, retry: { attemptsMax: 1 } },
    });
    const without = "      retry: { attempts: 3, backoff: PT0.2S, factor: 3, max: PT30S }\n";
    const graph = graphIn(changed(chargeProject, [["CC_CHARGE_V0", without, ""]]), "demo::WF_CHARGE_V0");
    expect(graph.places["PAY/charge"]).toMatchObject({ work: { retry: { attemptsMax: 5 } } });
  });

  it("compile when the origin is granted in other words", () => {
    const hosts = ["HTTP://API.example.org:80/", "nonsense"];
    const project = changed(chargeProject, [["RB_CHARGE_V0", "http://127.0.0.1:8080/", "http://api.example.org/"]]);
    expect(foundIn(project, { ...testOptions, grants: { hosts } })).toEqual([]);
  });
});

describe("names are replaced by what they stand for", () => {
  it("goes on reading inside of an object, a literal, the time and a list", () => {
    expect(note("{ a: { b: 1 } }", "{ v: $.inputs.note.a.b }")).toEqual(holding({ kind: "literal", value: 1 }));
    expect(note("{ a: 1 }", "{ v: $.inputs.note.a.b }")).toEqual({ kind: "object", fields: {} });
    expect(note("{ a: 1 }", "{ v: $.inputs.note.c }")).toEqual({ kind: "object", fields: {} });
    expect(note('{ a: "{{timestamp}}" }', "{ v: $.inputs.note.a }")).toEqual(holding({ kind: "timestamp" }));
    expect(note('{ a: "{{timestamp}}" }', "{ v: $.inputs.note.a.b }")).toEqual({ kind: "object", fields: {} });
    expect(note("{ a: [1] }", "{ v: [$.inputs.note.a, $.inputs.note.a.b] }")).toEqual(
      holding({ kind: "list", items: [{ kind: "list", items: [{ kind: "literal", value: 1 }] }] }),
    );
    expect(note("$.payload.buyer", "{ v: $.inputs.note.email }")).toEqual(
      holding({ kind: "payload", path: ["buyer", "email"] }),
    );
    expect(note("$.received.buyer", "$.inputs.note")).toEqual({ kind: "received", path: ["buyer"] });
  });

  it("reads inside of what a default says", () => {
    const inside = inputsOf([
      ["CC_CHARGE_V0", "via: { type: string, default: card }", "via: { type: object, default: { kind: card } }"],
      ["CC_CHARGE_V0", "via: $.inputs.via,", "via: $.inputs.via.kind, no: $.inputs.via.kind.x,"],
    ]);
    expect(inside).toMatchObject({ fields: { via: { kind: "literal", value: "card" } } });
    expect(inside).not.toHaveProperty("fields.no");
  });

  it("asks without inputs where a step has none", () => {
    const bare = changed(chargeProject, [
      ["CC_CHARGE_V0", "      inputs: { text: counted }\n", ""],
      ["CS_BELL_V0", "text: { type: string, required: true }", "text: { type: string }"],
    ]);
    expect(graphIn(bare, "demo::WF_CHARGE_V0").places["PAY/count"]).toMatchObject({ inputs: {}, required: [] });
  });

  it("leaves out a whole input that the workflow does not bind", () => {
    const bare = changed(chargeProject, [
      ["WF_CHARGE_V0", ', note: { by: $.payload.buyer.email, at: "{{timestamp}}" } }', " }"],
      ["CC_CHARGE_V0", "note: { by: $.inputs.note.by, via: $.inputs.via, tags: [a] }", "note: $.inputs.note"],
    ]);
    const place = graphIn(bare, "demo::WF_CHARGE_V0").places["PAY/charge"];
    expect(place?.kind === "call" && Object.keys(place.inputs)).toEqual(["order", "cents"]);
  });

  it("leaves out what the workflow does not bind", () => {
    const bare = inputsOf([["WF_CHARGE_V0", ', note: { by: $.payload.buyer.email, at: "{{timestamp}}" } }', " }"]]);
    expect(bare).not.toHaveProperty("fields.by");
  });
});

describe("an input that may be absent", () => {
  it("has an edge, and one that is certainly there has none", () => {
    expect(["$.payload.order", "x", '"{{timestamp}}"'].map(missing)).toEqual([false, false, false]);
    expect(["$.payload.buyer.email", "$.received.order"].map(missing)).toEqual([true, true]);
  });
});

describe("the whole of it", () => {
  it("does not depend on the order of the documents", () => {
    const documents = documentsOf(changed(greetProject, [["WF_GREET_V0", "emit: demo::EV_GREETED_V0", "emit: EV"]]));
    const forwards = compile(documents, testOptions);
    expect(compile(documents.toReversed(), testOptions)).toEqual(forwards);
    expect(forwards.compiled).toBeUndefined();
  });

  it("tells problems of one place apart by code and message", () => {
    const twice = "ev_code: EV-X\nnamespace: a b\nversion: v0\ncore: { schema: {} }\n";
    expect(foundIn({ "a.yaml": twice, "b.yaml": twice })).toEqual([
      "ID_CHARSET a:1:10",
      "ID_CHARSET a:2:12",
      "ID_CHARSET b:1:10",
      "ID_CHARSET b:2:12",
    ]);
  });

  it("wants a namespace from somewhere", () => {
    const [orphan] = documentsOf({ "0.yaml": "ev_code: EV_X\nversion: v0\ncore: { schema: {} }\n" }).slice(-1);
    const codesIn = (namespace: string | undefined): unknown =>
      compile([{ ...present(orphan), namespace }], testOptions).problems.map(({ code }) => code);
    expect([undefined, "a b", "a"].map(codesIn)).toEqual([["NAMESPACE_MISSING"], ["ID_CHARSET"], []]);
  });

  it("refuses steps that nest each other's outputs until nobody could write them out", () => {
    const steps = Array.from({ length: 21 }, (_, at) => step(at)).join("");
    expect(foundIn(oneContract(steps))).toEqual(["BINDING_TOO_LARGE WF:6:5"]);
    expect(foundIn(oneContract(steps.replaceAll(/, b: [^ ]+ /g, " ").replace("{ a: x }", nested(50))))).toEqual([
      "BINDING_TOO_LARGE WF:6:5",
    ]);
  });
});

const nested = (depth: number): string => `${"{ a: ".repeat(depth)}"{{timestamp}}"${" }".repeat(depth)}`;

/** A workflow of one contract with the given steps. */
const oneContract = (steps: string): typeof greetProject => ({
  "IN.yaml": "in_code: IN_X\nversion: v0\ncore: { workflow: WF_X, inputs: {} }\n",
  "CC.yaml": `cc_code: CC_X
version: v0
core:
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
${steps}`,
  "WF.yaml": `wf_code: WF_X
version: v0
core:
  start_node: IN
  nodes:
    C: { type: CC, code: CC_X, next: { SUCCESS: OUT, VIOLATION: BAD } }
    IN: { type: IN, code: IN_X, next: { ACK: C, NACK: BAD } }
    OUT: { type: EXIT, reason: COMPLETED, class: completed, outcome: OK }
    BAD: { type: EXIT, reason: FAILED, class: failed, outcome: BAD }
`,
});

/** The best of three: a busy machine says little about the compiler. */
function bestMs(steps: number): number {
  const documents = documentsOf(oneContract(stepsOf(steps)));
  const took = [1, 2, 3].map(() => {
    const before = performance.now();
    expect(compile(documents, testOptions).problems).toEqual([]);
    return performance.now() - before;
  });
  return Math.min(...took);
}

describe("a large workflow", () => {
  it("costs per place what a small one costs", () => {
    expect(bestMs(9_997) / bestMs(997)).toBeLessThan(40);
  });

  it("of one place more is refused", () => {
    expect(foundIn(oneContract(stepsOf(9_998)))).toEqual(["GRAPH_TOO_LARGE WF:1:10"]);
  });
});

describe("a mutant of the example", () => {
  const routes = /^ *(?:next|on_result|result_surface|allowed|inputs|outputs|SUCCESS|ALREADY_EXISTS): /;
  const entry = /(?<=[{[] ?)[\w:]+(?:: [^,{}[\]]+)?(?:, )?|, [\w:]+(?:: [^,{}[\]]+)?/g;
  const name = /\b(?:[A-Z][A-Z_]+(?:_V0)?|id|keep|name|data|key|continue|exit)\b(?! of)/g;

  it("without an edge, an outcome or a binding is refused", () => {
    const mutants = mutantsOf(entry, () => "", routes);
    expect(mutants.length).toBeGreaterThan(25);
    expect(mutants.filter((mutant) => foundIn(mutant).length === 0)).toEqual([]);
  });

  it("with another name never compiles to the same graph", () => {
    const mutants = mutantsOf(name, (found) => `${found}X`, /^(?! *(?:summary|exits):)/);
    const graph = JSON.stringify(compiledFrom(greetProject).graphs);
    expect(mutants.length).toBeGreaterThan(80);
    expect(
      mutants.filter((mutant) => {
        const { problems, compiled } = compile(documentsOf(mutant), testOptions);
        return problems.length === 0 && JSON.stringify(compiled?.graphs) === graph;
      }),
    ).toEqual([]);
  });
});
