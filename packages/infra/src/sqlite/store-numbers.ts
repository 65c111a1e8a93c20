import { stored } from "./names.ts";
import type { Statements } from "./statements.ts";

/** Stores of our own by number. They are few, as many as the snapshots declare for each tenant, and are all remembered. */
export interface StoreNumbers {
  find(tenant: string, store: string): number | undefined;
  findOrMake(tenant: string, store: string): number;
  forget(): void;
}

export function storeNumbers(statements: Statements): StoreNumbers {
  const numbers = new Map<string, number>();

  function find(tenant: string, store: string): number | undefined {
    const name = `${String(tenant.length)} ${tenant}${store}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const select = statements("SELECT number FROM stores WHERE tenant = ? AND store = ?");
    const number = select.get<{ readonly number: number }>(stored(tenant), stored(store))?.number;
    if (number !== undefined) numbers.set(name, number);
    return number;
  }

  return {
    find,
    findOrMake(tenant, store) {
      const known = find(tenant, store);
      if (known !== undefined) return known;
      const insert = statements("INSERT INTO stores (tenant, store) VALUES (?, ?)");
      return Number(insert.run(stored(tenant), stored(store)).lastInsertRowid);
    },
    forget: () => numbers.clear(),
  };
}
