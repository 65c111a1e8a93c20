import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compile,
  parseDuration,
  seal,
  type Located,
  type Position,
  type Problem,
  type PureTransform,
  type Snapshot,
  type SourceDocument,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { builtinNames, loadBuiltin } from "@omnibase/infra/transforms";
import { loadTransform, readTransform, sealedJavascript } from "@omnibase/infra/typescript";
import { readYaml } from "@omnibase/infra/yaml";
import type { Definition } from "./definition.ts";
import { documentsOf, type Written } from "./documents.ts";
import { standardLibrary } from "./standard-library.ts";

/** What a project grants, where there is none. */
export interface Surroundings {
  readonly namespace: string;
  /** Origins that may be called. Absent: all that are named. */
  readonly hosts?: readonly string[];
  /** Secrets that may be used. Absent: all that are named. */
  readonly secrets?: readonly string[];
}

/** Definitions that can be executed. */
export interface Executable {
  readonly snapshot: Snapshot;
  readonly transform: (sealed: string) => PureTransform | undefined;
  readonly identityOf: (definition: Definition) => string;
}

/** Definitions did not compile. */
export class NotCompiled extends Error {
  override readonly name = "NotCompiled";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(["definitions that do not compile", ...problems.map(lineOf)].join("\n"));
    this.problems = problems;
  }
}

const lineOf = ({ at: { column, file, line }, code, hint, message }: Problem): string =>
  `  ${file}:${String(line)}:${String(column)} ${code} ${message}${hint === undefined ? "" : ` (${hint})`}`;

/** Compiles definitions as a project is compiled, in memory; what is executed of their code is what would be sealed. */
export async function compileDefinitions(
  definitions: readonly Definition[],
  { hosts, namespace, secrets }: Surroundings,
): Promise<Executable> {
  const sources = new Map<string, string>();
  const sourceOf = (file: string): string => {
    const text = sources.get(file) ?? readFileSync(file, "utf8");
    sources.set(file, text);
    return text;
  };
  const written = documentsOf(definitions, { namespace, placeOf, sourceOf });
  const code = await codeOf(written);
  const library = libraryFor(written.documents.map(({ located }) => located));
  const texts = textsIn(written.documents.map(({ located }) => located));
  const { compiled, problems } = compile([...library, ...written.documents], {
    transforms: { ...builtins, ...code.sealed },
    handlers: { http: "http@1", mail: "mail@1" },
    grants: { hosts: hosts ?? texts.flatMap(originIn), secrets: secrets ?? texts.flatMap(secretsIn) },
    code: (sealed) => code.loaded.get(sealed),
  });
  const unwritten = [...written.problems, ...code.problems];
  const errors = (unwritten.length > 0 ? unwritten : problems).filter(({ severity }) => severity === "error");
  if (compiled === undefined || errors.length > 0) throw new NotCompiled(errors);
  const { digest } = seal(compiled, { sha256 });
  for (const sealed of Object.values(compiled.implementations)) {
    const builtin = await loadBuiltin(sealed);
    if (builtin !== undefined) code.loaded.set(sealed, builtin);
  }
  return {
    snapshot: { ...compiled, digest, keyid: digest },
    transform: (sealed) => code.loaded.get(sealed),
    identityOf: (definition) => `${definition.namespace ?? namespace}::${definition.code}`,
  };
}

const builtins = Object.fromEntries(builtinNames.map((sealed) => [sealed.slice(0, sealed.lastIndexOf("@")), sealed]));

/** A test calls builders by itself, so a stack names files: those of the author, wherever the code was changed on its way. */
function placeOf(frame: string): Position | undefined {
  const [, file = "", line, column] = /(?:\(|at )((?:file:\/\/)?\/[^()]*?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (file === "") return undefined;
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return { file: relative(process.cwd(), path), line: Number(line), column: Number(column) };
}

interface Code {
  readonly sealed: Readonly<Record<string, string>>;
  readonly loaded: Map<string, PureTransform>;
  readonly problems: readonly Problem[];
}

async function codeOf({ code }: Written): Promise<Code> {
  const sealed: Record<string, string> = {};
  const loaded = new Map<string, PureTransform>();
  const problems: Problem[] = [];
  for (const { at, name, source } of code) {
    const read = await readTransform(at.file, source);
    if (!read.ok) problems.push(...read.error.map((problem) => ({ ...problem, at })));
    const digest = `sha256:${sha256(source)}`;
    const javascript = read.ok ? await sealedJavascript(source, digest) : undefined;
    const execute = javascript === undefined ? undefined : await loadTransform(javascript);
    sealed[name] = `${name}@${digest}`;
    if (execute !== undefined) loaded.set(`${name}@${digest}`, execute);
  }
  return { sealed, loaded, problems };
}

/** Every text in documents. */
function textsIn(documents: readonly Located[]): readonly string[] {
  return documents.flatMap((located): readonly string[] => {
    if (located.kind === "scalar") return typeof located.value === "string" ? [located.value] : [];
    return textsIn(located.kind === "list" ? located.items : located.entries.map(({ value }) => value));
  });
}

/** Of the standard library, what is named. */
function libraryFor(documents: readonly Located[]): readonly SourceDocument[] {
  const keys = documents.flatMap(keysIn);
  const names = [...textsIn(documents), ...keys].flatMap((text) => /^std::(\w+)$/.exec(text)?.[1] ?? []);
  return [...new Set(names)].flatMap((name) => {
    // What does not exist is said by whoever refers to it.
    const located = readYaml(standardLibrary.get(name) ?? "", { file: `std:${name}.yaml` });
    return located.ok ? [{ located: located.value, file: `std:${name}.yaml`, namespace: "std" }] : [];
  });
}

const keysIn = (located: Located): readonly string[] => {
  if (located.kind === "scalar") return [];
  if (located.kind === "list") return located.items.flatMap(keysIn);
  return located.entries.flatMap(({ key, value }) => [key, ...keysIn(value)]);
};

const originIn = (text: string): readonly string[] => {
  const [origin] = /^(?:https?|smtps?):\/\/[^/{}]+/.exec(text) ?? [];
  return origin === undefined ? [] : [origin];
};

const secretsIn = (text: string): readonly string[] =>
  [...text.matchAll(/secret:\/\/(\w+)/g)].map(([, name = ""]) => name);

/** A duration as artifacts write it, `PT1H`. */
export function millisecondsIn(duration: string): number {
  const parsed = parseDuration(duration);
  if (parsed.ok) return parsed.value;
  throw new Error(`${duration} is no duration: write it like PT30S`);
}
