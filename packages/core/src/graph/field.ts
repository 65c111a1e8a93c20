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
  readonly format?: "email" | "date-time";
  /** Fields of an object. Absent: any object. */
  readonly fields?: Fields;
  /** Whether it is nobody's business: it flows only to what takes secrets, and nothing records it. */
  readonly secret?: true;
  /** Items of an array. Absent: any items. */
  readonly items?: Field;
};

export type FieldType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "any";

export type Fields = { readonly [name: string]: Field };

/** Whether a value of the field is secret, or holds something that is. */
export const isSecret = ({ fields = {}, items, secret }: Field): boolean =>
  secret === true || (items !== undefined && isSecret(items)) || Object.values(fields).some(isSecret);
