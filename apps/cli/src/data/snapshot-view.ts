import { resolve } from "node:path";
import { decodeSnapshotFile, err, ok, type Result, type Snapshot, type Trust } from "@omnibase/core";
import { readPublicKey, sha256, trustOf } from "@omnibase/infra/crypto";
import { readPlainFile } from "@omnibase/infra/files";
import type { Refused } from "../edge/report.ts";
import type { Context, Given } from "../program/command.ts";
import { build } from "../project/build.ts";
import { openPlace, openProject } from "../project/open.ts";
import { wantedIn } from "../project/wanted.ts";

/** The snapshot that was asked about: a file, or what the project compiles to. Verified either way. */
export async function snapshotAsked(given: Given, context: Context): Promise<Result<Snapshot, Refused>> {
  const [named] = given.args;
  if (named !== undefined) return snapshotNamed(named, given, context);
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const built = await build(project.value, wantedIn(given));
  return built.ok ? decodedSnapshot(Buffer.from(built.value.text), project.value.trust) : built;
}

/** The snapshot in a file. */
export async function snapshotNamed(named: string, given: Given, context: Context): Promise<Result<Snapshot, Refused>> {
  const trust = await trustAsked(given, context);
  return trust.ok ? decodedSnapshot(readPlainFile(resolve(context.io.cwd(), named)), trust.value) : trust;
}

/** With `--key` that key and no other, and then no project is needed. */
export async function trustAsked(given: Given, context: Context): Promise<Result<Trust, Refused>> {
  const file = given.text("key");
  if (file !== undefined) return keyIn(file, context);
  const place = await openPlace(given, context);
  return place.ok ? ok(place.value.trust) : place;
}

function keyIn(file: string, { io }: Pick<Context, "io">): Result<Trust, Refused> {
  const key = readPublicKey(Buffer.from(readPlainFile(resolve(io.cwd(), file))).toString());
  return key.ok
    ? ok(trustOf([key.value]))
    : err({ exit: 2, code: key.error.code, message: `${file}: ${key.error.detail}` });
}

export function decodedSnapshot(bytes: Uint8Array, trust: Trust): Result<Snapshot, Refused> {
  const snapshot = decodeSnapshotFile(bytes, { sha256, trust });
  if (snapshot.ok) return snapshot;
  const { code, detail, object } = snapshot.error;
  return err({ exit: 5, code, message: `${object}: ${detail}`, facts: { object, detail } });
}
