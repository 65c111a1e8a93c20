import { canonical } from "@omnibase/core";
import type { EntityReader, EntityWrite, Json } from "@omnibase/core";
import type { Failpoint, Import } from "@omnibase/spi";
import { named, stored } from "./names.ts";
import { parsed } from "./reader.ts";
import type { Statements } from "./statements.ts";
import { storeNumbers } from "./store-numbers.ts";

/** Stores of our own and the files that show them, inside the transaction that is open. */
export interface EntityWriter {
  /** Reads a store as it is after the imports of the same commit. */
  readerFor(tenant: string, store: string, imports: readonly Import[] | undefined): EntityReader;
  /** Whether the store still is what the import was made for. */
  mayImport(tenant: string, one: Import): boolean;
  /** The store then holds what the import brings, and nothing else. */
  importInto(tenant: string, one: Import): void;
  write(tenant: string, store: string, written: StoreWrites): void;
  recordFile(record: { readonly tenant: string; readonly file: string; readonly digest: string }): void;
  /** What is remembered may be old, or was rolled back. */
  forget(): void;
}

/** Rows to put and to remove, and lines for the journal behind those that are there. */
interface StoreWrites {
  readonly writes: readonly EntityWrite[];
  readonly journal: readonly Json[];
}

const GET = "SELECT value FROM entities WHERE store = ? AND key = ?";
const KEYS = "SELECT key FROM entities WHERE store = ?";
const PUT =
  "INSERT INTO entities (store, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";
const REMOVE = "DELETE FROM entities WHERE store = ? AND key = ?";
const LINE = "INSERT INTO journal (store, line) VALUES (?, ?)";
const KNOWS = `SELECT EXISTS (SELECT 1 FROM entities WHERE store = ?1) OR EXISTS (SELECT 1 FROM journal WHERE store = ?1) AS yes`;
const LAST_DIGEST = "SELECT digest FROM files WHERE tenant = ? AND file = ? ORDER BY position DESC LIMIT 1";
/** The same digest twice in a row is one recording. */
const RECORD_FILE = `INSERT INTO files (tenant, file, digest) SELECT ?1, ?2, ?3 WHERE ?3 IS NOT
  (SELECT digest FROM files WHERE tenant = ?1 AND file = ?2 ORDER BY position DESC LIMIT 1)`;

export function entityWriter(statements: Statements, failpoint: Failpoint): EntityWriter {
  const numbers = storeNumbers(statements);

  function knows(tenant: string, store: string): boolean {
    const number = numbers.find(tenant, store);
    return number !== undefined && statements(KNOWS).get<{ readonly yes: number }>(number)?.yes === 1;
  }

  const put = (store: number, key: string, value: Json): void => {
    statements(PUT).run(store, stored(key), canonical(value));
  };

  const recordFile: EntityWriter["recordFile"] = ({ tenant, file, digest }) => {
    statements(RECORD_FILE).run(stored(tenant), stored(file), digest);
  };

  return {
    readerFor(tenant, store, imports = []) {
      const imported = imports.find((one) => one.store === store);
      if (imported !== undefined) {
        const rows = new Map(imported.entities.map(({ key, value }) => [key, value]));
        return { get: (key) => rows.get(key), keys: () => [...rows.keys()].toSorted() };
      }
      const number = numbers.find(tenant, store);
      if (number === undefined) return { get: () => undefined, keys: () => [] };
      return {
        get: (key) => {
          const row = statements(GET).get<{ readonly value: string }>(number, stored(key));
          return row === undefined ? undefined : parsed(row.value);
        },
        keys: () =>
          statements(KEYS)
            .all<{ readonly key: string }>(number)
            .map(({ key }) => named(key))
            .toSorted(),
      };
    },

    mayImport(tenant, { store, file, replaces }) {
      if (replaces === undefined) return !knows(tenant, store);
      const last = statements(LAST_DIGEST).get<{ readonly digest: string }>(stored(tenant), stored(file));
      return (last?.digest ?? "none") === replaces;
    },

    importInto(tenant, { store, file, digest, entities, journal }) {
      const number = numbers.findOrMake(tenant, store);
      statements("DELETE FROM entities WHERE store = ?").run(number);
      statements("DELETE FROM journal WHERE store = ?").run(number);
      for (const { key, value } of entities) put(number, key, value);
      for (const line of journal) statements(LINE).run(number, canonical(line));
      recordFile({ tenant, file, digest });
    },

    write(tenant, store, { writes, journal }) {
      failpoint("store.group.operation");
      if (writes.length === 0 && journal.length === 0) return;
      const number = numbers.findOrMake(tenant, store);
      for (const { key, value } of writes) {
        if (value === undefined) statements(REMOVE).run(number, stored(key));
        else put(number, key, value);
      }
      for (const line of journal) statements(LINE).run(number, canonical(line));
    },

    recordFile,
    forget: () => numbers.forget(),
  };
}
