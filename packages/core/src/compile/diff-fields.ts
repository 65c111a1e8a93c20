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
    ...(["min_length", "minimum"] as const).flatMap((rule) => ofBound(rule, -1, [was, is], path)),
    ...(["max_length", "maximum"] as const).flatMap((rule) => ofBound(rule, 1, [was, is], path)),
    ...ofFormat(was.format, is.format, path),
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

type Rule = "min_length" | "minimum" | "max_length" | "maximum";

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

function ofFormat(was: Field["format"], is: Field["format"], path: string): readonly FieldChange[] {
  if (was === is) return [];
  const allows = was === undefined ? "less" : is === undefined ? "more" : "unknown";
  return [change(allows, `${path}: format ${was ?? "none"} became ${is ?? "none"}`)];
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
