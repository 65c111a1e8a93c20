import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

const layers = ["packages/core", "packages/spi", "packages/runtime", "packages/infra"];

/** Who may import whom. Tests obey it too, and may use testkit. A package that is not a key may not exist. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "packages/core": [],
  "packages/spi": ["packages/core"],
  "packages/runtime": ["packages/core", "packages/spi"],
  "packages/infra": ["packages/core", "packages/spi"],
  "packages/testkit": ["packages/core", "packages/spi"],
  "packages/sdk": layers,
  "apps/server": [...layers, "apps/web"],
  "apps/cli": [...layers, "packages/sdk", "apps/server"],
  "apps/web": ["packages/core"],
};

/** Packages that may name nothing of the platform and nothing of a third party, but for the pure libraries of `pure`. */
const bare = new Set(["packages/core", "packages/spi", "packages/runtime"]);

/** Pure libraries without dependencies, each for the one file that may name it. */
const pure: Readonly<Record<string, string>> = {
  "@marcbachmann/cel-js": "packages/core/src/expression/cel.ts",
  "json-p3": "packages/core/src/expression/path.ts",
  re2js: "packages/core/src/expression/pattern.ts",
};

interface Source {
  readonly path: string;
  readonly pkg: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** The dependency rule, executable: core <- spi <- {runtime, infra} <- apps. One line per breach. */
export function breachesIn(root: string): readonly string[] {
  const sources = sourcesIn(root);
  return [
    ...(sources.length === 0 ? ["no source was read"] : []),
    ...[...new Set(sources.map(({ pkg }) => pkg))]
      .filter((pkg) => !(pkg in mayImport))
      .map((pkg) => `${pkg} may not exist`),
    ...sources.flatMap((source) => forbiddenImports(root, source)),
    ...sources.filter(isInnerBarrel).map(({ path }) => `${path} is a barrel inside a package`),
    ...cyclesIn(new Map(sources.map((source) => [source.path, neighboursOf(source)]))),
  ];
}

/** A statement begins its line; a call stands anywhere. */
const importing = /(?:^(?:import|export)\b[^"';]*\bfrom\s*|^import\s*|\bimport\s*\(\s*)"([^"]+)"/gm;

/** Imports are read as text, which is enough because the formatter writes every one of them the same way. */
function sourcesIn(root: string): readonly Source[] {
  return ["packages", "apps"]
    .filter((area) => existsSync(join(root, area)))
    .flatMap((area) =>
      readdirSync(join(root, area), { recursive: true, encoding: "utf8" }).map((path) => posix.join(area, path)),
    )
    .filter((path) => /^\w+\/[\w-]+\/src\/.*\.tsx?$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8").replaceAll(/^\s*(?:\*|\/\/).*$/gm, "");
      const imports = [...text.matchAll(importing)].map((match) => match[1] ?? "");
      return { path, pkg: path.split("/").slice(0, 2).join("/"), text, imports };
    });
}

function forbiddenImports(root: string, source: Source): readonly string[] {
  const outside = source.imports.filter((to) => !to.startsWith(".")).filter((to) => !mayName(root, source, to));
  const escapes = neighboursOf(source).filter((to) => !mayReach(source, to));
  return [...outside, ...escapes].map((to) => `${source.path} may not import ${to}`);
}

function mayName(root: string, { path, pkg }: Source, to: string): boolean {
  const packages = [...(mayImport[pkg] ?? []), ...(isTest(path) ? ["packages/testkit"] : [])];
  if (to.startsWith("@omnibase/")) return packages.some((other) => isOrIsIn(nameOf(other), to));
  if (isTest(path)) return true;
  if (bare.has(pkg)) return pure[to] === path;
  return to.startsWith("node:") || declared(root, pkg).some((name) => isOrIsIn(name, to));
}

/** Adapters are strangers: in infra, a file reaches only into its own folder and `shared`; a test reaches them all. */
function mayReach({ path, pkg }: Source, to: string): boolean {
  const room = pkg === "packages/infra" && !isTest(path) ? path.split("/").slice(0, 4).join("/") : `${pkg}/src`;
  return to.startsWith(`${room}/`) || to.startsWith(`${pkg}/src/shared/`);
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

const neighboursOf = ({ path, imports }: Source): readonly string[] =>
  imports.filter((to) => to.startsWith(".")).map((to) => posix.join(posix.dirname(path), to));

/** A door is `src/index.ts`, or the `index.ts` of one adapter; and it names what it lets out. */
const isInnerBarrel = ({ path, text }: Source): boolean =>
  /^export \* from/m.test(text) ||
  (path.endsWith("/index.ts") &&
    !/^(?:packages|apps)\/[\w-]+\/src\/index\.ts$|^packages\/infra\/src\/[\w-]+\/index\.ts$/.test(path));

const nameOf = (pkg: string): string => `@omnibase/${posix.basename(pkg)}`;
const isOrIsIn = (name: string, to: string): boolean => to === name || to.startsWith(`${name}/`);

function declared(root: string, pkg: string): readonly string[] {
  const manifest: { readonly [field: string]: unknown } = JSON.parse(
    readFileSync(join(root, pkg, "package.json"), "utf8"),
  );
  return ["dependencies", "optionalDependencies", "peerDependencies"].flatMap((field) =>
    Object.keys(manifest[field] ?? {}),
  );
}

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (at: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(at)) return [[...trail.slice(trail.indexOf(at)), at].join(" -> ")];
    if (done.has(at)) return [];
    done.add(at);
    return (graph.get(at) ?? []).flatMap((next) => visit(next, [...trail, at]));
  };
  return [...graph.keys()].flatMap((start) => visit(start, []));
}
