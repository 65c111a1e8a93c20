import type { Field, Fields } from "../graph/field.ts";
import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";

/** Whether the later one admits more than the earlier; `unknown` where only a person can tell. */
export type Allows = "more" | "less" | "unknown";

/** What one rule of a field became. */
export interface FieldChange {
  readonly allows: Allows;
  readonly message: string;
}

/** How the values that are admitted differ, rule by rule. */
export const fieldChanges = (before: Fields, after: Fields, within = ""): readonly FieldChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().flatMap((name) => {
    const path = within === "" ? name : `${within}.${name}`;
    const [was, is] = [ownValue(before, name), ownValue(after, name)];
    if (was !== undefined && is !== undefined) return ofField(was, is, path);
    return [was === undefined ? change("more", `${path} is new`) : change("less", `${path} is gone`)];
  });

const change = (allows: Allows, message: string): FieldChange => ({ allows, message });

function ofField(was: Field, is: Field, path: string): readonly FieldChange[] {
  if (was.type !== is.type) return [change("unknown", `${path}: type ${was.type} became ${is.type}`)];
  return [
    ...(was.required === is.required
      ? []
      : [is.required ? change("less", `${path} is required now`) : change("more", `${path} is required no more`)]),
    ...ofDefault(was.default, is.default, path),
    ...ofEnum(was.enum, is.enum, path),
    ...lowest.flatMap((rule) => ofBound(rule, -1, [was, is], path)),
    ...highest.flatMap((rule) => ofBound(rule, 1, [was, is], path)),
    ...demands.flatMap((rule) => ofDemand(rule, [was[rule], is[rule]], path)),
    ...ofSecret(was.secret === true, is.secret === true, path),
    ...ofNull(was.nullable === true, is.nullable === true, path),
    ...ofOthers(was, is, path),
    ...inner(was.fields, is.fields, path, fieldChanges),
    ...inner(was.items, is.items, `${path}[]`, ofField),
  ];
}

const textOf = (value: Json | undefined): string => (value === undefined ? "none" : canonical(value));

const ofDefault = (was: Json | undefined, is: Json | undefined, path: string): readonly FieldChange[] =>
  textOf(was) === textOf(is) ? [] : [change("unknown", `${path}: default ${textOf(was)} became ${textOf(is)}`)];

function ofEnum(
  was: readonly Json[] | undefined,
  is: readonly Json[] | undefined,
  path: string,
): readonly FieldChange[] {
  if (was === undefined && is === undefined) return [];
  if (was === undefined) return [change("less", `${path}: only ${textOf(present(is))} now`)];
  if (is === undefined) return [change("more", `${path}: any value, no more only ${textOf(was)}`)];
  const [earlier, later] = [new Set(was.map(canonical)), new Set(is.map(canonical))];
  return [
    ...[...later].filter((value) => !earlier.has(value)).map((value) => change("more", `${path}: ${value} is new`)),
    ...[...earlier].filter((value) => !later.has(value)).map((value) => change("less", `${path}: ${value} is gone`)),
  ];
}

const lowest = ["min_length", "min_fields", "minimum", "exclusive_minimum"] as const;
const highest = ["max_length", "max_fields", "maximum", "exclusive_maximum"] as const;
type Rule = (typeof lowest)[number] | (typeof highest)[number];

/** `direction`: whether a larger bound admits more (1) or less (-1). No bound admits everything. */
function ofBound(
  rule: Rule,
  direction: 1 | -1,
  [before, after]: readonly [Field, Field],
  path: string,
): readonly FieldChange[] {
  const [was, is] = [before[rule], after[rule]];
  if (was === is) return [];
  const none = direction * Number.POSITIVE_INFINITY;
  const allows = ((is ?? none) - (was ?? none)) * direction > 0 ? "more" : "less";
  return [change(allows, `${path}: ${rule} ${textOf(was)} became ${textOf(is)}`)];
}

/** Rules that only ever take something away. */
const demands = ["format", "pattern", "multiple_of", "unique", "any_of"] as const;

function ofDemand(
  rule: (typeof demands)[number],
  [was, is]: readonly [Json | readonly Field[] | undefined, Json | readonly Field[] | undefined],
  path: string,
): readonly FieldChange[] {
  const [before, after] = [shown(was), shown(is)];
  if (before === after) return [];
  const allows = was === undefined ? "less" : is === undefined ? "more" : "unknown";
  return [change(allows, `${path}: ${rule} ${before} became ${after}`)];
}

/** A word as it is, everything else as JSON. */
const shown = (value: Json | undefined): string => (typeof value === "string" ? value : textOf(value));

const ofSecret = (was: boolean, is: boolean, path: string): readonly FieldChange[] =>
  was === is ? [] : [is ? change("less", `${path} is secret now`) : change("more", `${path} is secret no more`)];

const ofNull = (was: boolean, is: boolean, path: string): readonly FieldChange[] =>
  was === is ? [] : [is ? change("more", `${path} may be null now`) : change("less", `${path} may be null no more`)];

/** What may stand beside declared fields: nothing, unless something is said of it. */
function ofOthers(was: Field, is: Field, path: string): readonly FieldChange[] {
  if (was.others !== undefined && is.others !== undefined) return ofField(was.others, is.others, `${path}.*`);
  if (was.others === is.others) return [];
  const word = is.others === undefined ? "nothing" : "something";
  const allows = was.fields === undefined || is.fields === undefined ? "unknown" : word === "nothing" ? "less" : "more";
  return [change(allows, `${path}: ${word} may stand beside what is declared now`)];
}

/** Without a declaration anything may stand inside. */
function inner<T>(
  was: T | undefined,
  is: T | undefined,
  path: string,
  compare: (was: T, is: T, path: string) => readonly FieldChange[],
): readonly FieldChange[] {
  if (was === undefined) return is === undefined ? [] : [change("less", `${path}: what is inside is declared now`)];
  return is === undefined ? [change("more", `${path}: anything may be inside now`)] : compare(was, is, path);
}
