import { readdirSync, readFileSync } from "node:fs";
import type { SourceDocument } from "@omnibase/core";
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

/** The standard library, as it ships. */
export const standardLibrary: Project = textsIn("contracts/");

/** A project and the standard library beside it, as the compiler takes them. */
export const documentsOf = (project: Project, namespace = "demo"): readonly SourceDocument[] =>
  Object.entries({ ...standardLibrary, ...project }).map(([file, text]) => ({
    located: locatedYaml(text, file),
    file,
    namespace,
  }));

/** The project with one text in it replaced by another. It must stand there exactly once. */
export function edited(project: Project, file: string, from: string, to: string): Project {
  const before = project[file] ?? "";
  if (before.split(from).length !== 2) throw new Error(`${file} holds ${JSON.stringify(from)} not exactly once`);
  return { ...project, [file]: before.replace(from, () => to) };
}
