import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { err, ok, parseIdentifier, printable, type Result } from "@omnibase/core";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { templateNamed, templateNames } from "../project/templates.ts";
import { alike } from "../text/alike.ts";
import { shownPath, typed } from "../text/result-text.ts";

/** Writes a project to begin with, and nothing over what is there. */
export const command: Command = async (given, { io }) => {
  await Promise.resolve();
  if (given.flag("list")) return ok(listed());
  const name = given.text("template") ?? "hello";
  const names = templateNames();
  if (!names.includes(name)) {
    const near = alike(name, names);
    const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `there are ${names.join(", ")}`;
    return err({ exit: 3, code: "TEMPLATE_UNKNOWN", message: `there is no template ${printable(name)}`, hint });
  }
  const folder = resolve(io.cwd(), given.args[0] ?? "");
  const namespace = namespaceFor(given, folder);
  if (!namespace.ok) return namespace;
  const { files, next } = templateNamed(name, namespace.value);
  const inTheWay = [...files.keys()].filter((file) => lstatSync(join(folder, file), { throwIfNoEntry: false }));
  if (inTheWay.length > 0) return err(standing(folder, inTheWay));
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // Whoever was quicker keeps what they wrote.
    writeFileSync(join(folder, file), text, { flag: "wx" });
  }
  const way = relative(io.cwd(), folder);
  const commands = [...(way === "" ? [] : [`cd ${typed(way)}`]), ...next];
  const facts = { folder, template: name, namespace: namespace.value, files: [...files.keys()], next: commands };
  const text = [...[...files.keys()].map((file) => `file       ${shownPath(join(folder, file))}`), "", ...commands];
  return ok({ exit: 0, document: documentOf("omnibase-init/1", facts), text: text.join("\n") });
};

function listed(): Report {
  const templates = templateNames().map((name) => ({ name, summary: templateNamed(name, name).summary }));
  const width = Math.max(...templates.map(({ name }) => name.length));
  const text = templates.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`).join("\n");
  return { exit: 0, document: documentOf("omnibase-templates/1", { templates }), text };
}

/** As the option says, or made of the name of the folder. */
function namespaceFor(given: Given, folder: string): Result<string, Refused> {
  const said = given.text("namespace");
  const made = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  const parsed = parseIdentifier(
    said ?? (/^[a-z]/.test(made) ? made : `project_${made}`.replace(/_$/, "")),
    "namespace",
  );
  return parsed.ok ? ok(parsed.value) : err({ exit: 2, ...parsed.error });
}

const standing = (folder: string, files: readonly string[]): Refused => ({
  exit: 2,
  code: "INIT_IN_THE_WAY",
  message: `${shownPath(folder)} holds ${files.join(", ")} already, and nothing was written`,
  hint: "name another folder, or move these away",
  facts: { files },
});
