import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, plain, type Json, type JsonObject } from "@omnibase/core";
import { readYaml } from "@omnibase/infra/yaml";

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
  /** What the step calls: `transform`, or `side_effect`, `op` and `store`. */
  readonly call: JsonObject;
  readonly inputs: JsonObject;
  /** What comes with SUCCESS. */
  readonly outputs: JsonObject;
  readonly outcomes: readonly string[];
  readonly binding?: string;
}

/** Asks one capability for what the payload says, and gives all that it gives. What answers yes or no decides. */
export function workflowOf({
  binding,
  call,
  inputs,
  name,
  outcomes,
  outputs,
}: Asked): Readonly<Record<string, string>> {
  const predicate = Object.keys(outputs).find((field) => isPredicate(objectAt(outputs, field)));
  const no = predicate === undefined ? [] : ["NO"];
  const surface = [...outcomes, ...no];
  const step = {
    step: "ask",
    ...call,
    inputs: from(inputs, "$.inputs"),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs: from(outputs, "$.capability_result") }),
    ...(predicate === undefined ? {} : { when: { field: predicate, outcomes: { SUCCESS: true, NO: false } } }),
    result_surface: surface,
    on_result: Object.fromEntries(surface.map((outcome) => [outcome, "exit"])),
  };
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

const isPredicate = (field: JsonObject): boolean =>
  field["type"] === "boolean" && field["required"] === true && field["enum"] === undefined;

const from = (fields: JsonObject, root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, `${root}.${field}`]));

export const written = (artifact: object): string =>
  JSON.stringify({ ...artifact, version: "v0", namespace: "lib" }, undefined, 2);
