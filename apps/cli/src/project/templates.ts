import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject, jsonSchemas, type Json } from "@omnibase/core";

/** A project to begin with. */
export interface Template {
  readonly name: string;
  readonly summary: string;
  /** What to call next, in this order. */
  readonly next: readonly string[];
  /** By their names in the project, in order. */
  readonly files: ReadonlyMap<string, string>;
}

/** What stands in a template wherever the namespace of the project shall stand, so that it compiles as it lies there. */
const placeholder = "my_project";

/** Shipped beside the bundle, and beside the sources; the bundler puts this code one folder deep, or two. */
function templatesFolder(): string {
  const near = ["../templates/", "../../templates/"].map((way) => fileURLToPath(new URL(way, import.meta.url)));
  const found = near.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error("impossible: no templates were shipped");
  return found;
}

export const templateNames = (): readonly string[] => readdirSync(templatesFolder()).toSorted();

/** One of `templateNames`, for a project with this namespace. */
export function templateNamed(name: string, namespace: string): Template {
  const folder = join(templatesFolder(), name);
  const named = (text: string): string => text.replaceAll(placeholder, namespace);
  const read = (path: string): string => named(readFileSync(join(folder, path), "utf8"));
  const { next, summary } = described(JSON.parse(read(descriptionFile)));
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path !== descriptionFile && statSync(join(folder, path)).isFile())
    .toSorted();
  const files = new Map(paths.map((path) => [path === ignored.shipped ? ignored.meant : path, read(path)]));
  for (const kind of kindsIn(files.values())) {
    files.set(`schemas/${kind}.json`, `${JSON.stringify(jsonSchemas()[kind], undefined, 2)}\n`);
  }
  return { name, summary, next, files };
}

const descriptionFile = "template.json";

/** A package takes a file of the real name for its own. */
const ignored = { shipped: "gitignore", meant: ".gitignore" };

function described(document: Json): Pick<Template, "next" | "summary"> {
  const { next, summary } = isObject(document) ? document : {};
  if (typeof summary !== "string" || !Array.isArray(next)) throw new Error("impossible: a template says what it is");
  return { summary, next: next.map(String) };
}

/** The schemas that the first lines of its files name, for editors. */
const kindsIn = (texts: Iterable<string>): ReadonlySet<string> =>
  new Set([...texts].flatMap((text) => /\$schema=\.\.\/schemas\/([\w-]+)\.json/.exec(text)?.[1] ?? []));
