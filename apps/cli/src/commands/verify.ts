import { resolve } from "node:path";
import { err, ok, verifyReceipt } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { readPlainFile } from "@omnibase/infra/files";
import { keyIn } from "../data/snapshot-view.ts";
import { sizeText } from "../text/size-text.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";

/** Needs the receipt, the log and the public key: no project, no store, no network. */
export const command: Command = async (given, context) => {
  const read = (file = ""): Uint8Array => readPlainFile(resolve(context.io.cwd(), file));
  const trust = keyIn(given.text("key") ?? "", context);
  if (!trust.ok) return trust;
  const files = { receipt: read(given.args[0]), log: read(given.text("log")) };
  const told = context.progress.working(`verifying ${sizeText(files.log.byteLength)}`);
  const verified = verifyReceipt(files, { sha256, trust: trust.value });
  told.done();
  await Promise.resolve();
  if (!verified.ok) {
    const { code, detail, revision } = verified.error;
    const at = revision === undefined ? "" : ` (revision ${String(revision)})`;
    const facts = { verified: false, detail, ...(revision === undefined ? {} : { revision }) };
    return err({ exit: 5, code, message: `the receipt does not hold: ${detail}${at}`, facts });
  }
  const { execution, head, keyid, records, workflow } = verified.value;
  const text = [
    `holds      execution ${execution} of ${workflow}`,
    `records    ${String(records)}`,
    `head       ${head}`,
    `signed by  ${keyid}`,
  ].join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-verified/1", { verified: true, ...verified.value }), text });
};
