import { isObject, printable, type Json, type JsonObject } from "@omnibase/core";

/** One record on one line: when, what, where, and what came of it. */
export function recordText(line: string): string {
  const record: JsonObject = JSON.parse(line);
  const { at, body, revision, type } = record;
  const what = body !== undefined && isObject(body) ? wordsIn(body) : [];
  const lead = [said(revision).padStart(5), said(at), said(type).padEnd(16)];
  return printable([...lead, ...what].join("  ").trimEnd(), lineCharsMax);
}

const lineCharsMax = 300;

/** What a person looks for, in this order. */
const told = [
  "place",
  "attempt",
  "outcome",
  "code",
  "detail",
  "name",
  "by",
  "resolution",
  "reason",
  "exit",
  "workflow",
];

function wordsIn(body: JsonObject): readonly string[] {
  const { failure, steps } = body;
  const own = told.flatMap((name) => (body[name] === undefined ? [] : [said(body[name])]));
  const passed = Array.isArray(steps) ? steps.flatMap((step) => (isObject(step) ? [stepText(step)] : [])) : [];
  const failed =
    failure !== undefined && isObject(failure) ? [`${said(failure["code"])} ${said(failure["message"])}`] : [];
  return [...own, ...passed, ...failed];
}

const stepText = (step: JsonObject): string => `${said(step["place"])} ${said(step["outcome"])}`;

const said = (value: Json | undefined): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));
