import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { decodeSnapshotFile, encodeSnapshotFile, seal, signReceipt, verifyReceipt } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { greetingCompiled, greetingLog, testKey } from "@omnibase/testkit";
import { breachesIn } from "../../architecture/architecture.ts";
import type { Control } from "../judge/verdict.ts";

/** A wall with a hole in it: core reads the disk. */
export function breachIsNoticed(): Control {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-breach-"));
  const file = join(folder, "packages/core/src/v.ts");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'import "node:fs";');
  writeFileSync(join(folder, "packages/core/package.json"), "{}");
  const red = breachesIn(folder).length > 0;
  rmSync(folder, { recursive: true });
  return { name: "core reads the disk", red };
}

/** A loader that takes every signature for good must let some byte through, or our counting counts nothing. */
export function blindLoaderIsNoticed(): Control {
  const key = testKey("blind");
  const file = Buffer.from(encodeSnapshotFile(seal(greetingCompiled, { sha256 }), key));
  const blind = { keyids: [key.keyid], verify: () => true };
  const accepted = Array.from(file.keys()).filter((at) => {
    const bytes = Buffer.from(file);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return decodeSnapshotFile(bytes, { sha256, trust: blind }).ok;
  });
  return { name: "a loader that verifies no signature", red: accepted.length > 0 };
}

/** A verifier that hashes nothing must let an edited log through. */
export function blindVerifierIsNoticed(): Control {
  const key = testKey("blind");
  const log = greetingLog({ execution: "e-1", name: "Ada" });
  const receipt = signReceipt(log, { sha256, signer: key });
  if (!receipt.ok) return { name: "a verifier that hashes nothing", red: false };
  const honest = verifyReceipt(filesOf(receipt.value, log.join("\n")), { sha256, trust: key.trust }).ok;
  const edited = log.join("\n").replace("Ada", "Bob");
  const noticed = verifyReceipt(filesOf(receipt.value, edited), { sha256, trust: key.trust }).ok;
  const blind = verifyReceipt(filesOf(receipt.value, edited), { sha256: hashesNothing, trust: key.trust }).ok;
  return { name: "an edited log", red: honest && !noticed && !blind };
}

const hashesNothing = (): string => "0".repeat(64);

const filesOf = (receipt: string, log: string): { readonly receipt: Uint8Array; readonly log: Uint8Array } => ({
  receipt: Buffer.from(`${receipt}\n`),
  log: Buffer.from(`${log}\n`),
});
