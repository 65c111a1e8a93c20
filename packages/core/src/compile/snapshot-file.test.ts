import { deskProject, documentsOf, greetingCompiled, sha256, testKey, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { signEnvelope } from "../evidence/dsse.ts";
import { canonical } from "../value/canonical.ts";
import type { JsonObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import { digestOf } from "../value/sha256.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";
import { seal, type Sealed } from "./seal.ts";
import { decodeSnapshotFile, encodeSnapshotFile, snapshotPayloadType } from "./snapshot-file.ts";

const key = testKey("ours");
const sealed = seal(greetingCompiled, { sha256 });
const file = encodeSnapshotFile(sealed, key);
const lines = file.split("\n").slice(0, -1);
const manifest: JsonObject = JSON.parse(sealed.manifest);

const decode = (text: string | Uint8Array, digest?: string): ReturnType<typeof decodeSnapshotFile> => {
  const options = { sha256, trust: key.trust };
  return decodeSnapshotFile(Buffer.from(text), digest === undefined ? options : { ...options, digest });
};
const refusal = (text: string | Uint8Array): string => {
  const result = decode(text);
  return result.ok ? "loaded" : `${result.error.code} ${result.error.object}`;
};
const joined = (given: readonly string[]): string => given.map((line) => `${line}\n`).join("");
/** A file of one who has the key and makes something else of it. */
const resealed = (change: Partial<Sealed>): string => encodeSnapshotFile({ ...sealed, ...change }, key);
const remade = (change: JsonObject): string => resealed({ manifest: canonical({ ...manifest, ...change }) });

it("gives back what was sealed, with its digest and the key that answers for it", () => {
  expect(decode(file)).toEqual({
    ok: true,
    value: { ...greetingCompiled, digest: sealed.digest, keyid: key.keyid },
  });
  expect(decode(file, sealed.digest).ok).toBe(true);
});

it("gives back doors, actors and signals, too, where there are any", () => {
  const { compiled } = compile(documentsOf(deskProject, "desk"), testOptions);
  const { graphs, ...rest } = present(compiled);
  const [[workflow, graph] = []] = Object.entries(graphs);
  const whole: Compiled = { ...rest, graphs: { [present(workflow)]: { ...present(graph), signals: { PAID: {} } } } };
  expect(Object.keys(whole.routes ?? {})).toHaveLength(1);
  expect(decode(encodeSnapshotFile(seal(whole, { sha256 }), key))).toMatchObject({ ok: true, value: whole });
});

it("may say whom it has work done by, and what may be said to it", () => {
  const graphs = Object.entries(greetingCompiled.graphs).map(
    ([name, graph]) => [name, { ...graph, signals: {} }] as const,
  );
  const authority = { ...greetingCompiled.authority, children: ["demo::WF_A_V0"], people: ["*"] };
  const compiled = { ...greetingCompiled, graphs: Object.fromEntries(graphs), authority };
  expect(decode(encodeSnapshotFile(seal(compiled, { sha256 }), key))).toMatchObject({ ok: true, value: compiled });
});

it("is one line for the manifest, then one for each object and graph in the order of their names", () => {
  const names = Object.keys(sealed.objects).toSorted();
  expect(lines.slice(1)).toEqual([...names.map((name) => sealed.objects[name]), ...Object.values(sealed.graphs)]);
});

it("refuses another snapshot than the one that was asked for", () => {
  expect(decode(file, digestOf(sha256, "x"))).toMatchObject({
    error: { code: "SNAPSHOT_TAMPERED", object: "manifest" },
  });
});

describe("refuses with the object", () => {
  const [envelope = "", event = "", workflow = "", graph = ""] = lines;
  it.each([
    ["an empty file", "", "SNAPSHOT_MALFORMED envelope"],
    ["a first line that is not UTF-8", notUtf8("", file), "SNAPSHOT_MALFORMED envelope"],
    ["an envelope that is not canonical", ` ${file}`, "SNAPSHOT_MALFORMED envelope"],
    ["another payload type", `${signEnvelope("x", sealed.manifest, key)}\n`, "SNAPSHOT_UNTRUSTED envelope"],
    ["a strange key", encodeSnapshotFile(sealed, testKey("theirs")), "SNAPSHOT_UNTRUSTED signature"],
    ["another manifest under the signature", file.replace("eyJ", "eyK"), "SNAPSHOT_TAMPERED signature"],
    ["a manifest that is no JSON", `${signEnvelope(snapshotPayloadType, "", key)}\n`, "SNAPSHOT_MALFORMED manifest"],
    ["another key in the manifest", remade({ extra: 1 }), "SNAPSHOT_MALFORMED manifest"],
    ["routes that are none", remade({ routes: 1 }), "SNAPSHOT_MALFORMED manifest"],
    ["no routes where there may be some", remade({ routes: null }), "SNAPSHOT_MALFORMED manifest"],
    ["a route that is none", remade({ routes: { a: { path: "/" } } }), "SNAPSHOT_MALFORMED manifest"],
    ["another format", remade({ format: "omnibase-snapshot/2" }), "SNAPSHOT_MALFORMED manifest"],
    ["graphs that are no digests", remade({ graphs: { a: 1 } }), "SNAPSHOT_MALFORMED manifest"],
    ["objects that are no digests", remade({ objects: [] }), "SNAPSHOT_MALFORMED manifest"],
    ["implementations without a name", remade({ implementations: { a: 1 } }), "SNAPSHOT_MALFORMED manifest"],
    ["another authority", remade({ authority: {} }), "SNAPSHOT_MALFORMED manifest"],
    ["stores that are none", remade({ authority: { hosts: [], stores: 1 } }), "SNAPSHOT_MALFORMED manifest"],
    ["hosts that are no list", remade({ authority: { hosts: 1, stores: {} } }), "SNAPSHOT_MALFORMED manifest"],
    ["a host that is no text", remade({ authority: { hosts: [1], stores: {} } }), "SNAPSHOT_MALFORMED manifest"],
    [
      "children that are no list",
      remade({ authority: { hosts: [], stores: {}, children: {} } }),
      "SNAPSHOT_MALFORMED manifest",
    ],
    [
      "people who are no texts",
      remade({ authority: { hosts: [], stores: {}, people: [1] } }),
      "SNAPSHOT_MALFORMED manifest",
    ],
    ["a store of a kind that is not known", remade(store({ kind: "queue", file: "f" })), "SNAPSHOT_MALFORMED manifest"],
    ["a store without a kind", remade(store({ kind: 1, file: "f" })), "SNAPSHOT_MALFORMED manifest"],
    ["a store without a file", remade(store({ kind: "registry", file: 1 })), "SNAPSHOT_MALFORMED manifest"],
    ["a store with another key", remade(store({})), "SNAPSHOT_MALFORMED manifest"],
    [
      "a changed object",
      joined([envelope, event.replace("👋", "🤝"), workflow, graph]),
      "SNAPSHOT_TAMPERED demo::EV_GREETED_V0",
    ],
    [
      "an object that is not UTF-8",
      notUtf8(`${envelope}\n`, joined([event, workflow, graph])),
      "SNAPSHOT_TAMPERED demo::EV_GREETED_V0",
    ],
    ["a changed graph", joined([envelope, event, workflow, `${graph} `]), "SNAPSHOT_TAMPERED graph demo::WF_GREET_V0"],
    ["objects in another order", joined([envelope, workflow, event, graph]), "SNAPSHOT_TAMPERED demo::EV_GREETED_V0"],
    ["a missing line", joined([envelope, event, workflow]), "SNAPSHOT_TAMPERED graph demo::WF_GREET_V0"],
    ["no last newline", file.slice(0, -1), "SNAPSHOT_TAMPERED graph demo::WF_GREET_V0"],
    ["a line more", `${file}\n`, "SNAPSHOT_TAMPERED file"],
    ["bytes after the end", `${file} `, "SNAPSHOT_TAMPERED file"],
    ["a graph that is not canonical", signedGraph("{} "), "SNAPSHOT_MALFORMED graph demo::WF_GREET_V0"],
    ["a graph that is none", signedGraph("{}"), "SNAPSHOT_MALFORMED graph demo::WF_GREET_V0"],
    [
      "a graph of another format",
      signedGraph(canonical({ ...parsed(graph), format: "x" })),
      "SNAPSHOT_MALFORMED graph demo::WF_GREET_V0",
    ],
    [
      "a graph of another workflow",
      signedGraph(canonical({ ...parsed(graph), workflow: "x" })),
      "SNAPSHOT_MALFORMED graph demo::WF_GREET_V0",
    ],
  ])("%s", (_, given, expected) => {
    expect(refusal(given)).toBe(expected);
  });
});

function store(grant: JsonObject): JsonObject {
  return { authority: { hosts: [], stores: { S: grant } } };
}

function parsed(text: string): JsonObject {
  return JSON.parse(text);
}

function signedGraph(value: string): string {
  const graphs = { "demo::WF_GREET_V0": value };
  const digests = { "demo::WF_GREET_V0": digestOf(sha256, value) };
  return resealed({ graphs, manifest: canonical({ ...manifest, graphs: digests }) });
}

function notUtf8(before: string, after: string): Uint8Array {
  return Buffer.concat([Buffer.from(before), Uint8Array.of(0xff), Buffer.from(after)]);
}
