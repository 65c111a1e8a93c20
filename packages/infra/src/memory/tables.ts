import type { SealedBox } from "@omnibase/core";
import type { Change, ExecutionKey, ExecutionRow, JournalLine, TaskRow, Timer, Tombstone } from "@omnibase/spi";

export interface Stream {
  row: ExecutionRow;
  readonly lines: string[];
  secrets?: { readonly key: string; readonly boxes: SealedBox[] };
}

export interface Tables {
  /** By tenant and execution, in the order of their start. */
  readonly streams: Map<string, Stream>;
  /** By tenant and execution, then by place. */
  readonly timers: Map<string, Timer>;
  /** By tenant, execution and place, in the order of their numbers. */
  readonly tasks: Map<string, TaskRow>;
  /** By tenant and store, then by key: canonical texts, so that nobody can change what is stored. */
  readonly entities: Map<string, Map<string, string>>;
  readonly journals: Map<string, JournalLine[]>;
  readonly files: Map<string, string[]>;
  /** The first has position 1. */
  readonly changes: Change[];
  /** Positions of records that were removed. They are not given again. */
  readonly erased: Set<number>;
  /** By tenant and execution. */
  readonly tombstones: Map<string, Tombstone>;
  positions: number;
  /** How many executions there ever were. */
  started: number;
  tasksSet: number;
}

export const emptyTables = (): Tables => ({
  streams: new Map(),
  timers: new Map(),
  tasks: new Map(),
  entities: new Map(),
  journals: new Map(),
  files: new Map(),
  changes: [],
  erased: new Set(),
  tombstones: new Map(),
  positions: 0,
  started: 0,
  tasksSet: 0,
});

/** Two names as one, whatever they hold. */
export const pair = (a: string, b: string): string => `${String(a.length)} ${a}${b}`;
export const nameOf = ({ tenant, execution }: ExecutionKey): string => pair(tenant, execution);

export const rowsOf = ({ streams }: Tables): readonly ExecutionRow[] => [...streams.values()].map(({ row }) => row);

export const timersOf = ({ timers }: Tables): readonly Timer[] =>
  [...timers.values()].toSorted((a, b) => a.dueMs - b.dueMs);
