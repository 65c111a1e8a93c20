import { join } from "node:path";
import { root } from "./run.mjs";

/**
 * The regular expressions take as long to load as everything else of the core, and few snapshots hold one: what is required
 * inside a module is only prepared when it is asked for.
 */
const expressionsWhenAsked = {
  name: "expressions when they are asked for",
  setup(build) {
    const namespace = "when-asked";
    build.onResolve({ filter: /^re2js$/ }, ({ namespace: from, path }) =>
      from === namespace ? undefined : { path, namespace },
    );
    build.onLoad({ filter: /^re2js$/, namespace }, () => ({
      contents: 'export const RE2JS = { compile: (source) => require("re2js").RE2JS.compile(source) };',
      resolveDir: join(root, "packages/core"),
    }));
  },
};

/** How our programs are put into one file each: the command, and whatever the lanes start as a process of its own. */
export const bundling = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@omnibase/source"],
  external: ["@photostructure/sqlite", "nodemailer", "oxc-transform", "undici"],
  // Some packages inside are CommonJS and ask for Node's modules by `require`.
  banner: {
    js: 'import { createRequire as omnibaseRequire } from "node:module"; const require = omnibaseRequire(import.meta.url);',
  },
  plugins: [expressionsWhenAsked],
  logLevel: "warning",
};
