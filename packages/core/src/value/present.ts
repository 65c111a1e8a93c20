/** For what an earlier line has made certain and the compiler of this code cannot see. Absence is a bug. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("impossible: a value that was made certain is absent");
  return value;
}

/** Names come from files, and objects inherit `toString`: only an object's own values are found. */
export const ownValue = <T>(record: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
