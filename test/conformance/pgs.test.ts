import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isObject, type Json, type JsonObject } from "@omnibase/core";
import { afterAll, describe, expect, it } from "vitest";
import { called, spawned } from "../../apps/cli/src/testing/cli.ts";
import { contentOf, dataFiles, expectedOf, isThere, matches, parsed, pgs, pgsCases } from "./pgs.ts";
import type { Expected, Files, PgsCase } from "./pgs.ts";

const home = mkdtempSync(join(tmpdir(), "omnibase-pgs-"));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const workspaces = ["upstream/pgs_workspace", "standins"].flatMap((name) => ["--workspace", join(pgs, name)]);

interface Ran {
  readonly exit: number;
  readonly document: JsonObject;
  readonly before: Files;
  readonly after: Files;
}

/** As the cases' own README says it, with the command as it ships. */
async function ran({ id, options = {}, payload, setup, workflow }: PgsCase): Promise<Ran> {
  const data = join(home, id, "data");
  mkdirSync(data, { recursive: true });
  for (const [file, from] of Object.entries(setup.files)) {
    mkdirSync(dirname(join(data, file)), { recursive: true });
    cpSync(join(pgs, from), join(data, file));
  }
  const payloadFile = join(home, id, "payload.json");
  writeFileSync(payloadFile, JSON.stringify(payload));
  const before = dataFiles(data);
  const args = ["run", "--json", "--wf", workflow, "--payload", payloadFile, "--data-root", data];
  args.push(...workspaces, "--implementations", join(import.meta.dirname, "implementations"));
  if (options.mode !== undefined) args.push("--mode", options.mode);
  const { exit, out } = await spawned(args, { cwd: home });
  const document: Json = JSON.parse(out);
  if (!isObject(document)) throw new Error(`${id}: ${out}`);
  return { exit, document, before, after: dataFiles(data) };
}

/** How `examine` ends, where that was recorded. */
async function examined(one: PgsCase, { execution }: JsonObject): Promise<number | undefined> {
  if (expectedOf(one).examine_exit === undefined || typeof execution !== "string") return undefined;
  const args = ["examine", execution, "--data-root", join(home, one.id, "data"), ...workspaces];
  return (await called(args, { cwd: home })).exit;
}

describe.skipIf(!isThere)("published cases (skipped where ../shared/conformance/pgs is not there)", () => {
  it.each(pgsCases())("$id comes to what was recorded", { timeout: 30_000 }, async (one) => {
    const expected = expectedOf(one);
    const { after, before, document, exit } = await ran(one);
    expect({ exit, route: document["route"] ?? [] }).toEqual({ exit: expected.exit, route: expected.route });
    expect(outcomeIn(document)).toEqual(outcomeWanted(one));
    expect(stateIn(expected, before, after)).toEqual(stateWanted(expected));
    for (const file of expected.state_unchanged) expect(after[file]).toBe(before[file]);
    expect(await examined(one, document)).toBe(expected.examine_exit);
  });
});

const compared = ["status", "exit_reason", "exit_node"] as const;

/** The cases name events by their codes alone, and only where something is emitted. A refusal of the compiler is its code. */
function outcomeWanted(one: PgsCase): JsonObject {
  if (one.ours?.compile === "refused") return { code: "COMPILE_REFUSED" };
  const { outcome } = expectedOf(one);
  const emitted = outcome["emitted"] ?? [];
  return { ...Object.fromEntries(compared.map((key) => [key, outcome[key] ?? null])), emitted };
}

function outcomeIn(document: JsonObject): JsonObject {
  if (document["code"] === "COMPILE_REFUSED") return { code: document["code"] };
  const emitted = Array.isArray(document["emitted"]) ? document["emitted"] : [];
  const codes = emitted.map((name) => String(name).replace(/^.*::/, ""));
  return { ...Object.fromEntries(compared.map((key) => [key, document[key] ?? null])), emitted: codes };
}

const stateWanted = ({ state }: Expected): JsonObject =>
  Object.fromEntries(Object.entries(state).map(([file, wanted]) => [file, contentOf(wanted)]));

/** What was changed, file by file. A content that is as expected is shown as expected, whatever its placeholders hold. */
function stateIn({ state }: Expected, before: Files, after: Files): JsonObject {
  const changed = Object.entries(after).filter(([file, text]) => text !== before[file]);
  const shown = changed.map(([file, text]) => {
    const wanted = state[file];
    const actual = wanted === undefined ? text : parsed(wanted, text);
    return [file, wanted !== undefined && matches(contentOf(wanted), actual) ? contentOf(wanted) : actual] as const;
  });
  return Object.fromEntries(shown);
}
