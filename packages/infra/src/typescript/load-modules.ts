import { posix } from "node:path";
import { codes, err, ok } from "@omnibase/core";
import type { Position, Problem, Result } from "@omnibase/core";
import { importsIn } from "./imports.ts";
import { impuritiesOf } from "./purity.ts";
import { installedPackage } from "./resolve-package.ts";
import type { TextPlace, Tracing } from "./source-map.ts";
import { NotErasable, stripped, type Stripped } from "./strip.ts";
import { problemAtWord } from "./problem-at-word.ts";
import { Unclear } from "./tokens.ts";

/** What modules are loaded from. */
export interface ModuleWorld {
  /** TypeScript by the name that problems give it; imports are followed by these names. */
  readonly sources: ReadonlyMap<string, string>;
  /** What is given to whoever imports these packages, whatever is installed. */
  readonly given: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Where packages are looked for, and above. */
  readonly root: string;
}

export interface LoadedModules {
  /** What each of the asked modules exports, by its name. */
  readonly exports: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Where something that was called stands in a source: `frame` is a line of a stack. */
  readonly placeOf: (frame: string) => Position | undefined;
}

/**
 * Evaluates modules that declare something. That is code of their author, executed with the rights of this process; what
 * its text shows to depend on more than itself is refused before, so that the same text declares the same again.
 */
export async function loadModules(
  names: readonly string[],
  world: ModuleWorld,
): Promise<Result<LoadedModules, readonly Problem[]>> {
  const loading: Loading = { world, prepared: new Map(), traces: new Map(), problems: [] };
  const urls = new Map<string, string>();
  for (const name of names) {
    const url = await urlOf(name, [], loading);
    if (url !== undefined) urls.set(name, url);
  }
  const placeOf = (frame: string): Position | undefined => placeIn(frame, loading);
  if (loading.problems.length > 0) return err(loading.problems);
  const exports = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [name, url] of urls) {
    try {
      exports.set(name, await imported(url, world));
    } catch (error) {
      loading.problems.push(thrown(error, name, placeOf));
    }
  }
  return loading.problems.length > 0 ? err(loading.problems) : ok({ exports, placeOf });
}

interface Loading {
  readonly world: ModuleWorld;
  /** By name. A module that could not be prepared is `undefined`, and was reported. */
  readonly prepared: Map<string, string | undefined>;
  readonly traces: Map<string, Tracing>;
  readonly problems: Problem[];
}

const givenKey = Symbol.for("omnibase.given");

async function imported(url: string, { given }: ModuleWorld): Promise<Readonly<Record<string, unknown>>> {
  Reflect.set(globalThis, givenKey, given);
  return import(/* @vite-ignore */ url);
}

/**
 * A module as an address that holds all of it, and of what it imports in turn: nothing is written anywhere. It ends with
 * its name, so that two that say the same are told apart.
 */
async function urlOf(name: string, trail: readonly string[], loading: Loading): Promise<string | undefined> {
  if (loading.prepared.has(name)) return loading.prepared.get(name);
  const source = loading.world.sources.get(name);
  if (source === undefined) throw new Error(`impossible: ${name} was not read`);
  const javascript = await readable(name, source, loading);
  const code = javascript && (await linked(javascript, { name, source, trail: [...trail, name] }, loading));
  const url = code === undefined ? undefined : asUrl(`${code}\n// ${encodeURI(name)}\n`);
  loading.prepared.set(name, url);
  return url;
}

