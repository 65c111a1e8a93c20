import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { printable } from "@omnibase/core";
import { projectKeyFile } from "@omnibase/infra/crypto";
import { secretsFor } from "../data/handlers.ts";
import { counted } from "../edge/counted.ts";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";
import { lyingIn, unreadIn } from "../project/lying.ts";
import type { Place } from "../project/open.ts";
import { shownPath } from "../text/result-text.ts";
import { broken, doubtful, fine, type Finding } from "./finding.ts";

/** A project that cannot even be opened. */
export function refusedFinding({ code, hint, message, problems = [] }: Refused): Finding {
  const [first] = problems;
  const where = first === undefined ? "" : `: ${first.at.file}:${String(first.at.line)} ${first.message}`;
  const says = printable(`${code} ${message}${where}`, 1_000);
  if (code === "PROJECT_NOT_FOUND")
    return doubtful("project", "there is none here or above", "`omnibase init` begins one");
  return broken("project", says, hint ?? "`omnibase explain` says more about the code");
}

export async function projectFindings(place: Place): Promise<readonly Finding[]> {
  const { key, stateFolder, workspaces } = place;
  const lying = await lyingIn(place);
  const files = lying.ok
    ? lying.value.read.reduce((sum, one) => sum + one.sources.files.length + one.modules.entries.length, 0)
    : 0;
  const unread = lying.ok ? unreadIn(lying.value) : [];
  const [first] = unread;
  const shown = workspaces.map(({ root }) => shownPath(root)).join(", ");
  const others = place.config.trust.filter((keyid) => keyid !== key?.keyid).length;
  return [
    first === undefined
      ? fine("project", workspaces.length === 0 ? "none" : `${shown}: ${counted(files, "declared file")}`)
      : broken("project", `${first.at.file}: ${first.message}`, "`omnibase check` lists everything that is wrong"),
    keyFinding(stateFolder, key?.keyid),
    key === undefined && others === 0
      ? fine("trust", "no key yet: the first snapshot makes one")
      : fine("trust", `the own key and ${counted(others, "other")}`),
  ];
}

function keyFinding(stateFolder: string, keyid: string | undefined): Finding {
  const file = join(stateFolder, projectKeyFile);
  if (keyid === undefined) return fine("key", "none yet: it is made when something is signed first");
  const isAsked = existsSync(stateFolder) && process.platform !== "win32";
  const mode = isAsked ? statSync(stateFolder).mode & 0o777 : 0;
  if ((mode & 0o077) === 0) return fine("key", `${shownPath(file)} (600), ${keyid}`);
  return doubtful("key", `others may look into ${shownPath(stateFolder)}`, `chmod 700 ${shownPath(stateFolder)}`);
}

/** Whether each secret can be had, and never what it is. */
export async function secretFindings(place: Place, { env }: Pick<Io, "env">): Promise<readonly Finding[]> {
  const secrets = secretsFor({ ...place, env });
  const findings: Finding[] = [];
  for (const [name, source] of Object.entries(place.config.secrets ?? {})) {
    const where = "env" in source ? `the variable ${source.env}` : `the file ${source.file}`;
    const found = await secrets.resolve(name);
    findings.push(
      found.ok
        ? fine("secret", `secret://${name} is in ${where}`)
        : broken("secret", `secret://${name}: ${found.error.message}`, `put its value into ${where}`),
    );
  }
  return findings;
}
