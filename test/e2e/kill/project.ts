import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, decodeUtf8, encodeSnapshotFile, seal } from "@omnibase/core";
import type { Digest, PureTransform, SourceDocument } from "@omnibase/core";
import { readSigningKey, sha256 } from "@omnibase/infra/crypto";
import type { SigningKey } from "@omnibase/infra/crypto";
import { builtinNames, builtinTransforms } from "@omnibase/infra/transforms";
import { readYaml } from "@omnibase/infra/yaml";

/** What a victim executes, compiled from declared files like anybody's. */
export interface Project {
  readonly digest: Digest;
  /** The snapshot file. */
  readonly text: string;
}

/** Where the artifacts stand in for the receiver, whose port nobody knows before it listens. */
const placeholder = "http://127.0.0.1:1";

/** `variant` changes the digest and nothing else, so that a victim has a snapshot to keep that is not there yet. */
export function compileProject(root: string, origin: string, variant = 0): Project {
  const documents = [
    ...documentsIn(join(root, "contracts"), "std", (text) => text),
    ...documentsIn(join(root, "test/e2e/kill/project/contracts"), "kill", (text) =>
      text.replaceAll(placeholder, origin).replaceAll("version: v0", `version: v${String(variant)}`),
    ),
  ];
  const { compiled, problems } = compile(documents, {
    transforms: Object.fromEntries(builtinNames.map((name) => [name.replace(/@\d+$/, ""), name])),
    handlers: { http: "http@1", mail: "mail@1" },
    grants: { hosts: [origin] },
  });
  if (compiled === undefined) {
    throw new Error(
      problems.map(({ at, code, message }) => `${at.file}:${String(at.line)} ${code} ${message}`).join("\n"),
    );
  }
  const sealed = seal(compiled, { sha256 });
  return { digest: sealed.digest, text: encodeSnapshotFile(sealed, laneKey()) };
}

function documentsIn(folder: string, namespace: string, change: (text: string) => string): readonly SourceDocument[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => {
      const file = join(folder, name);
      const text = decodeUtf8(readFileSync(file), { file, family: "ARTIFACT" });
      const located = text.ok ? readYaml(change(text.value), { file }) : text;
      if (!located.ok) throw new Error(`${file}: ${located.error[0]?.message ?? "unreadable"}`);
      return { located: located.value, file, namespace };
    });
}

/** Built-in code, by the name that a graph says. */
export const transformOf = (name: string): PureTransform | undefined =>
  builtinTransforms[name] ?? builtinTransforms[`${name}@1`];

/** A key that is the same for every run, and therefore worth nothing outside. */
export function laneKey(): SigningKey {
  const der = Buffer.from(`302e020100300506032b657004220420${sha256("the kill lane")}`, "hex");
  const key = readSigningKey(`-----BEGIN PRIVATE KEY-----\n${der.toString("base64")}\n-----END PRIVATE KEY-----\n`);
  if (!key.ok) throw new Error(key.error.detail);
  return key.value;
}
