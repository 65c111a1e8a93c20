import { ok, printable } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { setting } from "../program/variables.ts";
import { configFile } from "../project/config.ts";
import type { Origin } from "../project/locate.ts";
import { openPlace } from "../project/open.ts";

/** Every setting that counts here, and who said it. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const principal = setting("OMNIBASE_PRINCIPAL", context.io);
  const format = setting("OMNIBASE_FORMAT", context.io);
  if (!principal.ok) return principal;
  if (!format.ok) return format;
  const { config, dataRoot, implementations, origins, workspaces } = place.value;
  const spoken = given.text("format") ?? (given.flag("json") ? "json" : undefined);
  const settings: readonly Shown[] = [
    ["workspace", workspaces.map(({ root }) => root), origins.workspaces],
    ["data-root", dataRoot, origins.dataRoot],
    ["implementations", implementations ?? null, origins.implementations],
    ["principal", principal.value ?? "local", fromEnvironment(principal.value)],
    ["format", spoken ?? format.value ?? "human", spoken === undefined ? fromEnvironment(format.value) : "flag"],
    ["namespace", config.namespace ?? null, said(config.namespace)],
    ["grants.hosts", config.hosts, config.hosts.length === 0 ? "default" : "file"],
    ["grants.secrets", Object.keys(config.secrets ?? {}), said(config.secrets)],
    ["trust", config.trust, config.trust.length === 0 ? "default" : "file"],
  ];
  const width = Math.max(...settings.map(([, value]) => textOf(value).length));
  const lines = settings.map(
    ([name, value, origin]) => `${name.padEnd(16)} ${textOf(value).padEnd(Math.min(width, 60))}  ${told[origin]}`,
  );
  const rows = settings.map(([name, value, origin]) => ({ name, value, origin }));
  return ok({ exit: 0, document: documentOf("omnibase-config/1", { settings: rows }), text: lines.join("\n") });
};

type Shown = readonly [name: string, value: string | readonly string[] | null, origin: Origin];

const said = (value: unknown): Origin => (value === undefined ? "default" : "file");
const fromEnvironment = (value: unknown): Origin => (value === undefined ? "default" : "environment");

const told: Readonly<Record<Origin, string>> = {
  flag: "flag",
  environment: "environment",
  file: configFile,
  default: "default",
};

function textOf(value: Shown[1]): string {
  const text = typeof value === "string" || value === null ? value : value.join(", ");
  return text === null || text === "" ? "-" : printable(text, 300);
}
