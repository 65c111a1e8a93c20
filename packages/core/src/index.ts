export { isObject } from "./value/json.ts";
export type { Json, JsonObject } from "./value/json.ts";
export type { Located, LocatedEntry, LocatedList, LocatedMap, LocatedScalar } from "./value/located.ts";
export type { Position, Problem, Related } from "./value/problem.ts";
export { assertNever, err, ok } from "./value/result.ts";
export type { Err, Ok, Result } from "./value/result.ts";
