import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject, jsonSchemas, plain, type Json } from "@omnibase/core";
import { readYaml } from "@omnibase/infra/yaml";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const schemas = jsonSchemas();

const kindOf: { readonly [key: string]: string } = {
  workflow: "one-file",
  wf_code: "workflow",
  in_code: "intent",
  cc_code: "contract",
  ct_code: "transform",
  cs_code: "side-effect",
  rb_code: "runtime-binding",
  structure_code: "structure",
  ev_code: "event",
  ac_code: "actor",
  entity_code: "entity",
  test_data_code: "test-data",
  ti_code: "ingress",
  te_code: "egress",
};

/** Every artifact in YAML below a folder. */
function* artifactsIn(folder: string): Generator<readonly [file: string, value: Json]> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* artifactsIn(file);
    if (!/^[A-Z].*\.yaml$/.test(entry.name)) continue;
    const located = readYaml(readFileSync(join(root, file), "utf8"), { file });
    if (!located.ok) throw new Error(JSON.stringify(located.error));
    yield [file, plain(located.value)];
  }
}

afterEach(removeFolders);

describe("schemas for editors", () => {
  it("are published as the readers are", () => {
    const published = readdirSync(join(root, "schemas")).map((name) => [
      basename(name, ".json"),
      JSON.parse(readFileSync(join(root, "schemas", name), "utf8")),
    ]);
    expect(Object.fromEntries(published), "run `npx omnibase schema --out schemas`").toEqual(schemas);
  });

  it("have nothing to say against the artifacts that we publish", () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, ownProperties: true });
    const judges = Object.fromEntries(Object.entries(schemas).map(([kind, schema]) => [kind, ajv.compile(schema)]));
    const found = [...artifactsIn("contracts"), ...artifactsIn("examples")].map(([file, value]) => {
      const key = isObject(value) ? Object.keys(value).find((name) => Object.hasOwn(kindOf, name)) : undefined;
      const judge = judges[kindOf[key ?? ""] ?? ""];
      return [file, judge?.(value), judge?.errors];
    });
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter(([, accepted]) => accepted !== true)).toEqual([]);
  });

  it("are printed, listed, and written", async () => {
    const cwd = folderWith({});
    expect((await called(["schema"], { cwd })).out.trim().split("\n")).toEqual(Object.keys(schemas));
    expect(documentIn(await called(["schema", "contract"], { cwd }))).toEqual(schemas["contract"]);
    expect(documentIn(await called(["schema", "contract", "--json"], { cwd }))).toEqual(schemas["contract"]);
    expect((await called(["schema", "--out", "all"], { cwd })).exit).toBe(0);
    expect(readdirSync(join(cwd, "all"))).toHaveLength(Object.keys(schemas).length);
    expect((await called(["schema", "event", "--out", "one"], { cwd })).exit).toBe(0);
    expect(readdirSync(join(cwd, "one"))).toEqual(["event.json"]);
    expect(await called(["schema", "nothing"], { cwd })).toMatchObject({ exit: 3 });
  });
});
