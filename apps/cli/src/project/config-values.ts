import type { Located, LocatedEntry, Problem } from "@omnibase/core";

/** Why a text will not do, or nothing. */
export type Rule = (text: string) => string | undefined;

export const dataRule: Rule = (text) => (text === "" || text.includes("\0") ? "it names no folder" : undefined);

export function mapAt(value: Located, what: string, problems: Problem[]): readonly LocatedEntry[] {
  if (value.kind === "map") return value.entries;
  problems.push({ code: "CONFIG_TYPE", severity: "error", message: `${what} is a map`, at: value.at });
  return [];
}

export function textAt({ key, value }: LocatedEntry, problems: Problem[], rule: Rule): string | undefined {
  return textOf(value, key, { problems, rule });
}

export function textsAt({ key, value }: LocatedEntry, problems: Problem[], rule: Rule): readonly string[] {
  if (value.kind === "list") return value.items.flatMap((item) => textOf(item, key, { problems, rule }) ?? []);
  problems.push({ code: "CONFIG_TYPE", severity: "error", message: `${key} is a list of texts`, at: value.at });
  return [];
}

function textOf(
  value: Located,
  key: string,
  { problems, rule }: { readonly problems: Problem[]; readonly rule: Rule },
): string | undefined {
  const { at } = value;
  if (value.kind !== "scalar" || typeof value.value !== "string") {
    problems.push({ code: "CONFIG_TYPE", severity: "error", message: `${key} is a text`, at });
    return undefined;
  }
  const reason = rule(value.value);
  if (reason === undefined) return value.value;
  problems.push({ code: "CONFIG_VALUE", severity: "error", message: `${key}: ${reason}`, at });
  return undefined;
}

export const unknownKey = ({ key, keyAt }: LocatedEntry, known: readonly string[]): Problem => ({
  code: "CONFIG_UNKNOWN_KEY",
  severity: "error",
  message: `nobody reads the key ${key}`,
  at: keyAt,
  hint: `the keys here are ${known.join(", ")}`,
});
