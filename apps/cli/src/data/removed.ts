import { resolve } from "node:path";
import { instantText, printable } from "@omnibase/core";
import type { Tombstone } from "@omnibase/spi";
import { documentOf, type Report } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { shownPath, typed } from "../text/result-text.ts";
import { tenant } from "./layout.ts";
import { withStore } from "./read-data.ts";

/** What is remembered of an execution that was removed; nothing where none was. */
export const tombstoneOf = (place: Pick<Place, "dataRoot">, execution: string): Promise<Tombstone | undefined> =>
  withStore<Tombstone | undefined>(place, undefined, (store) => store.tombstone({ tenant, execution }));

/** It ended as it ended: the exit is that of a result. */
export function removedReport(tombstone: Tombstone, { dataRoot }: Pick<Place, "dataRoot">, where: string): Report {
  const { archive, end, execution, head, policy, records, removedMs, snapshot, startedMs, untilMs, workflow } =
    tombstone;
  const folder = archive === undefined ? undefined : resolve(dataRoot, archive);
  const document = documentOf("omnibase-removed/1", {
    execution,
    workflow,
    snapshot,
    class: end?.class ?? null,
    outcome: end?.outcome ?? null,
    records,
    head,
    started_at: instantText(startedMs),
    completed_at: end === undefined ? null : instantText(end.endedMs),
    removed_at: instantText(removedMs),
    policy,
    archive: folder ?? null,
    remembered_until: untilMs === undefined ? null : instantText(untilMs),
  });
  const lines = [
    ["status", `REMOVED at ${instantText(removedMs)}`],
    ...(end === undefined ? [] : [["ended", `${instantText(end.endedMs)}: ${end.outcome} (${end.class})`]]),
    ["policy", policy],
    ["archive", folder === undefined ? "none" : shownPath(folder)],
    ["execution", execution],
    ["workflow", workflow],
    ["snapshot", snapshot],
    ["head", head],
    ["remembered", untilMs === undefined ? "for ever" : `until ${instantText(untilMs)}`],
  ].map(([name = "", text = ""]) => `${name.padEnd(10)} ${printable(text, 2_000)}`);
  const next =
    folder === undefined ? [] : ["", `omnibase show ${execution}${where} --archive ${typed(shownPath(folder))}`];
  return { exit: end?.class === "completed" ? 0 : 1, document, text: [...lines, ...next].join("\n") };
}
