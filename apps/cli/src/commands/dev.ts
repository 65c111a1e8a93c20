import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { diff, err, ok, printable, type Change, type Result, type Snapshot } from "@omnibase/core";
import { readPlainFile } from "@omnibase/infra/files";
import { decodedSnapshot } from "../data/snapshot-view.ts";
import { counted } from "../edge/counted.ts";
import { printRefused } from "../edge/print.ts";
import { silent } from "../edge/progress.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { build } from "../project/build.ts";
import { digestOfBytes } from "../project/documents.ts";
import { lyingIn } from "../project/lying.ts";
import { locate } from "../project/locate.ts";
import { openPlace, openProject, type Place } from "../project/open.ts";
import { openWatch, type Watched } from "../project/watch.ts";
import { changeLine } from "../text/change-line.ts";

/** Compiles and executes again whenever something is saved, until a signal comes. What is wrong is said, and ends nothing. */
export const command: Command = async (given, context) => {
  const misused = misuseIn(given);
  if (misused !== undefined) return err(misused);
  const located = locate(given, context.io);
  if (!located.ok) return located;
  const roots = located.value.workspaces.value.map(({ root }) => root);
  if (roots.length === 0) return err(noProject);
  const over = new AbortController();
  const forget = context.io.onSignal(() => {
    forget();
    over.abort();
  });
  let last: Round = { kind: "refused", files: new Map() };
  const tally = { rounds: 0, refused: 0 };
  let place: Place | undefined;
  const watch = openWatch(() => watchedIn({ given, context, place, roots }), over.signal);
  try {
    for (let goesOn = true; goesOn; goesOn = await watch.changed()) {
      const opened = await guarded(() => openPlace(given, context));
      if (opened.ok) place = opened.value;
      const lying = await guarded(async () => ok(await filesOf(given, context, place)));
      const files = lying.ok ? lying.value : new Map<string, string>();
      const changed = tally.rounds === 0 ? [] : changedIn(last.files, files);
      if (tally.rounds > 0 && changed.length === 0 && opened.ok) continue;
      say(context, "", ...changed.map((file) => `changed    ${file}`));
      last = await round({ given, context, files, before: last.snapshot });
      tally.rounds += 1;
      if (last.kind === "refused") tally.refused += 1;
      say(context, "waiting for a change; Ctrl-C ends");
    }
  } finally {
    watch.close();
    forget();
  }
  const document = documentOf("omnibase-dev/1", { ...tally, snapshot: last.snapshot?.digest ?? null });
  return ok({ exit: 0, document, text: `${counted(tally.rounds, "round")}, ${String(tally.refused)} with problems` });
};

const noProject: Refused = {
  exit: 2,
  code: "PROJECT_NOT_FOUND",
  message: "there is no project to compile",
  hint: "go into one, or begin with `omnibase init`",
};

function misuseIn(given: Given): Refused | undefined {
  const [door, payload, workflow] = [given.text("ti"), given.text("payload"), given.text("wf")];
  if (payload === "-") {
    const message = "--payload - can be read once, and dev reads it for every round";
    return { exit: 2, code: "USAGE_INVALID_VALUE", message, hint: "name a file" };
  }
  if ((payload === undefined) === (workflow === undefined && door === undefined)) return undefined;
  const message = "what to execute and its payload belong together";
  return { exit: 2, code: "USAGE_MISSING_OPTION", message, hint: "give --wf or --ti, and --payload" };
}

/** On stderr, because it goes on while the command does; the result comes at the end. */
function say({ io }: Pick<Context, "io">, ...lines: readonly string[]): void {
  for (const line of lines) io.err(`${printable(line, lineCharsMax)}\n`);
}

const lineCharsMax = 1_000;

interface Round {
  readonly kind: "done" | "refused";
  /** What lay there, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** The last that compiled. */
  readonly snapshot?: Snapshot | undefined;
}

interface Doing {
  readonly given: Given;
  readonly context: Context;
  readonly files: Round["files"];
  readonly before: Snapshot | undefined;
}

async function round({ before, context, files, given }: Doing): Promise<Round> {
  const made = await compiled(given, context);
  if (!made.ok) {
    printRefused(context.io, "human", made.error);
    return { kind: "refused", files, snapshot: before };
  }
  const { snapshot, warnings } = made.value;
  const workflows = Object.keys(snapshot.graphs).join(", ") || "no workflows";
  say(context, `compiled   ${workflows}${warnings === 0 ? "" : `; ${counted(warnings, "warning")}`}`);
  if (before !== undefined) say(context, ...changesSaid(diff(before, snapshot)));
  const executed = given.text("payload") === undefined ? undefined : await executedOnce(given, context);
  if (executed?.ok === false) printRefused(context.io, "human", executed.error);
  else if (executed !== undefined) say(context, ...told(executed.value, given.text("data-root") !== undefined));
  return { kind: executed?.ok === false ? "refused" : "done", files, snapshot };
}

