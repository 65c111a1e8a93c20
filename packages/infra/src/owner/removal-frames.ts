import { canonical, isObject } from "@omnibase/core";
import type { Json } from "@omnibase/core";
import type { Removal, RemoveRequest } from "@omnibase/spi";

/** Removals as they travel: in one text, because their numbers must come back as they were. */
export const removalsText = ({ removals }: RemoveRequest): string =>
  canonical(removals.map(({ key, ...rest }) => Object.assign({}, rest, { key: { ...key } })));

/** Reads them, or nothing if one of them is none. Whoever sent them is a stranger. */
export function removalsIn(value: Json | undefined): RemoveRequest | undefined {
  if (!Array.isArray(value)) return undefined;
  const removals = value.flatMap((one) => removalIn(one) ?? []);
  return removals.length === value.length ? { removals } : undefined;
}

function removalIn(value: Json): Removal | undefined {
  if (!isObject(value) || !isObject(value["key"])) return undefined;
  const { archive, head, key, policy, records, removedMs, untilMs } = value;
  const { execution, tenant } = key;
  if (typeof execution !== "string" || typeof tenant !== "string" || typeof head !== "string") return undefined;
  if (typeof policy !== "string" || typeof records !== "number" || typeof removedMs !== "number") return undefined;
  if (archive !== undefined && typeof archive !== "string") return undefined;
  if (untilMs !== undefined && typeof untilMs !== "number") return undefined;
  const known = { key: { tenant, execution }, head, records, policy, removedMs };
  return { ...known, ...(archive === undefined ? {} : { archive }), ...(untilMs === undefined ? {} : { untilMs }) };
}
