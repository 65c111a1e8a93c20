import { parseEnv } from "node:util";
import { decodeUtf8, err, limits, ok, type Result } from "@omnibase/core";
import { readPlainFile } from "@omnibase/infra/files";
import { refusedFault } from "../text/faults.ts";
import { shownPath } from "../text/result-text.ts";
import type { Refused } from "./report.ts";

/** `NAME=value`, a line for each, as shells and other programs write it. */
export function readVariables(file: string): Result<Readonly<Record<string, string>>, Refused> {
  try {
    const text = decodeUtf8(readPlainFile(file, limits.artifactBytesMax), { file, family: "ARTIFACT" });
    if (text.ok)
      return ok(Object.fromEntries(Object.entries(parseEnv(text.value)).map(([name, value = ""]) => [name, value])));
    return err({ exit: 2, code: "CONFIG_VALUE", message: `${shownPath(file)} is no text in UTF-8` });
  } catch (error) {
    return err(refusedFault(error));
  }
}
