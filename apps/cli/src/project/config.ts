import {
  err,
  isMailServer,
  ok,
  parseIdentifier,
  type Located,
  type LocatedEntry,
  type Problem,
  type Result,
} from "@omnibase/core";
import type { SecretSource } from "@omnibase/infra/secrets";
import { retentionIn, type RetentionPolicy } from "./config-retention.ts";
import { dataRule, mapAt, textAt, textsAt, unknownKey, type Rule } from "./config-values.ts";

/** What `omnibase.yaml` says. */
export interface Config {
  readonly namespace?: string;
  /** Relative to the file. */
  readonly data?: string;
  /** The folder of transforms that the project brings, relative to the file. */
  readonly implementations?: string;
  /** Whether they are executed in the process of the host, without limits. */
  readonly trustsImplementations?: boolean;
  /** Folders of published Markdown, which says no namespace: folder, relative to the file → namespace. */
  readonly published?: Readonly<Record<string, string>>;
  /** Origins that declared work may call. */
  readonly hosts: readonly string[];
  /** Keys that count beside the project's own. */
  readonly trust: readonly string[];
  /** Secrets that declared work may ask for: name → where the value lies. A file is relative to this one. */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
  /** What `omnibase retention` lets go. */
  readonly retention?: RetentionPolicy;
}

export const configFile = "omnibase.yaml";

const keys = ["namespace", "data", "implementations", "published", "grants", "trust", "retention"];

/** Reads the project file. A key that nobody reads is an error, because its author believes that someone does. */
export function readConfig(document: Located): Result<Config, readonly Problem[]> {
  const problems: Problem[] = [];
  const config: { -readonly [Key in keyof Config]: Config[Key] } = { hosts: [], trust: [] };
  const top = mapAt(document, "the project file", problems);
  for (const entry of top) {
    switch (entry.key) {
      case "namespace":
        config.namespace = textAt(entry, problems, namespaceRule) ?? "";
        break;
      case "data":
        config.data = textAt(entry, problems, dataRule) ?? "";
        break;
      case "implementations":
        Object.assign(config, implementationsIn(entry, problems));
        break;
      case "published":
        config.published = namespacesIn(entry, problems);
        break;
      case "trust":
        config.trust = textsAt(entry, problems, keyRule);
        break;
      case "grants":
        for (const grant of mapAt(entry.value, "grants", problems)) {
          if (grant.key === "hosts") config.hosts = textsAt(grant, problems, originRule);
          else if (grant.key === "secrets") config.secrets = secretsIn(grant, problems);
          else problems.push(unknownKey(grant, ["hosts", "secrets"]));
        }
        break;
      case "retention":
        config.retention = retentionIn(entry, problems);
        break;
      default:
        problems.push(unknownKey(entry, keys));
    }
  }
  return problems.length > 0 ? err(problems) : ok(config);
}

const namespaceRule: Rule = (text) => {
  const parsed = parseIdentifier(text, "namespace");
  return parsed.ok ? undefined : parsed.error.message;
};

/** Plain names below the project: what lies elsewhere is a workspace of its own. */
const folderRule: Rule = (text) =>
  text.split("/").every((name) => /^(?!\.)[\w.-]+$/.test(name))
    ? undefined
    : "a folder below the project is named like a/b";

function namespacesIn({ value }: LocatedEntry, problems: Problem[]): Readonly<Record<string, string>> {
  const folders = mapAt(value, "published", problems);
  for (const { key, keyAt: at } of folders) {
    const reason = folderRule(key);
    if (reason !== undefined)
      problems.push({ code: "CONFIG_VALUE", severity: "error", message: `published: ${reason}`, at });
  }
  return Object.fromEntries(folders.map((entry) => [entry.key, textAt(entry, problems, namespaceRule) ?? ""]));
}

/** The folder alone, or with the word that its code is trusted. */
function implementationsIn(
  entry: LocatedEntry,
  problems: Problem[],
): Pick<Config, "implementations" | "trustsImplementations"> {
  if (entry.value.kind !== "map") return { implementations: textAt(entry, problems, dataRule) ?? "" };
  const found: { implementations?: string; trustsImplementations?: boolean } = {};
  for (const inner of entry.value.entries) {
    if (inner.key === "folder") found.implementations = textAt(inner, problems, dataRule) ?? "";
    else if (inner.key !== "trusted") problems.push(unknownKey(inner, ["folder", "trusted"]));
    else if (inner.value.kind === "scalar" && typeof inner.value.value === "boolean") {
      found.trustsImplementations = inner.value.value;
    } else {
      const { at } = inner.value;
      problems.push({ code: "CONFIG_TYPE", severity: "error", message: "trusted is true or false", at });
    }
  }
  if (found.implementations === undefined) {
    problems.push({
      code: "CONFIG_VALUE",
      severity: "error",
      message: "implementations names no folder",
      at: entry.keyAt,
    });
  }
  return found;
}

const secretRule: Rule = (text) => (text === "" || text.includes("\0") ? "it says nowhere" : undefined);

function secretsIn({ value }: LocatedEntry, problems: Problem[]): Readonly<Record<string, SecretSource>> {
  const sources = mapAt(value, "secrets", problems).flatMap((entry): readonly (readonly [string, SecretSource])[] => {
    const { key: name, keyAt: at } = entry;
    const [source, ...more] = mapAt(entry.value, name, problems);
    if (!/^\w{1,100}$/.test(name) || source === undefined || more.length > 0) {
      const message = `${name}: a secret has a name of letters, digits and _, and one place`;
      problems.push({ code: "CONFIG_VALUE", severity: "error", message, at, hint: "write NAME: { env: VARIABLE }" });
      return [];
    }
    const place = textAt(source, problems, secretRule) ?? "";
    if (source.key === "env") return [[name, { env: place }]];
    if (source.key === "file") return [[name, { file: place }]];
    problems.push(unknownKey(source, ["env", "file"]));
    return [];
  });
  return Object.fromEntries(sources);
}

const keyRule: Rule = (text) =>
  /^sha256:[\da-f]{64}$/.test(text) ? undefined : "a key is named by sha256: and 64 hexadecimal digits";

const originRule: Rule = (text) =>
  (URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)) || isMailServer(text)
    ? undefined
    : "a host is an origin like https://api.example.org or smtp://mail.example.org:587, without a path";
