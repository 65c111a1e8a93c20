import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "@omnibase/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";
import { libraryArtifact, libraryCodes, objectAt, pageSteps, workflowOf, written } from "./testing/library-project.ts";

/** Side effects of the library that a store of our own does, with their operations. */
const stores = libraryCodes("CS_").flatMap((code) => {
  const artifact = libraryArtifact(code);
  const operations = objectAt(artifact, "core", "operations");
  const isStore = "store" in objectAt(artifact, "implementation");
  return isStore ? [{ code, store: storeOf(code), operations }] : [];
});

const files: Readonly<Record<string, string>> = { CS_REGISTRY_V0: "jsonl", CS_APPENDONLY_JSONL_V0: "jsonl" };
const fileOf = (code: string): string => `${storeOf(code).toLowerCase()}.${files[code] ?? "json"}`;

function storeOf(code: string): string {
  return code.replace(/^CS_/, "").replace(/_V0$/, "");
}

let cwd = "";
beforeAll(() => {
  const asked = stores.flatMap(({ code, operations, store }) =>
    Object.keys(operations).flatMap((op) => {
      const outcomes = objectAt(operations, op, "outcomes");
      const workflow = workflowOf({
        name: `${store}_${op}`,
        step: { ...pageSteps(code).find((step) => step["op"] === op), store },
        inputs: objectAt(operations, op, "inputs"),
        outputs: objectAt(outcomes, "SUCCESS"),
        binding: "lib::RB_STORES_V0",
      });
      return Object.entries(workflow).map(([name, text]) => [`contracts/${name}`, text] as const);
    }),
  );
  const entity_stores = Object.fromEntries(stores.map(({ code, store }) => [store, { path: fileOf(code) }]));
  const bindings = Object.fromEntries(stores.map(({ code }) => [`std::${code}`, { policy: {} }]));
  cwd = folderWith({
    "omnibase.yaml": "namespace: lib\n",
    "contracts/STRUCTURE_STORES_V0.json": written({
      structure_code: "STRUCTURE_STORES_V0",
      core: { storage_roots: { base_path: "{{module_data_root}}" }, entity_stores },
    }),
    "contracts/RB_STORES_V0.json": written({
      rb_code: "RB_STORES_V0",
      core: { storage_structure: "lib::STRUCTURE_STORES_V0", bindings },
    }),
    ...Object.fromEntries(asked),
  });
});
afterAll(removeFolders);

/** The outcome, what came with it where it is SUCCESS, and the log computes again. */
async function ask(operation: string, payload: JsonObject): Promise<readonly [unknown, unknown]> {
  const args = ["run", "--wf", `lib::WF_${operation}_V0`, "--payload", "-", "--json"];
  const result = documentIn(await called(args, { cwd, stdin: JSON.stringify(payload) }));
  expect((await called(["replay", String(result["execution"])], { cwd })).exit).toBe(0);
  return [result["outcome"], result["outputs"]];
}

/** Operation, input, outcome and what comes with SUCCESS, in the order in which they are asked. */
const stories: { readonly [store: string]: readonly (readonly [string, JsonObject, string, JsonObject?])[] } = {
  REGISTRY: [
    ["REGISTER", { key: "a", target_ref: "x" }, "SUCCESS"],
    ["REGISTER", { key: "a" }, "ALREADY_EXISTS"],
    ["REGISTER", { key: "b" }, "SUCCESS"],
    ["RESOLVE", { key: "a" }, "SUCCESS", { target_ref: "x", target_cs: null }],
    ["RESOLVE", { key: "c" }, "NOT_FOUND"],
    ["EXISTS", { key: "a" }, "SUCCESS", { exists: true }],
    ["EXISTS", { key: "c" }, "NO"],
    ["COUNT", {}, "SUCCESS", { count: 2 }],
    ["DEREGISTER", { key: "a" }, "SUCCESS"],
    ["DEREGISTER", { key: "a" }, "NOT_FOUND"],
  ],
  APPENDONLY_JSONL: [
    ["APPEND", { record: { n: 1 }, stream_id: "s" }, "SUCCESS", { sequence_number: 1 }],
    ["APPEND", { record: { n: 2 }, stream_id: "s", actor_id: "ada" }, "SUCCESS", { sequence_number: 2 }],
    ["APPEND", { record: {}, stream_id: " " }, "VIOLATION"],
    ["GET_ALL", { stream_id: "s" }, "SUCCESS", { entries: [{ record: { n: 1 } }, { record: { n: 2 } }] }],
    ["GET_LATEST", { limit: 1 }, "SUCCESS", { entries: [{ record: { n: 2 } }], before: 2 }],
    ["GET_LATEST", { limit: 1, before: 2 }, "SUCCESS", { entries: [{ record: { n: 1 } }] }],
    ["GET_LATEST", { before: 9 }, "VIOLATION"],
  ],
  MUTABLE_JSON: [
    ["WRITE", { key: "a", value: { kind: 1, left: 3 } }, "SUCCESS"],
    ["WRITE", { key: "b", value: { kind: 1 } }, "SUCCESS"],
    ["WRITE", { key: "c", value: 7 }, "SUCCESS"],
    [
      "UPDATE_WHERE",
      { filter: { kind: 1 }, updates: { kind: 2, left: null } },
      "SUCCESS",
      { matched_keys: ["a", "b"] },
    ],
    ["UPDATE_WHERE", { filter: { kind: 1 }, updates: {} }, "VIOLATION"],
    ["READ", { key: "a" }, "SUCCESS", { value: { kind: 2 } }],
    ["LIST", {}, "SUCCESS", { keys: ["a", "b", "c"] }],
    ["DELETE_MANY", { keys: ["a", "a", "z"] }, "SUCCESS", { drained_count: 1 }],
    ["EXISTS", { key: "a" }, "NO"],
    ["DELETE", { key: "b" }, "SUCCESS"],
    ["DELETE", { key: "b" }, "NOT_FOUND"],
    ["READ", { key: " " }, "VIOLATION"],
  ],
  NAME_REGISTRY: [
    ["READ", { name: "ada" }, "NOT_FOUND"],
    ["WRITE", { name: "ada", resource_addresses: ["0x1"] }, "SUCCESS", { success: true }],
    ["WRITE", { name: "ada", resource_addresses: ["0x2", "0x3"] }, "SUCCESS"],
    ["READ", { name: "ada" }, "SUCCESS", { resource_addresses: ["0x2", "0x3"] }],
    ["WRITE", { name: " ", resource_addresses: [] }, "VIOLATION"],
  ],
};

describe("the stores of the library", () => {
  it("have each a story in which every operation is asked", () => {
    const told = Object.entries(stories).map(([store, steps]) => [store, new Set(steps.map(([op]) => op))] as const);
    const declared = stores.map(({ operations, store }) => [store, new Set(Object.keys(operations))] as const);
    expect(new Map(told)).toEqual(new Map(declared));
  });

  it.each(Object.entries(stories))("%s does what it declares, and the log computes again", async (store, steps) => {
    for (const [op, payload, outcome, outputs] of steps) {
      const [was, gave] = await ask(`${store}_${op}`, payload);
      expect([op, payload, was]).toEqual([op, payload, outcome]);
      expect(gave ?? {}).toMatchObject(outputs ?? {});
    }
  });

  it("show a name registry as the published file does", () => {
    const shown = readFileSync(join(cwd, "data", fileOf("CS_NAME_REGISTRY_V0")), "utf8");
    expect(JSON.parse(shown)).toEqual({ ada: { resource_addresses: ["0x2", "0x3"] } });
  });
});
