import type { EndClass, ExecutionKey, ExecutionRow, ExtentQuery, ListQuery } from "@omnibase/spi";
import { areTold, EXECUTIONS_TOLD } from "./later.ts";
import { named, stored } from "./names.ts";
import type { Statements } from "./statements.ts";

/** The questions about executions as such. */
export interface Listing {
  find(key: ExecutionKey): ExecutionRow | undefined;
  list(query: ListQuery): readonly ExecutionRow[];
  open(after: number, limit: number): readonly ExecutionRow[];
  /** All of a tenant, oldest first, after a number. */
  after(query: ExtentQuery): readonly ExecutionRow[];
}

interface StoredRow extends Omit<ExecutionRow, "principal" | "parent" | "end"> {
  readonly principal: string | null;
  readonly parent: string | null;
  readonly endClass: EndClass | null;
  readonly endOutcome: string | null;
  readonly endedMs: number | null;
}

const ROW = `SELECT number, tenant, execution, workflow, snapshot, request, status, started_ms AS startedMs, principal, parent,
  end_class AS endClass, end_outcome AS endOutcome, ended_ms AS endedMs FROM executions`;

/** The second half is what lets SQLite use the index of those that are under way. */
const UNDER_WAY = "status = ? AND status <> 'ended'";

export function listingOf(statements: Statements): Listing {
  let told = false;
  const rows = (condition: string, values: readonly (string | number)[]): readonly ExecutionRow[] => {
    told ||= areTold(statements);
    const select = told ? ROW : `WITH ${EXECUTIONS_TOLD} ${ROW}`;
    return statements(`${select} WHERE ${condition}`)
      .all<StoredRow>(...values)
      .map(plainRow);
  };
  return {
    find: ({ tenant, execution }) => rows("tenant = ? AND execution = ?", [stored(tenant), stored(execution)])[0],
    list: (query) => {
      const conditions = conditionsOf(query);
      const asked = conditions.map(({ sql }) => sql).join(" AND ");
      const values = conditions.flatMap((condition) => condition.values);
      return rows(`${asked} ORDER BY number DESC LIMIT ?`, [...values, query.limit]);
    },
    open: (after, limit) => rows(`${UNDER_WAY} AND number > ? ORDER BY number LIMIT ?`, ["open", after, limit]),
    after: ({ after, limit, tenant }) =>
      rows("+tenant = ? AND number > ? ORDER BY number LIMIT ?", [stored(tenant), after, limit]),
  };
}

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * Every condition but the first two has an index in which its executions stand in the order of their numbers. Where none
 * is asked for, the plus keeps SQLite from an index of the tenant's, in which they stand in another.
 */
function conditionsOf(query: ListQuery): readonly Condition[] {
  const {
    before = Number.MAX_SAFE_INTEGER,
    class: endClass,
    execution,
    outcome,
    parent,
    principal,
    status,
    workflow,
  } = query;
  const by = [
    equal("execution", execution),
    equal("workflow", workflow),
    equal("principal", principal),
    equal("parent", parent),
    equal("end_class", endClass),
    equal("end_outcome", outcome),
  ].flat();
  return [
    { sql: by.length === 0 ? "+tenant = ?" : "tenant = ?", values: [stored(query.tenant)] },
    { sql: "number < ?", values: [before] },
    ...by,
    ...(status === undefined ? [] : [{ sql: status === "ended" ? "status = ?" : UNDER_WAY, values: [status] }]),
    ...begunWithin(query),
  ];
}

const equal = (column: string, value: string | undefined): readonly Condition[] =>
  value === undefined ? [] : [{ sql: `${column} = ?`, values: [stored(value)] }];

/** Numbers grow with time, but for clocks that are set back: the index says which come into question, the rest is asked. */
function begunWithin({ sinceMs, tenant, untilMs }: ListQuery): readonly Condition[] {
  if (sinceMs === undefined && untilMs === undefined) return [];
  const values = [sinceMs ?? 0, untilMs ?? Number.MAX_SAFE_INTEGER];
  const begun = "SELECT %(number) FROM main.executions WHERE tenant = ? AND started_ms >= ? AND started_ms < ?";
  return [
    { sql: "+started_ms >= ? AND +started_ms < ?", values },
    { sql: `number >= (${begun.replace("%", "min")})`, values: [stored(tenant), ...values] },
    { sql: `number <= (${begun.replace("%", "max")})`, values: [stored(tenant), ...values] },
  ];
}

/** Drivers return objects without a prototype, and with names as they are stored. */
function plainRow(row: StoredRow): ExecutionRow {
  const { endClass, endOutcome, endedMs, execution, parent, principal, tenant, ...rest } = row;
  const end =
    endClass === null || endOutcome === null || endedMs === null
      ? {}
      : { end: { class: endClass, outcome: named(endOutcome), endedMs } };
  return {
    ...rest,
    tenant: named(tenant),
    execution: named(execution),
    principal: named(principal ?? ""),
    ...(parent === null ? {} : { parent: named(parent) }),
    ...end,
  };
}
