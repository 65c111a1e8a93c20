import { err, ok } from "@omnibase/core";
import type { Problem, Result } from "@omnibase/core";
import { sha256 } from "../shared/sha256.ts";
import { impuritiesOf } from "./purity.ts";
import { NotErasable, stripTypes } from "./strip.ts";

/** A transform that someone wrote, sealed by the digest of its file. */
export interface UserTransform {
  /** `sha256:` of the file's bytes. */
  readonly digest: string;
  /** The file as it is. */
  readonly source: string;
}

/** TypeScript that is more than types, and would be another program where it is only stripped. */
const NOT_ERASABLE = /^[\t ]*(?:export\s+)?(?:declare\s+)?(?:const\s+)?(?:enum|namespace|module)\s+[\w$]+\s*\{/m;

/** Whether a file may be executed as a transform: it is TypeScript, names `execute`, and is pure as far as its text says. */
export async function readTransform(file: string, source: string): Promise<Result<UserTransform, readonly Problem[]>> {
  const javascript = await javascriptOf(source);
  if (!javascript.ok) {
    const hint = "a transform is TypeScript whose types can be taken out: no enum, no namespace";
    return err([problem({ file, source }, { code: "TRANSFORM_UNREADABLE", message: javascript.error, hint })]);
  }
  const impure = impuritiesOf(javascript.value).map(({ message, word }) =>
    problem({ file, source }, { code: "PURITY_VIOLATION", message, word, hint: "bind it as an input of the step" }),
  );
  if (impure.length > 0) return err(impure);
  if (!/export\s+(?:const|function)\s+execute\b/.test(javascript.value)) {
    const hint = 'write `export function execute(input) { return { outcome: "SUCCESS", value: {} }; }`';
    return err([problem({ file, source }, { code: "TRANSFORM_UNREADABLE", message: "it exports no execute", hint })]);
  }
  return ok({ digest: `sha256:${sha256(source)}`, source });
}

/** What is executed of a file. */
export async function javascriptOf(source: string): Promise<Result<string, string>> {
  if (NOT_ERASABLE.test(source)) return err("it has code that is not erased with the types");
  try {
    return ok(await stripTypes(source));
  } catch (error) {
    if (error instanceof NotErasable) return err(error.message);
    throw error;
  }
}

interface Wrong extends Pick<Problem, "code" | "message"> {
  readonly hint: string;
  /** Where it stands is looked up in the source, because taking out types moves what is left. */
  readonly word?: string;
}

function problem(
  { file, source }: { readonly file: string; readonly source: string },
  { word = "", ...said }: Wrong,
): Problem {
  const lines = source.split("\n");
  const [name = ""] = word.split(".").slice(-1);
  const isThere = new RegExp(`(?<![\\w$])${name.replaceAll("$", String.raw`\$`)}(?![\\w$])`);
  const line = name === "" ? -1 : lines.findIndex((text) => isThere.test(text));
  const column = line < 0 ? 0 : (lines[line] ?? "").search(isThere);
  return { ...said, severity: "error", at: { file, line: Math.max(line, 0) + 1, column: column + 1 } };
}