const asUrl = (code: string): string => `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;

async function readable(name: string, source: string, { problems, traces }: Loading): Promise<Stripped | undefined> {
  const at = { file: name, line: 1, column: 1 };
  const hint = "definitions are TypeScript whose types can be taken out: no enum, no namespace";
  const unreadable = (message: string): undefined =>
    void problems.push({ code: "DEFINITION_UNREADABLE", severity: "error", message, at, hint });
  try {
    const javascript = await stripped(source);
    traces.set(name, javascript.trace);
    const impure = impuritiesOf(javascript.code).filter(({ word }) => !ofDefinitions.has(word));
    problems.push(
      ...impure.map(({ message, word }) =>
        problemAtWord({ file: name, source }, word, {
          code: "PURITY_VIOLATION",
          message,
          hint: "a definition says the same each time it is compiled; what may change is an input of its workflow",
        }),
      ),
    );
    return impure.length === 0 ? javascript : undefined;
  } catch (error) {
    if (error instanceof NotErasable) return unreadable(error.message);
    throw error;
  }
}

/** What code that is executed once, to say something, may have beside what a transform may. */
const ofDefinitions: ReadonlySet<string> = new Set(["import", "let", "var", "class", "this", "arguments"]);

interface Importing {
  readonly name: string;
  readonly source: string;
  readonly trail: readonly string[];
}

/** Every import leads to what it means here. */
async function linked({ code, trace }: Stripped, module: Importing, loading: Loading): Promise<string | undefined> {
  let [text, behind, isSound] = ["", 0, true];
  for (const found of importsIn(code)) {
    const target = await targetOf(found.specifier, module, loading);
    if (typeof target !== "string") {
      isSound = false;
      const { file, ...place } = { file: module.name, ...trace(placeAt(code, found.at)) };
      if (target !== undefined) loading.problems.push({ ...target, severity: "error", at: { file, ...place } });
      continue;
    }
    text += `${code.slice(behind, found.at)}${JSON.stringify(target)}`;
    behind = found.end;
  }
  return isSound ? text + code.slice(behind) : undefined;
}

type Untold = Pick<Problem, "code" | "message" | "hint">;

const untold = (message: string, hint: string): Untold => ({ code: "DEFINITION_IMPORT", message, hint });

/** An address, or why there is none; `undefined` where that was said already. */
async function targetOf(
  specifier: string | undefined,
  { name, trail }: Importing,
  loading: Loading,
): Promise<string | Untold | undefined> {
  const { given, root, sources } = loading.world;
  if (specifier === undefined) return untold("nobody knows what is imported here", "import by name, at the top");
  const own = given.get(specifier);
  if (own !== undefined) return givenUrl(specifier, own);
  if (specifier.startsWith("node:")) return untold(`${specifier} reaches the platform`, "declare what is to be done");
  if (specifier.startsWith(".")) {
    const path = moduleNamed(specifier, name);
    if (trail.includes(path)) return untold(`${path} imports itself`, "move what both need to a third file");
    if (!sources.has(path)) return untold(`there is no ${path} in this workspace`, "write it like ./parts.ts");
    return urlOf(path, trail, loading);
  }
  const installed = installedPackage(specifier, root);
  if (installed === undefined) return untold(`the package ${specifier} is not installed`, `npm install ${specifier}`);
  return installed.url ?? untold(`the package does not let out ${specifier}`, "see `exports` in its package.json");
}

/** The name of a module that another one asks for. */
export const moduleNamed = (specifier: string, from: string): string =>
  posix.normalize(posix.join(posix.dirname(from), specifier));

function givenUrl(specifier: string, own: Readonly<Record<string, unknown>>): string {
  const from = `globalThis[Symbol.for("omnibase.given")].get(${JSON.stringify(specifier)})`;
  return asUrl(
    Object.keys(own)
      .map((name) => `export const ${name} = ${from}.${name};`)
      .join("\n"),
  );
}

/** What a module throws is told where it was thrown, as far as that is known. */
function thrown(error: unknown, name: string, placeOf: LoadedModules["placeOf"]): Problem {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.split("\n").flatMap((frame) => placeOf(frame) ?? [])[0] ?? { file: name, line: 1, column: 1 };
  const message = error instanceof Error ? error.message : "it throws what is no error";
  return { code: "DEFINITION_FAILED", severity: "error", message, at, hint: codes.DEFINITION_FAILED.hint };
}

const FRAME = /(data:text\/javascript;base64,[^\s:]+):(\d+):(\d+)/;

function placeIn(frame: string, { prepared, traces }: Loading): Position | undefined {
  const [, url, line = "", column = ""] = FRAME.exec(frame) ?? [];
  const [file] = [...prepared].find(([, known]) => url !== undefined && known === url) ?? [];
  const trace = file === undefined ? undefined : traces.get(file);
  return file === undefined || trace === undefined
    ? undefined
    : { file, ...trace({ line: Number(line), column: Number(column) }) };
}

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** Why a source cannot be looked through for its imports, which is found again when it is loaded. */
export function importedBy(source: string): readonly string[] {
  try {
    return importsIn(source).flatMap(({ specifier }) => specifier ?? []);
  } catch (error) {
    if (error instanceof Unclear) return [];
    throw error;
  }
}
