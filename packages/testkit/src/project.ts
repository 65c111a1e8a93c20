import { readdirSync, readFileSync } from "node:fs";
import { compile, type CompileOptions, type SourceDocument } from "@omnibase/core";
import { locatedYaml } from "./located-yaml.ts";

/** Texts of artifacts by file name. */
export type Project = Readonly<Record<string, string>>;

const root = new URL("../../../", import.meta.url);

const textsIn = (folder: string): Project =>
  Object.fromEntries(
    readdirSync(new URL(folder, root)).map((file) => [file, readFileSync(new URL(folder + file, root), "utf8")]),
  );

/** The project of `examples/01-greet`, the one that every format agrees with. */
export const greetProject: Project = textsIn("examples/01-greet/contracts/");

/** The project of `examples/07-actors`: who may ask, and what records are. */
export const deskProject: Project = textsIn("examples/07-actors/contracts/");

/** The same in one file. */
export const oneFileProject: Project = {
  "WF_GREET_V0.yaml": readFileSync(new URL("examples/04-one-file/WF_GREET_V0.yaml", root), "utf8"),
};

/** The project of `examples/05-mail`: a message, and what can become of it. */
export const mailProject: Project = textsIn("examples/05-mail/contracts/");

/** The project of `examples/24-wallet`: a wallet from entropy to its address. */
export const walletProject: Project = textsIn("examples/24-wallet/contracts/");

/** The project of `examples/06-admission`, in which past events decide. */
export const admissionProject: Project = textsIn("examples/06-admission/contracts/");

/** The standard library, as it ships. */
export const standardLibrary: Project = textsIn("contracts/");

/** A project and the standard library beside it, as the compiler takes them. */
export const documentsOf = (project: Project, namespace = "demo"): readonly SourceDocument[] =>
  Object.entries({ ...standardLibrary, ...project }).map(([file, text]) => ({
    located: locatedOnce(text, file),
    file,
    namespace,
  }));

/** The library is read again and again; it is parsed once. */
const located = new Map<string, SourceDocument["located"]>();

function locatedOnce(text: string, file: string): SourceDocument["located"] {
  if (standardLibrary[file] !== text) return locatedYaml(text, file);
  const known = located.get(file) ?? locatedYaml(text, file);
  located.set(file, known);
  return known;
}

/** A file added, or a text in a file (without its ending) replaced by another. */
export type Edit = readonly [file: string, added: string] | readonly [file: string, from: string, to: string];

export function changed(project: Project, edits: readonly Edit[]): Project {
  const texts = new Map(Object.entries(project));
  for (const [name, from, to] of edits) {
    const file = `${name}.yaml`;
    texts.set(file, to === undefined ? from : replaced(texts.get(file) ?? "", from, to));
  }
  return Object.fromEntries(texts);
}

/** What is replaced must stand there exactly once, or a test would say nothing. */
function replaced(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${JSON.stringify(from)} does not stand there exactly once`);
  return text.replace(from, () => to);
}

/** A mistake in a sentence, the project it is made in, how, and what is found. */
export type Mistake = readonly [sentence: string, project: Project, edits: readonly Edit[], found: readonly string[]];

/** Named here, because no adapter may be imported: the standard library declares each. */
const builtins = Object.values(standardLibrary).flatMap((text) => /builtin: std\.(\w+)/.exec(text)?.[1] ?? []);

/** What the examples need: the built-ins, three handlers, and two granted hosts. */
export const testOptions: CompileOptions = {
  transforms: Object.fromEntries(builtins.map((name) => [`std.${name}`, `std.${name}@1`])),
  handlers: { http: "http@1", mail: "mail@1", noop: "noop@1" },
  grants: { hosts: ["http://127.0.0.1:8080", "smtp://localhost:2525"], secrets: ["SMTP_PASSWORD"] },
};

/** What the compiler finds, each as `CODE file:line:column`. That nobody tests a transform is said where that is tried. */
export const foundIn = (
  project: Project,
  options: CompileOptions = testOptions,
  namespace = "demo",
): readonly string[] =>
  compile(documentsOf(project, namespace), options).problems.flatMap(({ code, at }) =>
    code === "TEST_DATA_MISSING"
      ? []
      : [`${code} ${at.file.replace(".yaml", "")}:${String(at.line)}:${String(at.column)}`],
  );
