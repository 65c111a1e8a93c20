import { digestOf } from "@omnibase/core";
import type {
  ExecutionRow,
  Extent,
  ExtentQuery,
  Removal,
  Removed,
  Store,
  StoreUsage,
  Tidied,
  TidyBounds,
} from "@omnibase/spi";
import { sha256 } from "../shared/sha256.ts";
import { promised } from "./promised.ts";
import { nameOf, rowsOf } from "./tables.ts";
import type { Tables } from "./tables.ts";

/** The part of a store that decides what stays in it. */
type Retention = Pick<Store, "extents" | "remove" | "tombstone" | "snapshotsInUse" | "tidy" | "usage">;

export const retentionOf = (tables: Tables): Retention => ({
  extents: (query) => promised(() => extentsIn(tables, query)),
  remove: (removals) => promised(() => removals.map((removal) => removeFrom(tables, removal))),
  tombstone: (key) => promised(() => tables.tombstones.get(nameOf(key))),
  snapshotsInUse: () => promised(() => [...new Set(rowsOf(tables).map(({ snapshot }) => snapshot))]),
  tidy: (bounds) => promised(() => tidied(tables, bounds)),
  usage: () => promised(() => usageOf(tables)),
});

const extentsIn = ({ streams }: Tables, { after, limit, tenant }: ExtentQuery): readonly Extent[] =>
  [...streams.values()]
    .filter(({ row }) => row.tenant === tenant && row.number > after)
    .slice(0, limit)
    .map(({ lines, row }) =>
      Object.assign({}, row, {
        records: lines.length,
        bytes: lines.reduce((sum, line) => sum + line.length, 0),
      }),
    );

/** In memory nothing is left to be tidied up. */
function removeFrom(tables: Tables, removal: Removal): Removed {
  const { head, key, records, ...remembered } = removal;
  const stream = tables.streams.get(nameOf(key));
  if (stream === undefined) return "gone";
  const { lines, row } = stream;
  if (lines.length !== records || digestOf(sha256, lines.at(-1) ?? "") !== head) return "spared";
  if (row.status !== "ended" || hasLivingFamily(tables, row)) return "spared";
  const { status: _ended, ...known } = row;
  tables.tombstones.set(nameOf(key), { ...known, ...remembered, head, records });
  tables.streams.delete(nameOf(key));
  for (const [name, task] of tables.tasks) if (nameOf(task) === nameOf(key)) tables.tasks.delete(name);
  for (const [name, timer] of tables.timers) if (nameOf(timer) === nameOf(key)) tables.timers.delete(name);
  for (const change of tables.changes) if (nameOf(change) === nameOf(key)) tables.erased.add(change.position);
  return "removed";
}

const hasLivingFamily = (tables: Tables, { execution, parent, tenant }: ExecutionRow): boolean =>
  rowsOf(tables)
    .filter((row) => row.tenant === tenant && row.status !== "ended")
    .some((row) => row.execution === parent || row.parent === execution);

function tidied({ tombstones }: Tables, { nowMs, recordsMax }: TidyBounds): Tidied {
  const over = (): readonly string[] => {
    const all = [...tombstones.values()];
    return all
      .filter(({ untilMs = Infinity }) => untilMs <= nowMs)
      .filter(({ execution, tenant }) => !all.some((one) => one.tenant === tenant && one.parent === execution))
      .map(nameOf);
  };
  const fallen = over().slice(0, recordsMax);
  for (const name of fallen) tombstones.delete(name);
  return { records: 0, tombstones: fallen.length, freedBytes: 0, more: over().length > 0 };
}

/** Lines and values by their characters: the process knows no better. */
function usageOf(tables: Tables): StoreUsage {
  const executions = { open: 0, parked: 0, incident: 0, ended: 0 };
  for (const { status } of rowsOf(tables)) executions[status] += 1;
  const lines = [...tables.streams.values()].flatMap((stream) => stream.lines);
  const values = [...tables.entities.values()].flatMap((store) => Array.from(store.values()));
  const bytes = [...lines, ...values].reduce((sum, text) => sum + text.length, 0);
  return { executions, tombstones: tables.tombstones.size, records: lines.length, bytes, freeBytes: 0 };
}
