import { randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, linkSync, openSync, readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "@omnibase/core";
import { codeOf } from "../shared/code-of.ts";
import { makeDirectory, syncDirectory, writeNewFile } from "../shared/durable-file.ts";

export interface KeyRefusal {
  readonly code: "KEY_PERMISSIONS" | "KEY_MALFORMED";
  readonly file: string;
  readonly detail: string;
}

/**
 * Makes a file with a key in it, whole or not at all: whoever sees the name sees the whole key. Of two processes that
 * make it at once, one does, so nothing is ever done with a key that is then gone.
 */
export function makeKeyFile(directory: string, name: string, text: string): void {
  makeDirectory(directory, 0o700);
  const draft = join(directory, `.${name}.${randomUUID()}`);
  try {
    writeNewFile(draft, Buffer.from(text), 0o600);
    linkSync(draft, join(directory, name));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    unlinkIfThere(draft);
  }
  syncDirectory(directory);
}

/** Looks at the open file, not at its name, so that what is checked is what is read. `undefined`: there is none. */
export function readKeyFile(file: string): Result<string, KeyRefusal> | undefined {
  let descriptor: number;
  try {
    // A pipe without a writer must not hold us up before we have seen what it is.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
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
    return ok(readFileSync(descriptor, "utf8"));
  } finally {
    closeSync(descriptor);
  }
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}
