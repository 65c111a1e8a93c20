import { entriesOf } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import type { Linked } from "../linked.ts";

/** Two stores in one file would overwrite each other's projection. Files are compared as any file system might. */
export function storesAreApart({ structures }: Linked): readonly Problem[] {
  const owners = new Map<string, string>();
  return structures.flatMap(({ identity, stores }) =>
    entriesOf(stores).flatMap(({ key, spot, value }) => {
      const file = value.toLowerCase();
      const owner = owners.get(file);
      owners.set(file, owner ?? `${identity}/${key}`);
      return owner === undefined
        ? []
        : [problemAt(spot, "STORE_FILE_SHARED", `${value} is already the file of ${owner}`)];
    }),
  );
}
