import { resolve } from "node:path";
import { decodeUtf8, err, ok, type Result } from "@omnibase/core";
import type { Secret, SecretRefusal, Secrets } from "@omnibase/spi";
import { readPlainFile } from "../shared/read-plain-file.ts";

/** Where the operator says that a value lies. */
export type SecretSource = { readonly env: string } | { readonly file: string };

export interface GrantedSecretsOptions {
  readonly granted: Readonly<Record<string, SecretSource>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative files are relative to. */
  readonly root: string;
}

const secretBytesMax = 65_536;

/** Values from the environment and from files, by an allow-list. One line break at the end of a file is the editor's. */
export function grantedSecrets({ env, granted, root }: GrantedSecretsOptions): Secrets {
  return {
    resolve: async (name) => {
      const source = Object.hasOwn(granted, name) ? granted[name] : undefined;
      if (source === undefined) return refuse("SECRET_DENIED", `secret://${name} is not granted`);
      const text = "env" in source ? ok(env[source.env] ?? "") : textAt(resolve(root, source.file));
      if (!text.ok || text.value.includes("\0") || text.value.length > secretBytesMax) {
        return refuse("SECRET_UNREADABLE", `what lies where secret://${name} should be is no text within bounds`);
      }
      if (text.value === "") return refuse("SECRET_ABSENT", `nothing lies where secret://${name} should be`);
      return ok(secretOf(text.value));
    },
  };
}

/** A function is not serialised, not copied to another thread, and printed without what it holds. */
const secretOf = (text: string): Secret => ({ reveal: () => text });

function textAt(path: string): Result<string, undefined> {
  try {
    const text = decodeUtf8(readPlainFile(path, secretBytesMax), { file: "", family: "PAYLOAD" });
    return text.ok ? ok(text.value.replace(/\r?\n$/, "")) : err(undefined);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOENT" ? ok("") : err(undefined);
  }
}

const refuse = (code: SecretRefusal["code"], message: string): Result<never, SecretRefusal> => err({ code, message });
