import { locatedYaml, publishedCompiled, publishedDocuments, publishedFound, publishedGraph } from "@omnibase/testkit";
import { publishedOptions, standardLibrary, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { parseJson } from "../value/json-text.ts";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { compiledArtifact } from "./published.ts";

const casesOf = (code: string, transform: string): Edit => [
  code,
  `test_data_code: ${code}\nversion: v0\ncore: { transform: "${transform}", cases: {} }\n`,
];

describe("a published workspace without fault", () => {
  it("compiles without a word", () => {
    expect(publishedFound([])).toEqual([]);
  });

  it("may touch the files that its policies and structures name", () => {
    expect(publishedCompiled().compiled?.authority).toEqual({
      hosts: [],
      stores: {
        "published::shop/kept.json": { kind: "registry", file: "shop/kept.json" },
        "published::shop/told.jsonl": { kind: "append-only", file: "shop/told.jsonl" },
      },
    });
  });

  it("brings the cases of what it needs, and no others", () => {
    const edits = [
      casesOf("TEST_DATA_ID_V0", "capability_transforms::CT_PURE_GENERATE_ID_V0"),
      casesOf("TEST_DATA_HOUSE_V0", "CT_HOUSE_V0"),
    ];
    const objects = Object.keys(publishedCompiled(edits).compiled?.objects ?? {});
    expect(objects.filter((identity) => identity.includes("TEST_DATA"))).toEqual(["shop::TEST_DATA_ID_V0"]);
  });

  it("keeps its objects in its own words", () => {
    expect(publishedCompiled().compiled?.objects["shop::WF_ORDER_V0"]).toMatchObject({ subdomain: "orders" });
  });

  it("admits what is not declared, and hands on what was sent", () => {
    const { places } = publishedGraph();
    expect(places["IN_ORDER_V0"]).toMatchObject({ work: { kind: "admit", open: true } });
    expect(places["CC_KEEP/mint"]).toMatchObject({
      inputs: { data: { fields: { key: { kind: "received", path: ["key"], some: true } } } },
    });
  });

  it("returns what the last step returned, and not its status", () => {
    const { places, scopes } = publishedGraph();
    const id = { kind: "result", of: "CC_KEEP/mint", path: ["id"], some: true };
    expect(scopes["CC_KEEP"]?.exits).toEqual({
      SUCCESS: { outputs: { id, raw: id }, to: "CC_TELL/tell" },
      ALREADY_EXISTS: { outputs: { id, raw: id }, to: "EXIT_DONE" },
      VIOLATION: { outputs: {}, to: "EXIT/VIOLATION" },
      "VIOLATION/mint": { outputs: { id }, to: "EXIT/VIOLATION", outcome: "VIOLATION" },
      "VIOLATION/keep": { outputs: { id, raw: id }, to: "EXIT/VIOLATION", outcome: "VIOLATION" },
    });
    expect(places["CC_KEEP/mint"]).toMatchObject({ edges: { VIOLATION: { leave: "VIOLATION/mint" } } });
    expect(places["CC_KEEP/keep"]).toMatchObject({ missing: { leave: "VIOLATION" }, required: ["key"] });
    expect(places["CC_KEEP/mint"]).not.toHaveProperty("missing");
  });

  it("has a place for each status by which an exit is reached, where they mean different things", () => {
    const { places } = publishedGraph();
    expect(places["EXIT/NACK"]).toMatchObject({ class: "rejected", reason: "EXIT_REJECTED", node: "EXIT" });
    expect(places["EXIT/VIOLATION"]).toMatchObject({ class: "failed", reason: "EXIT_VIOLATION", node: "EXIT" });
    expect(places["EXIT_DONE"]).toEqual({
      kind: "exit",
      class: "completed",
      reason: "COMPLETED",
      outcome: "COMPLETED",
      outputs: {},
      emit: "shop::EV_DONE_V0",
    });
  });
});

it("maps an answer to outcomes as its step declares", () => {
  const edits: readonly Edit[] = [
    ["ID", "{ id: {", "{ ok: { type: boolean, required: true }, id: {"],
    [
      "KEEP",
      "      outputs: { id: $.cap",
      "      when: { field: ok, outcomes: { SUCCESS: [true], VIOLATION: [false] } }\n      outputs: { id: $.cap",
    ],
  ];
  expect(publishedFound(edits)).toEqual([]);
  expect(publishedGraph(edits).places["CC_KEEP/mint"]).toMatchObject({
    when: { path: ["ok"], outcomes: { true: "SUCCESS", false: "VIOLATION" } },
  });
});

describe("a transform of a domain", () => {
  const house: readonly Edit[] = [
    [
      "HOUSE",
      "ct_code: CT_HOUSE_V0\nversion: v0\ncore: { inputs: { data: { type: any } }, outputs: { id: { type: string } } }\n",
    ],
    ["KEEP", "capability_transforms::CT_PURE_GENERATE_ID_V0", "shop::CT_HOUSE_V0"],
    ["KEEP", "{ prefix: A, data: {", "{ data: {"],
  ];

  it("is code that the workspace brings, called like it", () => {
    expect(publishedGraph(house).places["CC_KEEP/mint"]).toMatchObject({
      work: { implementation: "shop::CT_HOUSE_V0" },
    });
  });

  it("is refused by name where nobody brings it", () => {
    expect(publishedFound(house, { transforms: {} })).toEqual(["error IMPLEMENTATION_UNKNOWN HOUSE:1"]);
  });
});

describe("an exit that declares its class", () => {
  it("means what it says, whatever led to it", () => {
    const { places } = publishedGraph([
      ["WF", "reason: EXITED", "reason: FAILED, class: failed, outcome: OUT, outputs: { key: $.payload.key }"],
    ]);
    expect(places["EXIT"]).toEqual({
      kind: "exit",
      class: "failed",
      reason: "FAILED",
      outcome: "OUT",
      outputs: { key: { kind: "received", path: ["key"], some: true } },
    });
  });

  it("has the reason of what led to it where it names none", () => {
    const { places } = publishedGraph([["WF", "reason: COMPLETED, emit: EV_DONE_V0", "class: completed"]]);
    expect(places["EXIT_DONE/SUCCESS"]).toMatchObject({ class: "completed", reason: "COMPLETED" });
    expect(places["EXIT_DONE/ALREADY_EXISTS"]).toMatchObject({ class: "completed", reason: "EXIT_ALREADY_EXISTS" });
  });
});

const read = (text: string): SourceDocument => {
  const json = parseJson(text, { file: "a.json", family: "ARTIFACT" });
  if (!json.ok) throw new Error("it is JSON");
  return compiledArtifact(json.value, "a.json");
};

describe("a compiled artifact", () => {
  it("is its frontmatter in its own namespace, where it stands in the file", () => {
    const document = read('{\n"namespace": "shop",\n"frontmatter": { "ev_code": "EV_A_V0" }\n}');
    expect(document).toMatchObject({ namespace: "shop", dialect: "published", file: "a.json" });
    expect(document.located.at).toEqual({ file: "a.json", line: 3, column: 16 });
  });

  it("is what it is where it has none, and then nobody knows its kind", () => {
    const { problems } = compile([read('{ "frontmatter_": [] }'), read('{ "frontmatter": [] }')], publishedOptions);
    expect(problems.map(({ code }) => code)).toEqual(["ARTIFACT_KIND_UNKNOWN", "ARTIFACT_SCHEMA"]);
  });
});

it("may call what our own library declares, and then as ours does", () => {
  const edits: readonly Edit[] = [
    [
      "TELL",
      "capability_side_effects::CS_APPENDONLY_JSONL_V0\n      op: APPEND\n      store: TOLD",
      "std::CS_HTTP_V0\n      op: REQUEST\n      endpoint: TELL",
    ],
    [
      "RB",
      "  bindings:\n",
      "  bindings:\n    std::CS_HTTP_V0: { policy: { endpoints: { TELL: { method: POST, url: http://127.0.0.1:8080/t, idempotent: true, outcomes: { 2xx: SUCCESS, 4xx: VIOLATION } } } } }\n",
    ],
  ];
  const library = { "http.yaml": standardLibrary["CS_HTTP_V0.yaml"] ?? "" };
  const std = Object.entries(library).map(([file, text]): SourceDocument => ({
    located: locatedYaml(text, file),
    file,
    namespace: "std",
  }));
  const { compiled: made, problems } = compile([...publishedDocuments(edits), ...std], {
    ...publishedOptions,
    grants: { hosts: ["http://127.0.0.1:8080"] },
    only: "shop::WF_ORDER_V0",
  });
  expect(problems).toEqual([]);
  expect(made?.authority.hosts).toEqual(["http://127.0.0.1:8080"]);
  expect(made?.graphs["shop::WF_ORDER_V0"]?.places["CC_TELL/tell"]).toMatchObject({
    work: { kind: "effect", handler: "http" },
  });
});
