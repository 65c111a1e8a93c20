import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { err, type Result } from "@omnibase/core";
import { makeKeyFile, readKeyFile, type KeyRefusal } from "./key-file.ts";
import { readSigningKey, type SigningKey } from "./keys.ts";

export const projectKeyFile = "key.pem";

/** The key of a project, made on first use. Of two processes that make it at once, both get the one that is there first. */
export function openProjectKey(directory: string): Result<SigningKey, KeyRefusal> {
  const file = join(directory, projectKeyFile);
  const found = signingKeyIn(file);
  if (found !== undefined) return found;
  const { privateKey } = generateKeyPairSync("ed25519");
  makeKeyFile(directory, projectKeyFile, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  return signingKeyIn(file) ?? err({ code: "KEY_MALFORMED", file, detail: "it was removed while it was made" });
}

function signingKeyIn(file: string): Result<SigningKey, KeyRefusal> | undefined {
  const text = readKeyFile(file);
  if (text?.ok !== true) return text;
  const key = readSigningKey(text.value);
  return key.ok ? key : err({ ...key.error, file });
}
