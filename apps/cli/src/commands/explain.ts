import { err, ok, printable } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { codeNames, explanationOf } from "../text/codes.ts";

/** What a code means and what to do about it. */
export const command: Command = async (given) => {
  await Promise.resolve();
  const code = (given.args[0] ?? "").toUpperCase();
  const found = explanationOf(code);
  if (found === undefined) {
    const alike = codeNames.filter((name) => name.startsWith(code.split("_")[0] ?? "")).slice(0, 8);
    const hint = alike.length === 0 ? {} : { hint: `codes that begin alike: ${alike.join(", ")}` };
    return err({ exit: 3, code: "CODE_UNKNOWN", message: `there is no code ${printable(code)}`, ...hint });
  }
  const text = `${code}\n  ${found.says}\n  hint: ${found.hint}`;
  return ok({ exit: 0, document: documentOf("omnibase-code/1", { code, ...found }), text });
};