/** What one looks at while one writes. Of data that is gone by then, not where it lay. */
function told({ text }: Report, isKept: boolean): readonly string[] {
  const lines = (text.split("\n\n")[0] ?? "").split("\n");
  return lines.filter(
    (line) => !(isKept ? /^(?:workflow|snapshot|head) / : /^(?:execution|workflow|snapshot|head|file) /).test(line),
  );
}

async function compiled(
  given: Given,
  context: Context,
): Promise<Result<{ readonly snapshot: Snapshot; readonly warnings: number }, Refused>> {
  return guarded(async () => {
    const project = await openProject(given, context);
    if (!project.ok) return project;
    const built = await build(project.value, { workflow: given.text("wf"), ingress: given.text("ti") });
    if (!built.ok) return err({ ...built.error, base: project.value.workspaces[0]?.root });
    const snapshot = decodedSnapshot(Buffer.from(built.value.text), project.value.trust);
    return snapshot.ok ? ok({ snapshot: snapshot.value, warnings: built.value.warnings }) : snapshot;
  });
}

/** What is removed while it is read is a mistake of the moment, and ends nothing. */
async function guarded<T>(work: () => Promise<Result<T, Refused>>): Promise<Result<T, Refused>> {
  try {
    return await work();
  } catch (error) {
    const { refusedFault } = await import("../text/faults.ts");
    return err(refusedFault(error));
  }
}

/** The very command, on data that nobody keeps unless a data root is named: so the same payload does the same each time. */
async function executedOnce(given: Given, context: Context): Promise<Result<Report, Refused>> {
  const { command: run } = await import("./run.ts");
  const named = given.text("data-root");
  const root = named ?? mkdtempSync(join(tmpdir(), "omnibase-dev-"));
  const text = (option: string): string | undefined => {
    if (option === "data-root") return root;
    return option === "trace" ? "none" : given.text(option);
  };
  try {
    return await guarded(() => run({ ...given, text }, { ...context, progress: silent }));
  } finally {
    if (named === undefined) rmSync(root, { recursive: true, force: true });
  }
}

const changesMax = 3;

/** What it may do now that it could not before, in a line or a few. */
function changesSaid(changes: readonly Change[]): readonly string[] {
  const lines = changes.map((change) => `may do     ${changeLine(change)}`);
  const rest = lines.length - changesMax;
  return rest > 0 ? [...lines.slice(0, changesMax), `           … ${String(rest)} more; \`omnibase diff\``] : lines;
}

/** The digest of everything that a round depends on. What cannot be read is not there. */
async function filesOf(given: Given, { io }: Context, place: Place | undefined): Promise<Round["files"]> {
  const files = new Map<string, string>();
  const lying = place === undefined ? undefined : await lyingIn(place);
  for (const { configDigest, prefix } of place?.workspaces ?? []) files.set(`${prefix}omnibase.yaml`, configDigest);
  if (lying?.ok === true) {
    for (const { modules, sources } of lying.value.read) {
      for (const { digest, file } of [...sources.files, ...modules.files]) files.set(file, digest);
    }
    for (const { digest, file } of lying.value.brought.files) files.set(file, digest);
  }
  const payload = given.text("payload");
  if (payload !== undefined) files.set(payload, digestAt(resolve(io.cwd(), payload)));
  return files;
}

function digestAt(path: string): string {
  try {
    return digestOfBytes(readPlainFile(path));
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
}

function changedIn(before: Round["files"], after: Round["files"]): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
}

interface Looking {
  readonly given: Given;
  readonly context: Context;
  readonly roots: readonly string[];
  readonly place: Place | undefined;
}

/** The projects, their declared files, their code, and where the payload lies. */
function watchedIn({ context, given, place, roots }: Looking): readonly Watched[] {
  const payload = given.text("payload");
  const published = (place?.workspaces ?? []).flatMap(({ config, root }) =>
    Object.keys(config.published ?? {}).map((folder) => join(root, folder)),
  );
  const code = place?.implementations === undefined ? [] : [place.implementations];
  return [
    ...roots.map((folder) => ({ folder, deep: false })),
    ...roots.flatMap((root) =>
      ["contracts", "protocol_snapshot"].map((name) => ({ folder: join(root, name), deep: true })),
    ),
    ...[...published, ...code].map((folder) => ({ folder, deep: true })),
    ...(payload === undefined ? [] : [{ folder: dirname(resolve(context.io.cwd(), payload)), deep: false }]),
  ];
}
