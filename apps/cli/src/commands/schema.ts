import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { err, jsonSchemas, ok, printable, type JsonObject } from "@omnibase/core";
import { documentOf, type Report } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { shownPath } from "../text/result-text.ts";

/** What an editor needs to know of a kind of artifact. */
export const command: Command = async (given, { io }) => {
  await Promise.resolve();
  const schemas = jsonSchemas();
  const kinds = Object.keys(schemas);
  const [asked] = given.args;
  const schema = asked === undefined ? undefined : schemas[asked];
  if (asked !== undefined && schema === undefined) {
    const message = `there is no kind of artifact ${printable(asked)}`;
    return err({ exit: 3, code: "KIND_UNKNOWN", message, hint: `the kinds are ${kinds.join(", ")}` });
  }
  const out = given.text("out");
  if (out !== undefined)
    return ok(
      written(resolve(io.cwd(), out), asked === undefined || schema === undefined ? schemas : { [asked]: schema }),
    );
  if (schema === undefined)
    return ok({ exit: 0, document: documentOf("omnibase-kinds/1", { kinds }), text: kinds.join("\n") });
  return ok({ exit: 0, document: schema, text: textOf(schema) });
};

const textOf = (schema: JsonObject): string => JSON.stringify(schema, undefined, 2);

function written(folder: string, schemas: { readonly [kind: string]: JsonObject }): Report {
  mkdirSync(folder, { recursive: true });
  const files = Object.entries(schemas).map(([kind, schema]) => {
    const file = join(folder, `${kind}.json`);
    writeFileSync(file, `${textOf(schema)}\n`);
    return shownPath(file);
  });
  return { exit: 0, document: documentOf("omnibase-schemas/1", { files }), text: files.join("\n") };
}
