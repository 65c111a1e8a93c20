import { canonical, importRegistry, parseJson, plain } from "@omnibase/core";
import type { Json } from "@omnibase/core";
import type { Import, OwnerRefusal, ProjectRequest, Reply } from "@omnibase/spi";
import type { HostParts } from "./parts.ts";
import type { Pinned } from "./programs.ts";

/** The stores that a workflow operates on, with the file that shows each. */
interface ProjectedStore {
  readonly store: string;
  readonly file: string;
}

function storesOf({ machine, snapshot }: Pinned): readonly ProjectedStore[] {
  const names = new Set<string>();
  for (const { place } of machine.program.steps.values()) {
    if (place.kind === "call" && place.work.kind === "operate") names.add(place.work.store);
  }
  return [...names].flatMap((store) => {
    const grant = snapshot.authority.stores[store];
    return grant === undefined ? [] : [{ store, file: grant.file }];
  });
}

/** Which files a start must take in first, or why it may not: a file that someone changed by hand is never overwritten. */
export async function importsFor(
  parts: HostParts,
  pinned: Pinned,
  { acceptFiles, tenant }: { readonly acceptFiles: boolean; readonly tenant: string },
): Promise<Reply<readonly Import[]>> {
  const imports: Import[] = [];
  for (const projected of storesOf(pinned)) {
    const found = await importOf(parts, projected, { acceptFiles, tenant });
    if (!found.ok) return found;
    if (found.value !== undefined) imports.push(found.value);
  }
  return { ok: true, value: imports };
}

async function importOf(
  { files, sha256, store: owned }: HostParts,
  { file, store }: ProjectedStore,
  { acceptFiles, tenant }: { readonly acceptFiles: boolean; readonly tenant: string },
): Promise<Reply<Import | undefined>> {
  const text = await files.read(file);
  if (text === undefined) return { ok: true, value: undefined };
  const digest = `sha256:${sha256(text)}`;
  const recorded = await owned.fileDigests(tenant, file);
  if (recorded.includes(digest)) return { ok: true, value: undefined };
  const known = recorded.at(-1) ?? ((await owned.journal(tenant, store)).length === 0 ? undefined : "none");
  if (known !== undefined && !acceptFiles)
    return refuse({ code: "DATA_FILE_DRIFT", file, recorded: known, found: digest });
  const lines = linesOf(file, text);
  if (!lines.ok) return lines;
  const imported = importRegistry(file, lines.value);
  if (!imported.ok) return refuse({ code: "DATA_FILE_UNREADABLE", file, detail: imported.error[0]?.message ?? "" });
  const replaces = known === undefined ? {} : { replaces: known };
  return { ok: true, value: { store, file, digest, ...replaces, ...imported.value } };
}

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

/** Shows each store as its journal. The digest is recorded before the file is written, so our own writing is no drift. */
export async function project(
  parts: HostParts,
  pinned: Pinned,
  { tenant }: ProjectRequest,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { file, store } of storesOf(pinned)) {
    const lines = await parts.store.journal(tenant, store);
    if (lines.length === 0) continue;
    const text = `${lines.map(({ line }) => line).join("\n")}\n`;
    const digest = `sha256:${parts.sha256(text)}`;
    const recorded = await parts.store.fileDigests(tenant, file);
    written.push(file);
    if (recorded.at(-1) === digest && (await parts.files.read(file)) === text) continue;
    parts.failpoint("project.before-record");
    await parts.store.recordFile(tenant, file, digest);
    parts.failpoint("project.before-write");
    await parts.files.write(file, text);
    parts.failpoint("project.after-write");
  }
  return written;
}

export const requestText = (workflow: string, input: Json): string => `${workflow}\n${canonical(input)}`;
