import { generateKeyPairSync, randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, linkSync, openSync, readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "@omnibase/core";
import { makeDirectory, syncDirectory, writeNewFile } from "../shared/durable-file.ts";
import { readSigningKey, type SigningKey } from "./keys.ts";

export interface KeyRefusal {
  readonly code: "KEY_PERMISSIONS" | "KEY_MALFORMED";
  readonly file: string;
  readonly detail: string;
}

export const projectKeyFile = "key.pem";

/**
 * The key of a project, made on first use. Of two processes that make it at once, both get the one that is linked
 * first, so nothing is ever signed with a key that is then gone.
 */
export function openProjectKey(directory: string): Result<SigningKey, KeyRefusal> {
  const file = join(directory, projectKeyFile);
  const found = readIfThere(file);
  if (found !== undefined) return found;
  makeKey(directory, file);
  return readIfThere(file) ?? err({ code: "KEY_MALFORMED", file, detail: "it was removed while it was made" });
}

/** Links a finished file to the name: whoever sees the name sees the whole key. */
function makeKey(directory: string, file: string): void {
  makeDirectory(directory, 0o700);
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const draft = join(directory, `.${projectKeyFile}.${randomUUID()}`);
  try {
    writeNewFile(draft, Buffer.from(pem), 0o600);
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    unlinkIfThere(draft);
  }
  syncDirectory(directory);
}

/** Looks at the open file, not at its name, so that what is checked is what is read. */
function readIfThere(file: string): Result<SigningKey, KeyRefusal> | undefined {
  let descriptor: number;
  try {
    // A pipe without a writer must not hold us up before we have seen what it is.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return err({ code: "KEY_MALFORMED", file, detail: "it is no ordinary file" });
    const open = stats.mode & 0o077;
    // Where there are no such permissions, the mode says nothing.
    if (open !== 0 && process.platform !== "win32") {
      return err({ code: "KEY_PERMISSIONS", file, detail: "others than its owner may use it; chmod 600 it" });
    }
    const key = readSigningKey(readFileSync(descriptor, "utf8"));
    return key.ok ? ok(key.value) : err({ ...key.error, file });
  } finally {
    closeSync(descriptor);
  }
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
