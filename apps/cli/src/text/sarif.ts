import type { Json, Position, Problem } from "@omnibase/core";
import { explanationOf } from "./codes.ts";
import { uriFromCall, type Standing } from "./place.ts";

export interface SarifSource {
  readonly problems: readonly Problem[];
  readonly standing: Standing;
  readonly version: string;
  readonly exit: number;
  /** What kept the command from looking at all. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** The problems as one run in the Static Analysis Results Interchange Format 2.1.0. */
export function sarifOf({ exit, failure, problems, standing, version }: SarifSource): Json {
  const rules = [...new Set(problems.map(({ code }) => code))].toSorted();
  const invocation = { executionSuccessful: failure === undefined, exitCode: exit };
  const noticed = failure === undefined ? {} : { toolConfigurationNotifications: [notificationOf(failure)] };
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "omnibase", semanticVersion: version, rules: rules.map(ruleOf) } },
        invocations: [{ ...invocation, ...noticed }],
        columnKind: "utf16CodeUnits",
        results: problems.map((problem) => resultOf(problem, rules.indexOf(problem.code), standing)),
      },
    ],
  };
}

const notificationOf = ({ code, message }: { readonly code: string; readonly message: string }): Json => ({
  level: "error",
  descriptor: { id: code },
  message: { text: message },
});

function ruleOf(code: string): Json {
  const explained = explanationOf(code);
  if (explained === undefined) return { id: code };
  return { id: code, shortDescription: { text: explained.says }, help: { text: explained.hint } };
}

function resultOf(problem: Problem, ruleIndex: number, standing: Standing): Json {
  const { at, code, hint, message, path, related = [], severity } = problem;
  const logical = path === undefined || path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path }] };
  const others = related.map((one, id) => ({
    id,
    physicalLocation: locationOf(one.at, standing),
    message: { text: one.message },
  }));
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: hint === undefined ? message : `${message}\nhint: ${hint}` },
    locations: [{ physicalLocation: locationOf(at, standing), ...logical }],
    ...(others.length === 0 ? {} : { relatedLocations: others }),
  };
}

const locationOf = ({ column, file, line }: Position, standing: Standing): Json => ({
  artifactLocation: { uri: uriFromCall(file, standing) },
  region: { startLine: line, startColumn: column },
});
