import { eventStore, parseJson, plain, publishedStoreOf, toldByLines } from "@omnibase/core";
import type { Json } from "@omnibase/core";
import type { Import } from "@omnibase/spi";
import type { HostParts } from "./parts.ts";
import type { Pinned } from "./programs.ts";

const logEnding = ".jsonl";

/**
 * What is told in logs below the data root that no store of ours shows. Only a published gate asks for it, which stands
 * where the graph starts: its own engine read every log that there was.
 *
 * A log is told again when it has changed. A published gate does not count, so what is told twice is told.
 */
export async function toldElsewhere(
  { clock, files, sha256, store }: HostParts,
  { machine }: Pinned,
  { own, tenant }: { readonly own: ReadonlySet<string>; readonly tenant: string },
): Promise<readonly Import[]> {
  const { place } = machine.program.start;
  if (place.kind !== "call" || place.work.kind !== "operate" || place.work.store !== eventStore) return [];
  const told: Import[] = [];
  for (const log of await files.list(logEnding)) {
    if (own.has(log) || (await store.fileDigests(tenant, log)).length > 0) continue;
    const text = (await files.read(log)) ?? "";
    const [digest, file] = [`sha256:${sha256(text)}`, `${eventStore}/${log}`];
    const before = (await store.fileDigests(tenant, file)).at(-1);
    const events = before === digest ? [] : toldByLines(publishedStoreOf(log), soundLines(log, text), clock.nowMs());
    if (events.length === 0) continue;
    told.push({ store: file, file, digest, replaces: before ?? "none", entities: [], journal: [], events });
  }
  return told;
}

/** The lines before the first that is none: what comes behind it was not read either. */
function soundLines(file: string, text: string): readonly Json[] {
  const lines: Json[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const parsed = parseJson(line, { file, family: "PAYLOAD" });
    if (!parsed.ok) break;
    lines.push(plain(parsed.value));
  }
  return lines;
}
