import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { decodeUtf8, type Position, type Problem, type SourceDocument } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { readArtifactBytes } from "@omnibase/infra/files";
import { shownPath } from "../text/result-text.ts";

/** Transforms that someone wrote: `NAME.ts`, or `CODE.ts` for the published artifact of that code. */
export interface Implementations {
  readonly files: readonly ImplementationFile[];
  readonly problems: readonly Problem[];
}

export interface ImplementationFile {
  /** As artifacts name it. */
  readonly name: string;
  /** As problems name it. */
  readonly file: string;
  /** `sha256:` of the file: what a snapshot seals. */
  readonly digest: string;
  readonly source: string;
  /** Where the author wrote what begins at a line of the source. Absent: in this file, as it is. */
  readonly written?: { readonly at: Position; readonly fromLine: number };
}

/** Reads the folder as it lies there. Whether a file may be executed is asked when something is compiled. */
export function readImplementations(folder: string | undefined): Implementations {
  if (folder === undefined) return { files: [], problems: [] };
  const shown = shownPath(folder);
  if (!existsSync(folder)) {
    const at = { file: shown, line: 1, column: 1 };
    const hint = "correct `implementations:` in omnibase.yaml, or --implementations";
    const missing = {
      code: "REGISTRY_UNREADABLE",
      severity: "error",
      message: "there is no such folder",
      at,
      hint,
    } as const;
    return { files: [], problems: [missing] };
  }
  const problems: Problem[] = [];
  const names = readdirSync(folder).filter((name) => /^[\w.-]+\.ts$/.test(name) && !/\.(?:test|d)\.ts$/.test(name));
  const files = names.toSorted().flatMap((name): readonly ImplementationFile[] => {
    const file = join(shown, name);
    const bytes = readArtifactBytes(folder, name);
    const text = bytes.ok ? decodeUtf8(bytes.value, { file, family: "ARTIFACT" }) : bytes;
    if (!text.ok) problems.push(...text.error);
    if (!text.ok) return [];
    const digest = `sha256:${sha256(text.value)}`;
    return [{ name: name.slice(0, -".ts".length), file, digest, source: text.value }];
  });
  return { files, problems };
}

/** What the compiler is told: name → what is sealed. A published artifact asks for its code by its whole identity. */
export function transformsFrom(
  files: readonly ImplementationFile[],
  documents: readonly SourceDocument[],
): Readonly<Record<string, string>> {
  const own = files.map((one) => [one.name, sealedAs(one)] as const);
  const byCode = new Map(files.map((one) => [one.name, one]));
  const published = documents.flatMap(({ located, namespace = "" }) => {
    const code = located.kind === "map" ? located.entries.find(({ key }) => key === "ct_code")?.value : undefined;
    const found = code?.kind === "scalar" ? byCode.get(String(code.value)) : undefined;
    const name = `${namespace}::${found?.name ?? ""}`;
    return found === undefined ? [] : [[name, sealedAs({ ...found, name })] as const];
  });
  return Object.fromEntries([...own, ...published]);
}

export const sealedAs = ({ digest, name }: ImplementationFile): string => `${name}@${digest}`;

/** What keeps files from being executed. Loaded only where there are any. */
export async function problemsIn(files: readonly ImplementationFile[]): Promise<readonly Problem[]> {
  if (files.length === 0) return [];
  const { readTransform } = await import("@omnibase/infra/typescript");
  const read = await Promise.all(files.map(({ file, source }) => readTransform(file, source)));
  return read.flatMap((one, index) => (one.ok ? [] : one.error.map((problem) => whereWritten(problem, files[index]))));
}

/** An artifact names its code, so code has a name of its own. */
export const namedTwice = (files: readonly ImplementationFile[]): readonly Problem[] =>
  files.flatMap(({ digest, file, name, written }, index) => {
    const other = files.findIndex((one) => one.name === name && one.digest !== digest);
    if (other < 0 || other > index) return [];
    const at = written?.at ?? { file, line: 1, column: 1 };
    return [{ code: "NAME_DUPLICATE", severity: "error", message: `there is other code called ${name}`, at }];
  });

function whereWritten(problem: Problem, { written }: Partial<ImplementationFile> = {}): Problem {
  if (written === undefined) return problem;
  const { at, fromLine } = written;
  const line = Math.max(problem.at.line - fromLine, 0);
  const column = line === 0 ? at.column + problem.at.column - 1 : problem.at.column;
  return { ...problem, at: { file: at.file, line: at.line + line, column } };
}
