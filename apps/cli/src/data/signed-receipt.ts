import { err, signReceipt, type Result } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { Refused } from "../edge/report.ts";
import type { Project } from "../project/open.ts";
import type { Recorded } from "./verified-record.ts";

export function signedReceipt({ lines }: Recorded, { key }: Pick<Project, "key">): Result<string, Refused> {
  const receipt = signReceipt(lines, { sha256, signer: key });
  if (receipt.ok) return receipt;
  const { code, detail } = receipt.error;
  return err({ exit: code === "NOT_ENDED" ? 4 : 5, code, message: `no receipt: ${detail}` });
}
