import { readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { root } from "./run.mjs";

/**
 * Whoever enters a package by its door brings everything behind it into the same chunk, and a command loads all of the core.
 * So each name is fetched from the file that it comes from: what only the compiler uses is loaded with the compiler.
 *
 * Some files are given company: what must be loaded with them because it lies in the same chunk.
 */
export const pastTheDoors = (company = new Map()) => ({
  name: "past the doors",
  setup(build) {
    const behind = new Map();
    build.onLoad({ filter: /[\\/](?:packages|apps)[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8").replace(
        /^import (type )?\{([^}]*)\} from "@omnibase\/([\w/-]+)";/gm,
        (whole, type, names, door) => (type === undefined ? importsOf(names, doorFile(door)) : whole),
      );
      const others = (company.get(path) ?? []).map((file) => `import ${JSON.stringify(file)};`);
      return { contents: [text, ...others].join("\n"), loader: "ts" };
    });
    // Without effects of its own, what is imported for company alone would be left out again.
    build.onResolve({ filter: /^[./].*\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      sideEffects: company.size > 0,
    }));

    /** In as many lines as it was, so that positions stay. */
    function importsOf(names, door) {
      if (!behind.has(door)) behind.set(door, filesBehind(door));
      const wanted = names.split(",").filter((name) => name.trim() !== "" && !/^\s*type /.test(name));
      const lines = "\n".repeat(names.split("\n").length - 1);
      const imports = wanted.map((name) => {
        const [exported] = name.trim().split(" as ");
        return `import { ${name.trim()} } from ${JSON.stringify(behind.get(door).get(exported) ?? door)};`;
      });
      return `${imports.join(" ")}${lines}`;
    }
  },
});

function doorFile(door) {
  const [name, ...folder] = door.split("/");
  return join(realpathSync(join(root, "node_modules/@omnibase", name)), "src", ...folder, "index.ts");
}

/** Which file each name of a door comes from; what the door itself makes is not among them. */
function filesBehind(door) {
  const exports = readFileSync(door, "utf8").matchAll(/^export \{([^}]*)\} from "(\.[^"]+)";/gm);
  return new Map(
    [...exports].flatMap(([, names, file]) => names.split(",").map((name) => [name.trim(), join(dirname(door), file)])),
  );
}

/**
 * The regular expressions take as long to load as everything else of the core, and few snapshots hold one: what is required
 * inside a function is loaded when it is asked for.
 */
export const expressionsWhenAsked = (required) => ({
  name: "expressions when they are asked for",
  setup(build) {
    const namespace = "when-asked";
    build.onResolve({ filter: /^re2js$/ }, ({ namespace: from, path }) =>
      from === namespace ? undefined : { path, namespace },
    );
    build.onLoad({ filter: /^re2js$/, namespace }, () => ({
      contents: `export const RE2JS = { compile: (source) => ${required}.RE2JS.compile(source) };`,
      resolveDir: join(root, "packages/core"),
    }));
  },
});

/** How our programs are put into one file each: the command, and whatever the lanes start as a process of its own. */
export const bundling = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@omnibase/source"],
  external: ["@photostructure/sqlite", "@resvg/resvg-js", "nodemailer", "oxc-transform", "undici"],
  // Some packages inside are CommonJS and ask for Node's modules by `require`.
  banner: {
    js: 'import { createRequire as omnibaseRequire } from "node:module"; const require = omnibaseRequire(import.meta.url);',
  },
  plugins: [pastTheDoors(), expressionsWhenAsked('require("re2js")')],
  logLevel: "warning",
};
