import { ok, printable } from "@omnibase/core";
import type { ExecutionRow } from "@omnibase/spi";
import { incidentIn, type Incident } from "../data/incident.ts";
import { tenant } from "../data/layout.ts";
import { recordedIn, withStore } from "../data/read-data.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";

const executionsMax = 1_000;

/** Whatever waits for a person. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const incidents = await withStore<readonly Incident[]>(place.value, [], async (store) => {
    const rows: readonly ExecutionRow[] = await store.list({ tenant, status: "incident", limit: executionsMax });
    const found: Incident[] = [];
    for (const row of rows) {
      const record = await recordedIn(store, row);
      const incident = record.ok ? incidentIn(record.value) : undefined;
      if (incident !== undefined) found.push(incident);
      if (!record.ok) context.warn(record.error.message);
    }
    return found;
  });
  const lines = incidents.map(({ code, execution, place: where, since }) =>
    [since, code, execution, where].map((text) => printable(text)).join("  "),
  );
  const text = lines.length === 0 ? "no incidents" : lines.join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-incidents/1", { incidents }), text });
};
