import { locatedYaml } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { plain } from "../value/located-value.ts";
import { inOurForm } from "./published.ts";

const published = (text: string, namespace?: string): SourceDocument => ({
  located: locatedYaml(text, "a.yaml"),
  file: "a.yaml",
  namespace,
  dialect: "published",
});

/** A published text in our form, and what was said on the way. */
function formed(text: string, namespace?: string): { readonly form: unknown; readonly says: readonly string[] } {
  const says: string[] = [];
  const { located } = inOurForm(published(text, namespace), {
    intentOf: new Map(),
    report: ({ code }) => void says.push(code),
  });
  return { form: plain(located), says };
}

describe("a published form", () => {
  it.each([
    "wf_code: 1\ncore: { nodes: 2 }",
    "cc_code: A\ncore: { result_status_contract: 1 }",
    "rb_code: A\ncore: { bindings: { B: 1 } }",
    "structure_code: A\ncore: 1",
    "in_code: A\ncore: { inputs: { a: { type: 1 } } }",
    "- 1",
    "what: 1",
  ])("leaves what has another shape to the reader: %s", (text) => {
    expect(formed(text)).toEqual({ form: plain(locatedYaml(text, "a.yaml")), says: [] });
  });

  it("of a transform has no code where nothing says which", () => {
    expect(formed("ct_code: 1")).toEqual({ form: { ct_code: 1, implementation: { builtin: "::" } }, says: [] });
  });

  it("of a side effect is a store only in the namespace of those that everybody uses", () => {
    expect(formed("cs_code: 1", "shop").form).toEqual({ cs_code: 1, implementation: { handler: "shop::" } });
    const own = "cs_code: CS_REGISTRY_V0\nnamespace: capability_side_effects";
    expect(formed(own, "shop").form).toMatchObject({ implementation: { store: "registry" } });
    const foreign = "cs_code: CS_MAIL_V0\nnamespace: capability_side_effects\nimplementation: { module: a }";
    expect(formed(foreign).form).toMatchObject({
      implementation: { handler: "capability_side_effects::CS_MAIL_V0" },
    });
  });

  it("of an operation without names has none", () => {
    const text = "cs_code: A\ncore: { operations: { GO: { output: [1, a], result_status_values: [SUCCESS] } } }";
    expect(formed(text).form).toMatchObject({
      core: { operations: { GO: { inputs: {}, outcomes: { SUCCESS: { a: { type: "any" } } }, idempotent: true } } },
    });
  });

  it("keeps a policy beside which something else stands", () => {
    const text = "rb_code: A\ncore: { bindings: { B: { policy: { a: 1 }, config: { b: 2 } } } }";
    expect(formed(text)).toEqual({
      form: { rb_code: "A", core: { bindings: { B: { policy: { a: 1 }, config: { b: 2 } } } } },
      says: [],
    });
  });

  it("names an intent after its node where nothing else names it", () => {
    const text = "wf_code: A\ncore: { nodes: { IN_B: { type: IN }, C: 1 } }";
    expect(formed(text, "shop")).toEqual({
      form: { wf_code: "A", core: { nodes: { IN_B: { type: "IN", code: "IN_B" }, C: 1 } } },
      says: ["ARTIFACT_SCHEMA"],
    });
  });

  it("qualifies events, but not what is no name", () => {
    const text = "wf_code: A\ncore: { nodes: { E: { type: EXIT, reason: X, emit: 1 } } }";
    expect(formed(text).form).toEqual({
      wf_code: "A",
      core: { nodes: { E: { type: "EXIT", reason: "X", emit: 1 } } },
    });
  });
});

const codesIn = (text: string): readonly string[] =>
  compile([published(text, "shop")], { transforms: {}, handlers: {}, grants: { hosts: [] } }).problems.map(
    ({ code, message, severity }) => `${severity} ${code} ${message}`,
  );

describe("references of published artifacts that nobody follows", () => {
  it("are said one by one", () => {
    expect(codesIn("ev_code: A\nversion: v0\ngoverned_by: fb::B\ncore: { schema: {} }")).toEqual([
      "warning REFERENCE_UNRESOLVED fb::B does not exist",
    ]);
    expect(codesIn("wf_code: A\nversion: v0\nstructure: [fb::B, shop::A, 1]\ncore: 1")).toEqual([
      "warning REFERENCE_UNRESOLVED fb::B does not exist",
      "error ARTIFACT_SCHEMA expected a map, found the number 1",
    ]);
  });

  it("are none in a file that is no artifact", () => {
    expect(codesIn("- a")).toEqual(["error ARTIFACT_SCHEMA an artifact is a map"]);
  });
});
