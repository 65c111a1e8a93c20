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
  logLevel: "warning",
};
