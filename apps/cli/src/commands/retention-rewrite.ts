import { existsSync } from "node:fs";
import { err, ok } from "@omnibase/core";
import { rewriteStore, tryOwnerLock } from "@omnibase/infra/sqlite";
import { storeFile, storeFolder } from "../data/layout.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { sizeText } from "../text/size-text.ts";

/** Makes the file of a store as small as what it holds. Nobody else is in it meanwhile. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const { dataRoot } = place.value;
  if (!existsSync(storeFile(dataRoot))) return err(noStore);
  const lock = tryOwnerLock(storeFolder(dataRoot));
  if (lock === undefined) return err(owned);
  const told = context.progress.working("rewriting the store");
  try {
    const { bytesAfter, bytesBefore } = rewriteStore(storeFile(dataRoot));
    const facts = { bytes_before: bytesBefore, bytes_after: bytesAfter };
    const text = `rewritten  ${sizeText(bytesAfter)}, before ${sizeText(bytesBefore)}`;
    return ok({ exit: 0, document: documentOf("omnibase-rewritten/1", facts), text });
  } finally {
    told.done();
    lock.release();
  }
};

const noStore: Refused = { exit: 3, code: "STORE_MISSING", message: "there is no store yet", hint: "`omnibase run`" };

const owned: Refused = {
  exit: 4,
  code: "STORE_LOCKED",
  message: "another process owns the data root",
  hint: "end it; a store that was made by this version or a later one gives room back by itself",
};
