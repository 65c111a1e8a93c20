import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import {
  diff,
  err,
  ok,
  parseIdentifier,
  printable,
  seal,
  type Change,
  type Compiled,
  type Digest,
  type Result,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { ExecutionRow } from "@omnibase/spi";
import { tenant } from "../data/layout.ts";
import { withStore } from "../data/read-data.ts";
import { snapshotNamed } from "../data/snapshot-view.ts";
import { counted } from "../edge/counted.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { check } from "../project/compiler.ts";
import { openPlace, type Place } from "../project/open.ts";
import { wantedIn } from "../project/wanted.ts";
import { changeLine } from "../text/change-line.ts";

/**
 * What the second can do that the first cannot. Ends with 1 where that is something, or where a person must look. Where both
 * are executions, in what they differ.
 */
export const command: Command = async (given, context) => {
  const [first = "", second] = given.args;
  const meant = await meantBy([first, ...(second === undefined ? [] : [second])], given, context);
  if (!meant.ok) return meant;
  if (meant.value !== undefined && second !== undefined) {
    const { comparison } = await import("../data/comparing.ts");
    return comparison(meant.value, first, second);
  }
  return snapshotDiff(given, context);
};

/** The place of the executions that are named; nothing where snapshots are. */
async function meantBy(
  names: readonly string[],
  given: Given,
  context: Context,
): Promise<Result<Place | undefined, Refused>> {
  const isThere = (name: string): boolean => existsSync(resolve(context.io.cwd(), name));
  const isPath = (name: string): boolean => isThere(name) || /[/\\.]/.test(name);
  const place = names.some(isId) ? await openPlace(given, context) : undefined;
  if (place?.ok !== true) return place === undefined || names.every(isPath) ? ok(undefined) : place;
  const known = await executionsAmong(names.filter(isId), place.value);
  const both = names.find((name) => isThere(name) && known.has(name));
  if (both !== undefined) return err(ambiguous(both));
  const executions = names.filter((name) => known.has(name) || !isPath(name));
  if (executions.length === 0) return ok(undefined);
  if (executions.length === 2) return ok(place.value);
  const message = `${executions.join(", ")} would be an execution, and an execution is compared with another`;
  return err({ exit: 2, code: "USAGE_INVALID_VALUE", message, hint: "name two snapshots, or two executions" });
}

async function executionsAmong(names: readonly string[], place: Place): Promise<ReadonlySet<string>> {
  const rows = await withStore<readonly (ExecutionRow | undefined)[]>(place, [], (store) =>
    Promise.all(names.map((execution) => store.find({ tenant, execution }))),
  );
  return new Set(rows.flatMap((row) => row?.execution ?? []));
}

const isId = (name: string): boolean => parseIdentifier(name, "execution").ok;

const ambiguous = (name: string): Refused => ({
  exit: 2,
  code: "USAGE_AMBIGUOUS",
  message: `${name} is a file or a folder here, and an execution, too`,
  hint: `write ./${name} for what lies here`,
});

async function snapshotDiff(given: Given, context: Context): Promise<Result<Report, Refused>> {
  const before = await sideOf(given.args[0], given, context);
  if (!before.ok) return before;
  const after = await sideOf(given.args[1], given, context);
  if (!after.ok) return after;
  const changes = diff(before.value.compiled, after.value.compiled);
  const [more, unknown, less] = order.map((allows) => changes.filter((change) => change.allows === allows).length);
  const tally = { more: more ?? 0, unknown: unknown ?? 0, less: less ?? 0 };
  const sides = { before: before.value.digest, after: after.value.digest };
  const document = documentOf("omnibase-diff/1", { ...sides, ...tally, changes });
  const lines = [...order.flatMap((allows) => linesOf(changes, allows)), summaryOf(tally)];
  const text = lines.map((line) => printable(line, lineCharsMax)).join("\n");
  return ok({ exit: tally.more + tally.unknown === 0 ? 0 : 1, document, text });
}

const lineCharsMax = 1_000;

interface Side {
  readonly digest: Digest;
  readonly compiled: Compiled;
}

/** A snapshot file, verified; or a folder, compiled. Without a name: the project as it stands. */
async function sideOf(named: string | undefined, given: Given, context: Context): Promise<Result<Side, Refused>> {
  if (named === undefined || isFolder(resolve(context.io.cwd(), named))) return compiledIn(named, given, context);
  const snapshot = await snapshotNamed(named, given, context);
  return snapshot.ok ? ok({ digest: snapshot.value.digest, compiled: snapshot.value }) : snapshot;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

async function compiledIn(folder: string | undefined, given: Given, context: Context): Promise<Result<Side, Refused>> {
  const list: Given["list"] = (option) =>
    option === "workspace" && folder !== undefined ? [folder] : given.list(option);
  const place = await openPlace({ ...given, list }, context);
  if (!place.ok) return place;
  const checked = await check(place.value, wantedIn(given));
  if (!checked.ok) return err({ ...checked.error, base: place.value.workspaces[0]?.root });
  const { compiled } = checked.value;
  return ok({ digest: seal(compiled, { sha256 }).digest, compiled });
}

const order: readonly Change["allows"][] = ["more", "unknown", "less"];
const linesOf = (changes: readonly Change[], allows: Change["allows"]): readonly string[] =>
  changes.filter((change) => change.allows === allows).map(changeLine);

function summaryOf({ less, more, unknown }: { readonly [A in Change["allows"]]: number }): string {
  if (more + less + unknown === 0) return "no difference";
  return [
    counted(more, "allows more", "allow more"),
    counted(unknown, "needs a look", "need a look"),
    counted(less, "allows less", "allow less"),
  ].join(", ");
}
