import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundling } from "./bundling.mjs";
import { root } from "./run.mjs";

/** The standard library as it travels inside the command: read once, here, by the reader that the command has. */
export async function parsedLibrary() {
  const { locatedText, readYaml } = await reader();
  const folder = join(root, "contracts");
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const documents = names.toSorted().map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const located = readYaml(text, { file: `std:${name}` });
    if (!located.ok) throw new Error(`contracts/${name}: ${JSON.stringify(located.error)}`);
    return { name, text, located: locatedText(located.value) };
  });
  const digest = createHash("sha256").update(JSON.stringify(documents.map(({ name, text }) => ({ name, text }))));
  return { digest: digest.digest("hex"), text: JSON.stringify(documents) };
}

async function reader() {
  const outfile = join(root, "node_modules/.omnibase-reader.mjs");
  const contents = 'export { locatedText } from "@omnibase/core"; export { readYaml } from "@omnibase/infra/yaml";';
  await build({ ...bundling, stdin: { contents, resolveDir: root }, absWorkingDir: root, outfile });
  try {
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(outfile);
  }
}
