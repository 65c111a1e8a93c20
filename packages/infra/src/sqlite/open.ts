import { noFailpoint } from "@omnibase/spi";
import type { Failpoint, Store } from "@omnibase/spi";
import { inlineStore } from "./inline.ts";
import { openWriter } from "./schema.ts";
import type { Opening } from "./schema.ts";

export interface SqliteStoreOptions extends Opening {
  readonly failpoint?: Failpoint;
}

/** Opens the store in a file, and makes it and its folder where there is none. */
export function openSqliteStore(
  file: string,
  { failpoint = noFailpoint, ...opening }: SqliteStoreOptions = {},
): Promise<Store> {
  const database = openWriter(file, opening);
  failpoint("store.opened");
  return Promise.resolve(inlineStore(database, file, failpoint));
}
