import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A package that is installed for a folder. */
export interface InstalledPackage {
  /** Of its `package.json`. */
  readonly manifest: string;
  /** What is imported of it. Absent: it does not let this out. */
  readonly url: string | undefined;
}

/** Looks upwards for a package, and reads in its manifest what `import` finds there. */
export function installedPackage(specifier: string, from: string): InstalledPackage | undefined {
  const [, name = "", inside = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  for (let at = from; ; at = dirname(at)) {
    const manifest = join(at, "node_modules", name, "package.json");
    if (existsSync(manifest)) {
      const file = fileIn(manifest, `.${inside}`);
      return { manifest, url: file === undefined ? undefined : pathToFileURL(join(dirname(manifest), file)).href };
    }
    if (dirname(at) === at) return undefined;
  }
}

const conditions: ReadonlySet<string> = new Set(["node", "import", "module-sync", "default"]);

function fileIn(manifest: string, subpath: string): string | undefined {
  const { exports: lets, main, module: esm } = JSON.parse(readFileSync(manifest, "utf8"));
  if (lets === undefined) return subpath === "." ? (textOf(esm) ?? textOf(main) ?? "index.js") : subpath;
  const isMap = typeof lets === "object" && lets !== null && Object.keys(lets).some((key) => key.startsWith("."));
  return chosen(isMap ? Reflect.get(lets, subpath) : subpath === "." ? lets : undefined);
}

/** Conditions count in the order in which the package names them. */
function chosen(target: unknown): string | undefined {
  if (typeof target !== "object" || target === null) return textOf(target);
  for (const [condition, value] of Object.entries(target)) {
    const found = conditions.has(condition) ? chosen(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
