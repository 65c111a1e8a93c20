import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { decodeUtf8, err, limits, ok, parseJson, plain, type Json, type Problem, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";

/**
 * Reads one JSON value from a file or from stdin (`-`), never more of it than a payload may have, and never from what is
 * no file. `@` before the name is read over, as other tools have taught people to write it.
 */
export async function readPayload(given: string, io: Io): Promise<Result<Json, Refused>> {
  const name = given.startsWith("@") ? given.slice(1) : given;
  const file = name === "-" ? "stdin" : name;
  const bytes = name === "-" ? await readStdin(io) : readFile(resolve(io.cwd(), name));
  if (!bytes.ok) return err(unreadable(given, bytes.error));
  const text = decodeUtf8(bytes.value, { file, family: "PAYLOAD" });
  if (!text.ok) return err(refused(text.error, file, ""));
  const value = parseJson(text.value, { file, family: "PAYLOAD" });
  return value.ok ? ok(plain(value.value)) : err(refused(value.error, file, text.value));
}

const refused = (problems: readonly Problem[], file: string, text: string): Refused => ({
  exit: 2,
  code: problems[0]?.code ?? "PAYLOAD_SYNTAX",
  message: "the payload is not JSON that could be taken as it is",
  problems,
  sources: new Map([[file, text]]),
});

function unreadable(given: string, why: string): Refused {
  const inline = /^[\s'"]*[[{]/.test(given);
  return {
    exit: 2,
    code: "PAYLOAD_UNREADABLE",
    message: `the payload cannot be read: ${why}`,
    hint: inline
      ? "it names a file; to hand over JSON itself, pipe it: echo '{}' | omnibase … --payload -"
      : "it names a file; - is stdin",
  };
}

/** One more than a reader needs to see that it is too much. */
const bytesMax = limits.payloadReadBytesMax + 1;

async function readStdin(io: Io): Promise<Result<Uint8Array, string>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of io.stdin()) {
      pieces.push(piece);
      length += piece.length;
      if (length >= bytesMax) break;
    }
  } catch (error) {
    return err(reasonOf(error));
  }
  return ok(Buffer.concat(pieces, Math.min(length, bytesMax)));
}

function readFile(file: string): Result<Uint8Array, string> {
  let descriptor: number | undefined;
  try {
    // A pipe without a writer must not hold us up before we have seen what it is.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return err("it is a folder");
    if (!stat.isFile()) return err("it is no ordinary file; pipe it, and say --payload -");
    const room = new Uint8Array(Math.min(stat.size, bytesMax));
    let length = 0;
    for (let more = -1; more !== 0 && length < room.length; length += more) {
      more = readSync(descriptor, room, length, room.length - length, null);
    }
    return ok(room.subarray(0, length));
  } catch (error) {
    return err(reasonOf(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error && "code" in error)) throw error;
  return reasons[String(error.code)] ?? String(error.code);
}
