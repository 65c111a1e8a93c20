import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, plain, type Json, type JsonObject } from "@omnibase/core";
import { readYaml } from "@omnibase/infra/yaml";
import { referencePage } from "../text/reference-page.ts";

const library = join(import.meta.dirname, "../../../../contracts");

/** The codes of what the library declares, of one kind. */
export const libraryCodes = (prefix: "CS_" | "CT_"): readonly string[] =>
  readdirSync(library).flatMap((name) => (name.startsWith(prefix) ? [name.replace(/\.yaml$/, "")] : []));

export function libraryArtifact(code: string): JsonObject {
  const read = readYaml(readFileSync(join(library, `${code}.yaml`), "utf8"), { file: code });
  const artifact = read.ok ? plain(read.value) : {};
  return isObject(artifact) ? artifact : {};
}

export const objectAt = (value: Json | undefined, ...path: readonly string[]): JsonObject => {
  const found = path.reduce<Json | undefined>(
    (at, name) => (at !== undefined && isObject(at) ? at[name] : undefined),
    value,
  );
  return found !== undefined && isObject(found) ? found : {};
};

/** What a workflow of one step is made from. */
export interface Asked {
  /** Of the workflow, without what stands around it: `WF_<name>_V0`. */
  readonly name: string;
  /** What the step says, but for where its outcomes lead. */
  readonly step: JsonObject;
  readonly inputs: JsonObject;
  /** What comes with SUCCESS. */
  readonly outputs: JsonObject;
  readonly binding?: string;
}

/** Steps as the pages of the reference write them: of a transform one, of a side effect one for each operation. */
export function pageSteps(code: string): readonly JsonObject[] {
  const page = referencePage(`std::${code}`, libraryArtifact(code));
  return [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, text = ""]) => {
    const read = readYaml(text, { file: code });
    const steps = read.ok ? plain(read.value) : [];
    return Array.isArray(steps) ? steps.filter(isObject) : [];
  });
}

/** Asks one capability for what the payload says, and gives all that it gives. */
export function workflowOf({ binding, inputs, name, outputs, step: said }: Asked): Readonly<Record<string, string>> {
  const { result_surface } = said;
  const surface = Array.isArray(result_surface) ? result_surface.map(String) : [];
  const step = { ...said, on_result: Object.fromEntries(surface.map((outcome) => [outcome, "exit"])) };
  // What enters is recorded as it comes, so it cannot be declared as a secret.
  const entering = Object.fromEntries(
    Object.entries(inputs).map(([field]) => [field, openly(objectAt(inputs, field))]),
  );
  const optional = Object.keys(outputs).map((field) => [field, { ...objectAt(outputs, field), required: false }]);
  const contract = {
    inputs,
    outputs: Object.fromEntries(optional),
    result_status_contract: { allowed: [...new Set(["VIOLATION", ...surface])], on_input_failure: "VIOLATION" },
    pipeline: [step],
    exits: { SUCCESS: from(outputs, "$.results.ask") },
  };
  const ends = [...new Set(["VIOLATION", ...surface])].map((outcome) => [outcome, `EXIT_${outcome}`]);
  const exits = ends.map(([outcome = "", exit = ""]) => [exit, exitOf(outcome, outputs)]);
  const nodes = {
    IN: { type: "IN", code: `IN_${name}_V0`, next: { ACK: "CC", NACK: "EXIT_NACK" } },
    CC: { type: "CC", code: `CC_${name}_V0`, inputs: from(inputs, "$.payload"), next: Object.fromEntries(ends) },
    EXIT_NACK: { type: "EXIT", reason: "EXITED", class: "rejected", outcome: "NACK" },
    ...Object.fromEntries(exits),
  };
  const bound = binding === undefined ? {} : { runtime_binding: binding };
  return {
    [`IN_${name}_V0.json`]: written({
      in_code: `IN_${name}_V0`,
      core: { workflow: `WF_${name}_V0`, inputs: entering },
    }),
    [`CC_${name}_V0.json`]: written({ cc_code: `CC_${name}_V0`, core: contract }),
    [`WF_${name}_V0.json`]: written({ wf_code: `WF_${name}_V0`, ...bound, core: { start_node: "IN", nodes } }),
  };
}

const exitOf = (outcome: string, outputs: JsonObject): JsonObject =>
  outcome === "SUCCESS"
    ? { type: "EXIT", reason: "COMPLETED", class: "completed", outcome, outputs: from(outputs, "$.results.CC") }
    : { type: "EXIT", reason: "EXITED", class: "rejected", outcome };

const openly = (field: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(field).filter(([rule]) => rule !== "secret"));

const from = (fields: JsonObject, root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, `${root}.${field}`]));

export const written = (artifact: object): string =>
  JSON.stringify({ ...artifact, version: "v0", namespace: "lib" }, undefined, 2);
