import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ok } from "@omnibase/core";
import { makeFolders } from "@omnibase/infra/files";
import { lookedAt } from "../data/asked-execution.ts";
import { recorded } from "../data/read-data.ts";
import { signedReceipt } from "../data/signed-receipt.ts";
import { overRecords } from "../edge/progress.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { shownPath } from "../text/result-text.ts";

/** Three files that a stranger can verify: the receipt, the log that it speaks of, and the public key. */
export const command: Command = async (given, context) => {
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const record = await recorded(lookedAt(project.value, given, context.io), given.args[0]);
  if (!record.ok) return record;
  const { chain, lines, row } = record.value;
  const { key } = project.value;
  const told = overRecords(context.progress, lines.length, "signing");
  const receipt = signedReceipt(record.value, project.value);
  told.done();
  if (!receipt.ok) return receipt;
  const folder = resolve(context.io.cwd(), given.text("out") ?? "");
  makeFolders(folder);
  const texts = {
    "receipt.json": `${receipt.value}\n`,
    "log.jsonl": `${lines.join("\n")}\n`,
    "key.pub.pem": key.publicKeyPem,
  };
  const files = Object.entries(texts).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const facts = { execution: row.execution, records: lines.length, head: chain.head, keyid: key.keyid, files };
  const [one = "", log = "", pem = ""] = files.map(shownPath);
  const text = [
    ...[one, log, pem].map((file) => `file       ${file}`),
    "",
    `omnibase verify ${one} --log ${log} --key ${pem}`,
  ];
  return ok({ exit: 0, document: documentOf("omnibase-receipt-files/1", facts), text: text.join("\n") });
};
