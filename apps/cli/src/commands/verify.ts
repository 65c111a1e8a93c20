import { statSync } from "node:fs";
import { resolve } from "node:path";
import {
  contradiction,
  err,
  ok,
  readReceipt,
  verifyReceipt,
  type ReceiptRefusal,
  type Result,
  type Trust,
  type VerifiedReceipt,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { readPlainFile } from "@omnibase/infra/files";
import { verifyArchiveAt } from "../data/archive-folder.ts";
import { recorded } from "../data/read-data.ts";
import { tombstoneOf } from "../data/removed.ts";
import { trustAsked } from "../data/snapshot-view.ts";
import { counted } from "../edge/counted.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { openPlace, type Place } from "../project/open.ts";

/** With a key and a log it needs no project, no store and no network. */
export const command: Command = async (given, context) => {
  const path = resolve(context.io.cwd(), given.args[0] ?? "");
  const trust = await trustAsked(given, context);
  if (!trust.ok) return trust;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return archiveReport(path, trust.value);
  const receipt = readPlainFile(path);
  const log = given.text("log");
  if (log === undefined) return rememberedReport(receipt, trust.value, { given, context });
  const files = { receipt, log: readPlainFile(resolve(context.io.cwd(), log)) };
  return receiptReport(verifyReceipt(files, { sha256, trust: trust.value }), "its log");
};

/** Against what the data root holds of the execution: its log, or the head that is remembered of it. */
async function rememberedReport(
  receipt: Uint8Array,
  trust: Trust,
  { context, given }: { readonly context: Context; readonly given: Given },
): Promise<Result<Report, Refused>> {
  const claim = readReceipt(receipt, { trust });
  if (!claim.ok) return receiptReport(claim, "");
  const place = await openPlace(given, context);
  if (!place.ok) return err(noLog);
  const tombstone = await tombstoneOf(place.value, claim.value.execution);
  if (tombstone === undefined) return standingReport(place.value, receipt, { trust, execution: claim.value.execution });
  const wrong = contradiction(claim.value, tombstone);
  return receiptReport(wrong === undefined ? claim : err(wrong), "the head that is remembered of it");
}

const noLog: Refused = {
  exit: 2,
  code: "USAGE_MISSING_OPTION",
  message: "nothing says against what to verify the receipt",
  hint: "--log names its log; --data-root or --workspace says where the execution was",
};

async function standingReport(
  place: Place,
  receipt: Uint8Array,
  { execution, trust }: { readonly execution: string; readonly trust: Trust },
): Promise<Result<Report, Refused>> {
  const record = await recorded(place, execution);
  if (!record.ok) return record;
  const log = Buffer.from(record.value.lines.map((line) => `${line}\n`).join(""));
  return receiptReport(verifyReceipt({ receipt, log }, { sha256, trust }), "its log in the data root");
}

function receiptReport(verified: Result<VerifiedReceipt, ReceiptRefusal>, against: string): Result<Report, Refused> {
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
    `against    ${against}`,
    `signed by  ${keyid}`,
  ].join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-verified/1", { verified: true, ...verified.value }), text });
}

function archiveReport(folder: string, trust: Trust): Result<Report, Refused> {
  const verified = verifyArchiveAt(folder, trust);
  if (!verified.ok) return verified;
  const { archive, keyid } = verified.value;
  const facts = { verified: true, tenant: archive.tenant, keyid, executions: archive.executions };
  const text = [
    `holds      ${counted(archive.executions.length, "execution")}, ${counted(archive.files.length, "file")}`,
    ...archive.executions.map(({ execution, head }) => `           ${execution}  ${head}`),
    `signed by  ${keyid}`,
  ].join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-verified-archive/1", facts), text });
}
