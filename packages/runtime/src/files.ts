import {
  canonical,
  entityBound,
  importStore,
  toldByLines,
  objectText,
  parseJson,
  plain,
  projectionForm,
} from "@omnibase/core";
import type { EntityRules, Json, StoreKind } from "@omnibase/core";
import type { Import, OwnerRefusal, ProjectRequest, Reply, Store } from "@omnibase/spi";
import { toldElsewhere } from "./foreign-logs.ts";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";
import type { Pinned } from "./programs.ts";

/** The stores that a workflow operates on, with the file that shows each. */
interface ProjectedStore {
  readonly store: string;
  readonly file: string;
  readonly kind: StoreKind;
  /** What its records are, where a workflow knows. */
  readonly rules: EntityRules | undefined;
}

/** Also those of the workflows that it asks for: whoever starts it takes their files in, and shows them. */
function storesOf({ machine, snapshot }: Pinned): readonly ProjectedStore[] {
  const names = new Map<string, EntityRules | undefined>();
  const workflows = new Set([machine.program.graph.workflow]);
  for (const workflow of workflows) {
    for (const place of Object.values(snapshot.graphs[workflow]?.places ?? {})) {
      if (place.kind !== "call") continue;
      if (place.work.kind === "operate") names.set(place.work.store, entityBound(place.inputs));
      if (place.work.kind === "child") workflows.add(place.work.workflow);
    }
  }
  return [...names].flatMap(([store, rules]) => {
    const grant = snapshot.authority.stores[store];
    return grant === undefined ? [] : [{ store, rules, ...grant }];
  });
}

/** Which files a start must take in first, or why it may not: a file that someone changed by hand is never overwritten. */
export async function importsFor(
  parts: HostParts,
  pinned: Pinned,
  { acceptFiles, tenant }: { readonly acceptFiles: boolean; readonly tenant: string },
): Promise<Reply<readonly Import[]>> {
  const imports: Import[] = [];
  const stores = storesOf(pinned);
  for (const projected of stores) {
    const found = await importOf(parts, projected, { acceptFiles, tenant });
    if (!found.ok) return found;
    if (found.value !== undefined) imports.push(found.value);
  }
  const own = new Set(stores.map(({ file }) => file));
  return { ok: true, value: [...imports, ...(await toldElsewhere(parts, pinned, { own, tenant }))] };
}

async function importOf(
  { clock, files, sha256, store: owned }: HostParts,
  { file, kind, rules, store }: ProjectedStore,
  { acceptFiles, tenant }: { readonly acceptFiles: boolean; readonly tenant: string },
): Promise<Reply<Import | undefined>> {
  const text = await files.read(file);
  if (text === undefined) return { ok: true, value: undefined };
  const digest = `sha256:${sha256(text)}`;
  const recorded = await owned.fileDigests(tenant, file);
  if (recorded.includes(digest)) return { ok: true, value: undefined };
  const known = recorded.at(-1) ?? ((await holdsNothing(owned, tenant, store)) ? undefined : "none");
  if (known !== undefined && !acceptFiles)
    return refuse({ code: "DATA_FILE_DRIFT", file, recorded: known, found: digest });
  const values = projectionForm[kind] === "lines" ? linesOf(file, text) : objectIn(file, text);
  if (!values.ok) return values;
  const imported = importStore({ kind, file, rules }, values.value);
  if (!imported.ok) return refuse({ code: "DATA_FILE_UNREADABLE", file, detail: imported.error[0]?.message ?? "" });
  const replaces = known === undefined ? {} : { replaces: known };
  const events = toldByLines(store, imported.value.journal, clock.nowMs());
  const told = events.length === 0 ? {} : { events };
  return { ok: true, value: { store, file, digest, ...replaces, ...imported.value, ...told } };
}

/** The values of a file in their one spelling. */
function valuesText({ file, kind }: ProjectedStore, text: string): string {
  const values = projectionForm[kind] === "lines" ? linesOf(file, text) : objectIn(file, text);
  return values.ok ? canonical(values.value) : text;
}

const holdsNothing = async (owned: Store, tenant: string, store: string): Promise<boolean> =>
  (await owned.journal(tenant, store)).length === 0 && (await owned.entities(tenant, store)).length === 0;

const refuse = (error: OwnerRefusal): Reply<never> => ({ ok: false, error });

function linesOf(file: string, text: string): Reply<readonly Json[]> {
  const values: Json[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = parseJson(line, { file, family: "PAYLOAD" });
    if (!parsed.ok) {
      const detail = `line ${String(index + 1)}: ${parsed.error[0]?.message ?? "not JSON"}`;
      return refuse({ code: "DATA_FILE_UNREADABLE", file, detail });
    }
    values.push(plain(parsed.value));
  }
  return { ok: true, value: values };
}

/** A text of blanks is no value, and an empty store. */
function objectIn(file: string, text: string): Reply<readonly Json[]> {
  if (text.trim() === "") return { ok: true, value: [] };
  const parsed = parseJson(text, { file, family: "PAYLOAD", bytesMax: hostLimits.objectFileBytesMax });
  if (parsed.ok) return { ok: true, value: [plain(parsed.value)] };
  const [problem] = parsed.error;
  const detail = problem === undefined ? "not JSON" : `line ${String(problem.at.line)}: ${problem.message}`;
  return refuse({ code: "DATA_FILE_UNREADABLE", file, detail });
}

/** What the file of a store is to say; absent where the store holds nothing. */
async function textOf({ kind, store }: ProjectedStore, owned: Store, tenant: string): Promise<string | undefined> {
  if (projectionForm[kind] === "object") {
    const entities = await owned.entities(tenant, store);
    return entities.length === 0 ? undefined : objectText(entities);
  }
  const lines = await owned.journal(tenant, store);
  return lines.length === 0 ? undefined : `${lines.map(({ line }) => line).join("\n")}\n`;
}

/** Shows each store as its journal or as what it holds. The digest is recorded before the file is written, so our own writing is no drift. */
export async function project(
  parts: HostParts,
  pinned: Pinned,
  { tenant }: ProjectRequest,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const projected of storesOf(pinned)) {
    const { file } = projected;
    const held = await textOf(projected, parts.store, tenant);
    const recorded = await parts.store.fileDigests(tenant, file);
    // A store that nobody ever wrote to has no file. One that was emptied still has its file, and nothing in it.
    if (held === undefined && (projected.kind !== "document" || recorded.length === 0)) continue;
    const text = held ?? objectText([]);
    const digest = `sha256:${parts.sha256(text)}`;
    written.push(file);
    const current = await parts.files.read(file);
    if (recorded.at(-1) === digest && current === text) continue;
    if (current !== undefined && recorded.at(-1) === `sha256:${parts.sha256(current)}`) {
      // What was taken in and still says what the store holds keeps its bytes: nobody wrote to it.
      if (valuesText(projected, current) === valuesText(projected, text)) continue;
    }
    parts.failpoint("project.before-record");
    await parts.store.recordFile(tenant, file, digest);
    parts.failpoint("project.before-write");
    await parts.files.write(file, text);
    parts.failpoint("project.after-write");
  }
  return written;
}

export const requestText = (workflow: string, input: Json): string => `${workflow}\n${canonical(input)}`;
