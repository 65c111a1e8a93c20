import type { Json } from "../value/json.ts";

/** What one field of an input, an output or an event may be. A type and no interface, because it travels as JSON. */
export type Field = {
  readonly type: FieldType;
  readonly required: boolean;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusive_minimum?: number;
  readonly exclusive_maximum?: number;
  readonly multiple_of?: number;
  readonly format?: "email" | "date-time" | "date" | "uuid";
  /** Found somewhere in the text, by RE2. */
  readonly pattern?: string;
  /** Whether `null` is a value of it, or is refused. Absent: `null` is as if nothing had been sent. */
  readonly nullable?: boolean;
  /** Fields of an object. Absent: any object. */
  readonly fields?: Fields;
  /** Whether it is nobody's business: it flows only to what takes secrets, and is recorded sealed. */
  readonly secret?: true;
  /** Items of an array. Absent: any items. */
  readonly items?: Field;
  /** Whether no two items are equal. */
  readonly unique?: true;
  /** What an object may hold beside its declared fields. Absent, where there are some: nothing. */
  readonly others?: Field;
  readonly min_fields?: number;
  readonly max_fields?: number;
  /** It is as one of these says: the first that it fits. */
  readonly any_of?: readonly Field[];
};

export type FieldType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "any";

export type Fields = { readonly [name: string]: Field };

/** Whether a value of the field is secret, or holds something that is. */
export const isSecret = ({ any_of: ways = [], fields = {}, items, others, secret }: Field): boolean =>
  secret === true ||
  [items, others, ...ways, ...Object.values(fields)].some((one) => one !== undefined && isSecret(one));

/**
 * Whether an object that is secret, or holds secrets, is one whole to whoever hides it, because not all of its parts are
 * declared. Then nobody reads a part of it, either.
 */
export const isOpaque = ({ any_of: ways, fields, others, secret }: Field): boolean =>
  ways !== undefined ||
  (secret === true ? fields === undefined || others !== undefined : fields === undefined && others === undefined);
