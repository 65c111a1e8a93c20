import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { err, isObject, ok, plain, printable, type JsonObject } from "@omnibase/core";
import { documentOf, type Report } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { libraryDocuments, libraryNamespace } from "../project/library.ts";
import { fileOf, referenceIndex, referencePage } from "../text/reference-page.ts";
import { shownPath } from "../text/result-text.ts";

/** What a capability of the standard library takes and gives, as its artifact says. */
export const command: Command = async (given, { io }) => {
  const pages = await allPages();
  const [asked] = given.args;
  const page = pages.find(([identity]) => identity === asked || identity === `${libraryNamespace}::${String(asked)}`);
  if (asked !== undefined && page === undefined) {
    const message = `the library has no capability ${printable(asked)}`;
    return err({ exit: 3, code: "CAPABILITY_UNKNOWN", message, hint: "`omnibase reference` lists those that it has" });
  }
  const out = given.text("out");
  if (out !== undefined)
    return ok(written(resolve(io.cwd(), out), page === undefined ? whole(pages) : [fileFor(page)]));
  if (page !== undefined) return ok({ exit: 0, document: page[1], text: referencePage(...page).trimEnd() });
  const capabilities = pages.map(([identity]) => identity);
  return ok({
    exit: 0,
    document: documentOf("omnibase-capabilities/1", { capabilities }),
    text: capabilities.join("\n"),
  });
};

type Page = readonly [identity: string, artifact: JsonObject];

async function allPages(): Promise<readonly Page[]> {
  const documents = await libraryDocuments();
  return documents.flatMap(({ located }): readonly Page[] => {
    const artifact = plain(located);
    if (!isObject(artifact)) return [];
    const code = artifact["ct_code"] ?? artifact["cs_code"];
    return typeof code === "string" ? [[`${libraryNamespace}::${code}`, artifact]] : [];
  });
}

type File = readonly [name: string, text: string];

const fileFor = (page: Page): File => [fileOf(page[0]), referencePage(...page)];

const whole = (pages: readonly Page[]): readonly File[] => [
  ["README.md", referenceIndex(pages)],
  ...pages.map(fileFor),
];

function written(folder: string, files: readonly File[]): Report {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  const names = files.map(([name]) => shownPath(join(folder, name)));
  return { exit: 0, document: documentOf("omnibase-reference/1", { files: names }), text: names.join("\n") };
}
