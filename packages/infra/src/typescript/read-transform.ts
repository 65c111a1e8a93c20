import { err, ok } from "@omnibase/core";
import type { Problem, Result } from "@omnibase/core";
import { sha256 } from "../shared/sha256.ts";
import { impuritiesOf } from "./purity.ts";
import { problemAtWord } from "./problem-at-word.ts";
import { NotErasable, stripped } from "./strip.ts";

/** A transform that someone wrote, sealed by the digest of its file. */
export interface UserTransform {
  /** `sha256:` of the file's bytes. */
  readonly digest: string;
  /** The file as it is. */
  readonly source: string;
}

/** Whether a file may be executed as a transform: it is TypeScript, names `execute`, and is pure as far as its text says. */
export async function readTransform(file: string, source: string): Promise<Result<UserTransform, readonly Problem[]>> {
  const javascript = await javascriptOf(source);
  if (!javascript.ok) {
    const hint = "a transform is TypeScript whose types can be taken out: no enum, no namespace";
    return err([
      problemAtWord({ file, source }, "", { code: "TRANSFORM_UNREADABLE", message: javascript.error, hint }),
    ]);
  }
  const impure = impuritiesOf(javascript.value).map(({ message, word }) =>
    problemAtWord({ file, source }, word, {
      code: "PURITY_VIOLATION",
      message,
      hint: "bind it as an input of the step",
    }),
  );
  if (impure.length > 0) return err(impure);
  if (!/export\s+(?:const|function)\s+execute\b/.test(javascript.value)) {
    const hint = 'write `export function execute(input) { return { outcome: "SUCCESS", value: {} }; }`';
    const message = "it exports no execute";
    return err([problemAtWord({ file, source }, "", { code: "TRANSFORM_UNREADABLE", message, hint })]);
  }
  return ok({ digest: `sha256:${sha256(source)}`, source });
}

/** What is executed of a file. */
export async function javascriptOf(source: string): Promise<Result<string, string>> {
  try {
    return ok((await stripped(source)).code);
  } catch (error) {
    if (error instanceof NotErasable) return err(error.message);
    throw error;
  }
}
