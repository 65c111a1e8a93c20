import { existsSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result, type Trust } from "@omnibase/core";
import {
  openProjectKey,
  projectKeyFile,
  readPublicKey,
  trustOf,
  type PublicKey,
  type SigningKey,
} from "@omnibase/infra/crypto";
import { namesIn, readPlainFile } from "@omnibase/infra/files";
import type { Refused } from "../edge/report.ts";
import { shownPath } from "../text/result-text.ts";

/** The project's own key, made on first use. */
export function openKey(stateFolder: string): Result<SigningKey, Refused> {
  const key = openProjectKey(stateFolder);
  if (key.ok) return key;
  const { code, detail, file } = key.error;
  return err({ exit: 2, code: `CONFIG_${code}`, message: `${shownPath(file)}: ${detail}` });
}

/** The key where there is one already. */
export const findKey = (stateFolder: string): Result<SigningKey | undefined, Refused> =>
  existsSync(join(stateFolder, projectKeyFile)) ? openKey(stateFolder) : ok(undefined);

/** Where a project keeps the public keys that it trusts, one file each. They are meant to be committed. */
const keysFolder = "keys";

/** The own key, and those that the project file names and whose public half lies in the project. */
export function trustFor(
  key: PublicKey | undefined,
  keyids: readonly string[],
  root: string | undefined,
): Result<Trust, Refused> {
  const own = key === undefined ? [] : [key];
  const others = keyids.filter((keyid) => keyid !== key?.keyid);
  if (others.length === 0 || root === undefined) return ok(trustOf(own));
  const present = publicKeysIn(join(root, keysFolder));
  const missing = others.filter((keyid) => !present.has(keyid));
  if (missing.length > 0) {
    return err({
      exit: 2,
      code: "CONFIG_KEY_MISSING",
      message: `omnibase.yaml trusts ${missing.join(", ")}, and nobody knows this key`,
      hint: `put its public half in PEM into ${keysFolder}/`,
    });
  }
  return ok(trustOf([...own, ...others.flatMap((keyid) => present.get(keyid) ?? [])]));
}

function publicKeysIn(folder: string): ReadonlyMap<string, PublicKey> {
  const names = namesIn(folder).filter((name) => name.endsWith(".pem"));
  const keys = names.map((name) => readPublicKey(Buffer.from(readPlainFile(join(folder, name))).toString()));
  return new Map(keys.flatMap((key) => (key.ok ? [[key.value.keyid, key.value] as const] : [])));
}
