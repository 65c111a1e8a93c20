import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  canonical,
  digestOf,
  isObject,
  signEnvelope,
  verifyEnvelope,
  type Json,
  type JsonObject,
} from "@omnibase/core";
import { sha256, trustOf, type SigningKey } from "@omnibase/infra/crypto";
import { makeFolders } from "@omnibase/infra/files";

/** One signed line that says what the text is and vouches for its bytes, and the text. */
export interface Signed {
  readonly claim: JsonObject;
  readonly text: string;
}

/** Where a signed file lies, and what it is: a claim of another kind is never taken for it. */
export interface SignedFile {
  readonly file: string;
  readonly type: string;
  readonly key: SigningKey;
}

/** Whatever does not verify is as if it were not there. */
export function readSigned({ file, key, type }: SignedFile): Signed | undefined {
  const found = readIfThere(file);
  const end = found?.indexOf("\n") ?? -1;
  if (found === undefined || end < 0) return undefined;
  const envelope = verifyEnvelope(found.slice(0, end), type, trustOf([key]));
  if (!envelope.ok) return undefined;
  const text = found.slice(end + 1);
  const claim: Json = JSON.parse(envelope.value.payload);
  return isObject(claim) && claim["text"] === digestOf(sha256, text) ? { claim, text } : undefined;
}

/** Replaces what was there. A torn write does not verify, so nothing has to be synced. */
export function writeSigned({ file, key, type }: SignedFile, { claim, text }: Signed): void {
  const payload = canonical({ ...claim, text: digestOf(sha256, text) });
  const draft = `${file}.${String(process.pid)}`;
  makeFolders(dirname(file), 0o700);
  try {
    writeFileSync(draft, `${signEnvelope(type, payload, key)}\n${text}`, { mode: 0o600 });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
