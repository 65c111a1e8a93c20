import type { Field, Fields } from "../graph/field.ts";
import type { AdmitWork } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { instantMs } from "../value/instant.ts";
import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import { numberRefusal } from "../value/number-rule.ts";
import { ownValue } from "../value/present.ts";
import { actorKey, playerOf } from "./principal.ts";

/** Why a field was not admitted. */
export interface Nack {
  /** `supplier.email`, `tags[2]`. */
  readonly field: string;
  readonly code: NackCode;
  readonly message: string;
}

export type NackCode =
  | "REQUIRED"
  | "TYPE"
  | "ENUM"
  | "MIN_LENGTH"
  | "MAX_LENGTH"
  | "MINIMUM"
  | "MAXIMUM"
  | "FORMAT"
  | "UNDECLARED"
  | "ACTOR";

export interface Admission {
  /** What was sent, with defaults applied. */
  readonly payload: Json;
  /** Empty: admitted. Every failing field is named. */
  readonly nack: readonly Nack[];
}

/** What came to a workflow, and from whom. */
export interface Sent {
  readonly received: Json;
  readonly principal: string;
}

/** The whole admission of a workflow. Where only actors may come, the payload also tells what they say of themselves. */
export function admitSent({ actors, fields, open }: AdmitWork, { principal, received }: Sent): Admission {
  const { nack, payload } = admit(fields, received, open);
  if (actors === undefined) return { nack, payload };
  const player = admitPlayer(actors, principal);
  return {
    nack: [...player.nack, ...nack],
    payload: isObject(payload) ? { ...payload, [actorKey]: player.payload } : payload,
  };
}

function admitPlayer(actors: { readonly [identity: string]: Fields }, principal: string): Admission {
  const player = playerOf(principal);
  const attributes = player && ownValue(actors, player.actor);
  if (player === undefined || attributes === undefined) {
    const message = `${JSON.stringify(principal)} plays none of ${Object.keys(actors).join(", ")}`;
    return { payload: {}, nack: [{ field: actorKey, code: "ACTOR", message }] };
  }
  const said = [...player.attributes].map(
    ([name, text]) => [name, spokenAs(ownValue(attributes, name), text)] as const,
  );
  const nack: Nack[] = [];
  const payload = admitFields(attributes, Object.fromEntries(said), { at: actorKey, nack, open: false });
  return { payload, nack };
}

/** What was said, as the value that the attribute wants, if it can be read so. */
function spokenAs(attribute: Field | undefined, text: string): Json {
  const type = attribute?.type;
  if (type === "boolean") return text === "true" || (text === "false" ? false : text);
  const isNumber = (type === "number" || type === "integer") && NUMBER.test(text);
  return isNumber && numberRefusal(text, Number(text)) === undefined ? Number(text) : text;
}

/** As JSON writes it. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Checks an input against what an intent declares. Pure, so a replay admits what the execution admitted. */
export function admit(fields: Fields, received: Json, open = false): Admission {
  if (!isObject(received)) {
    return { payload: received, nack: [{ field: "", code: "TYPE", message: "the input is not an object" }] };
  }
  const nack: Nack[] = [];
  const payload = admitFields(fields, received, { at: "", nack, open });
  return { payload, nack };
}

interface Walk {
  readonly at: string;
  readonly nack: Nack[];
  /** Whether what is not declared is let through. */
  readonly open: boolean;
}

function admitFields(fields: Fields, value: { readonly [name: string]: Json }, { at, nack, open }: Walk): Json {
  const admitted: { [name: string]: Json } = {};
  for (const [name, field] of Object.entries(fields)) {
    const here = at === "" ? name : `${at}.${name}`;
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given !== undefined && given !== null) admitted[name] = admitValue(field, given, { at: here, nack, open });
    else if (field.default !== undefined) admitted[name] = field.default;
    else if (field.required) nack.push({ field: here, code: "REQUIRED", message: `${here} is required` });
  }
  for (const [name, given] of Object.entries(value)) {
    if (Object.hasOwn(fields, name)) continue;
    if (open) {
      admitted[name] = given;
      continue;
    }
    const here = at === "" ? name : `${at}.${name}`;
    nack.push({ field: here, code: "UNDECLARED", message: `${here} is not declared` });
  }
  return admitted;
}

function admitValue(field: Field, value: Json, walk: Walk): Json {
  const { at, nack } = walk;
  if (!hasType(field.type, value)) {
    nack.push({ field: at, code: "TYPE", message: `${at} is not of type ${field.type}` });
    return value;
  }
  nack.push(...boundsOf(field, value, at));
  if (field.fields !== undefined && isObject(value)) return admitFields(field.fields, value, walk);
  if (field.items !== undefined && Array.isArray(value)) return admitItems(field.items, value, walk);
  return value;
}

const admitItems = (item: Field, values: readonly Json[], { at, nack, open }: Walk): Json =>
  values.map((value, index) => admitValue(item, value, { at: `${at}[${String(index)}]`, nack, open }));

function hasType(type: Field["type"], value: Json): boolean {
  switch (type) {
    case "any":
      return true;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
  }
}

const EMAIL = /^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A day that the calendar has, and a second of it; a leap second is none, because no clock of ours counts it. */
const isDateTime = (text: string): boolean =>
  DATE_TIME.test(text) && instantMs(`${text.slice(0, "2026-01-01T00:00:00".length)}.000Z`) !== undefined;

function boundsOf(field: Field, value: Json, at: string): readonly Nack[] {
  const broken: Nack[] = [];
  const refuse = (code: NackCode, message: string): void => void broken.push({ field: at, code, message });

  if (field.enum !== undefined && !field.enum.some((allowed) => canonical(allowed) === canonical(value))) {
    refuse("ENUM", `${at} is not one of ${field.enum.map(canonical).join(", ")}`);
  }
  if (typeof value === "string" || Array.isArray(value)) {
    const length = typeof value === "string" ? charactersIn(value) : value.length;
    if (length < (field.min_length ?? 0)) refuse("MIN_LENGTH", `${at} is shorter than ${String(field.min_length)}`);
    if (length > (field.max_length ?? length)) refuse("MAX_LENGTH", `${at} is longer than ${String(field.max_length)}`);
  }
  if (typeof value === "number") {
    if (value < (field.minimum ?? value)) refuse("MINIMUM", `${at} is less than ${String(field.minimum)}`);
    if (value > (field.maximum ?? value)) refuse("MAXIMUM", `${at} is greater than ${String(field.maximum)}`);
  }
  if (field.format !== undefined && typeof value === "string") {
    const isSo = field.format === "email" ? EMAIL.test(value) : isDateTime(value);
    if (!isSo) refuse("FORMAT", `${at} is not in the format ${field.format}`);
  }
  return broken;
}

/** Unicode characters, not UTF-16 units: what a person counts, or nearly. */
const charactersIn = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};
