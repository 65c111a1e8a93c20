import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import {
  decodeRecord,
  decodeSnapshotFile,
  logLines,
  recordLine,
  replay,
  verifyChain,
  verifyReceipt,
  type ExecutionEvent,
  type PureTransform,
  type Replayed,
  type Snapshot,
} from "@omnibase/core";
import { readPublicKey, sha256, trustOf } from "@omnibase/infra/crypto";
import { builtinTransforms } from "@omnibase/infra/transforms";
import { describe, expect, it } from "vitest";
import { play, sets } from "./scenes.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const verifier = fileURLToPath(new URL("../../../shared/tools/verify.mjs", import.meta.url));
const outsider = existsSync(verifier);
if (!outsider) process.stderr.write("skipped: the outsider's verifier is not at ../shared/tools/verify.mjs\n");

const versions = readdirSync(here).filter((name) => /^\d+\.\d+\.\d+(?:-\w+)?$/.test(name));
const executions = versions.flatMap((version) => readdirSync(join(here, version)).map((name) => `${version}/${name}`));

interface Recorded {
  readonly lines: readonly string[];
  readonly snapshot: Snapshot;
}

const bytesOf = (execution: string, file: string): Uint8Array => readFileSync(join(here, execution, file));
const trustFor = (execution: string): ReturnType<typeof trustOf> =>
  trustOf([valueOf(readPublicKey(readFileSync(join(here, execution, "key.pub.pem"), "utf8")))]);

function recorded(execution: string): Recorded {
  const trust = trustFor(execution);
  const snapshot = valueOf(decodeSnapshotFile(bytesOf(execution, "snapshot.snapshot"), { sha256, trust }));
  return { lines: valueOf(logLines(bytesOf(execution, "log.jsonl"))), snapshot };
}

function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** With the code of today under the names that the snapshot seals. */
function replayed({ lines, snapshot }: Recorded, transforms: Readonly<Record<string, PureTransform>>): Replayed {
  const workflow = valueOf(verifyChain(lines, { sha256 })).started.workflow;
  const graph = snapshot.graphs[workflow];
  if (graph === undefined) throw new Error(`no graph of ${workflow}`);
  const { implementations } = snapshot;
  return replay(graph, { sha256, transform: (name) => transforms[implementations[name] ?? name] }, lines);
}

const typesIn = (execution: string): readonly string[] =>
  recorded(execution).lines.map((line) => decodeRecord(line).event.type);

describe.each(executions)("the golden execution %s", (execution) => {
  it("has an unbroken chain over the snapshot that it names", () => {
    const { lines, snapshot } = recorded(execution);
    const { records, started } = valueOf(verifyChain(lines, { sha256 }));
    expect(records).toHaveLength(lines.length);
    expect(started.snapshot).toBe(snapshot.digest);
  });

  it("comes out the same when it is computed again", () => {
    const again = recorded(execution);
    expect(replayed(again, builtinTransforms)).toMatchObject({ kind: "same", records: again.lines.length });
  });

  it("is read and written again byte for byte", () => {
    const { lines } = recorded(execution);
    const again = lines.map((line) => {
      const { event, ...frame } = decodeRecord(line);
      return recordLine(event, frame);
    });
    expect(again).toEqual(lines);
  });

  const ended = existsSync(join(here, execution, "receipt.json"));

  it("has a receipt exactly if it has ended", () => {
    expect(["Completed", "Cancelled"].includes(typesIn(execution).at(-1) ?? "")).toBe(ended);
  });

  it.runIf(ended)("has a receipt that holds", () => {
    const files = { receipt: bytesOf(execution, "receipt.json"), log: bytesOf(execution, "log.jsonl") };
    expect(verifyReceipt(files, { sha256, trust: trustFor(execution) })).toMatchObject({ ok: true });
  });

  it.runIf(ended && outsider)("has a receipt that holds for an outsider", () => {
    const names = ["receipt.json", "log.jsonl", "key.pub.pem"];
    const [receipt = "", log = "", key = ""] = names.map((name) => join(here, execution, name));
    const args = [verifier, receipt, "--log", log, "--key", key];
    expect(JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }))).toMatchObject({ verified: true });
  });
});

const everyKind = [
  "Started",
  "Imported",
  "Passed",
  "AttemptStarted",
  "AttemptFailed",
  "AttemptLost",
  "LateAnswer",
  "Settled",
  "Signalled",
  "TaskSettled",
  "TimerFired",
  "CancelRequested",
  "Cancelled",
  "IncidentOpened",
  "IncidentResolved",
  "Completed",
] as const satisfies readonly ExecutionEvent["type"][];

const anotherId: PureTransform = () => ({ outcome: "SUCCESS", value: { id: "GR_0" } });

describe("the golden executions", () => {
  it.each(Object.entries(sets).filter(([set]) => versions.includes(set)))(
    "of %s are those that its scenes make, byte for byte",
    async (set, scenes) => {
      const made = await Promise.all(Object.keys(scenes).map(async (name) => [name, (await play(set, name)).log]));
      const kept = readdirSync(join(here, set)).map((name) => [name, recorded(`${set}/${name}`).lines]);
      expect(Object.fromEntries(made)).toEqual(Object.fromEntries(kept));
    },
  );

  it("hold every kind of record together", () => {
    const kinds = new Set(executions.flatMap(typesIn));
    expect(kinds).toEqual(new Set(everyKind));
  });

  it("show a changed transform at the first step that it changed", () => {
    const transforms = { ...builtinTransforms, "std.generate_id@1": anotherId };
    const [newOne, long] = ["0.1.0/greeted-new", "0.1.0/thought-for-long"].map((name) =>
      replayed(recorded(name), transforms),
    );
    expect(newOne).toMatchObject({ kind: "different", revision: 2, place: "CC_KEEP/id" });
    expect(long).toMatchObject({ kind: "different", revision: 2, place: "THINK/think_01" });
  });

  it("show a changed given answer as a broken chain, and a forged chain as another computation", () => {
    const { lines, snapshot } = recorded("0.1.0/paid");
    const forged = lines.with(5, (lines[5] ?? "").replace("r-17", "r-18"));
    expect(replayed({ lines: forged, snapshot }, builtinTransforms)).toMatchObject({ kind: "different", revision: 6 });
    expect(verifyChain(lines.with(2, (lines[2] ?? "").replace("r-17", "r-18")), { sha256 })).toMatchObject({
      ok: false,
    });
  });
});
