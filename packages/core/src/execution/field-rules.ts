import { parsePattern, type Pattern } from "../expression/pattern.ts";
import type { Field } from "../graph/field.ts";
import { canonical } from "../value/canonical.ts";
import { instantMs } from "../value/instant.ts";
import { isObject, type Json } from "../value/json.ts";
import type { Nack, NackCode } from "./nack.ts";

/** What the rules of a field have against a value of its type. What is inside of it has rules of its own. */
export function brokenRules(field: Field, value: Json, at: string): readonly Nack[] {
  const broken: Nack[] = [];
  const refuse: Refuse = (code, message) => void broken.push({ field: at, code, message: `${at} ${message}` });
  if (field.enum !== undefined && !field.enum.some((allowed) => canonical(allowed) === canonical(value))) {
    refuse("ENUM", `is not one of ${field.enum.map(canonical).join(", ")}`);
  }
  if (typeof value === "string") ofText(field, value, refuse);
  if (typeof value === "number") ofNumber(field, value, refuse);
  if (Array.isArray(value)) ofList(field, value, refuse);
  if (isObject(value)) ofObject(field, Object.keys(value).length, refuse);
  return broken;
}

type Refuse = (code: NackCode, message: string) => void;

function ofText(field: Field, value: string, refuse: Refuse): void {
  ofLength(field, charactersIn(value), refuse);
  if (field.format !== undefined && !formats[field.format](value))
    refuse("FORMAT", `is not in the format ${field.format}`);
  if (field.pattern !== undefined && !patternOf(field, field.pattern).test(value)) {
    refuse("PATTERN", `does not match ${field.pattern}`);
  }
}

function ofLength({ max_length: most, min_length: least }: Field, length: number, refuse: Refuse): void {
  if (length < (least ?? 0)) refuse("MIN_LENGTH", `is shorter than ${String(least)}`);
  if (length > (most ?? length)) refuse("MAX_LENGTH", `is longer than ${String(most)}`);
}

function ofNumber(field: Field, value: number, refuse: Refuse): void {
  const { exclusive_maximum: below, exclusive_minimum: above, maximum, minimum, multiple_of: step } = field;
  if (value < (minimum ?? value)) refuse("MINIMUM", `is less than ${String(minimum)}`);
  if (value > (maximum ?? value)) refuse("MAXIMUM", `is greater than ${String(maximum)}`);
  if (above !== undefined && value <= above) refuse("MINIMUM", `is not greater than ${String(above)}`);
  if (below !== undefined && value >= below) refuse("MAXIMUM", `is not less than ${String(below)}`);
  if (step !== undefined && !isMultiple(value, step)) refuse("MULTIPLE_OF", `is no multiple of ${String(step)}`);
}

function ofList(field: Field, value: readonly Json[], refuse: Refuse): void {
  ofLength(field, value.length, refuse);
  if (field.unique === true && new Set(value.map(canonical)).size < value.length)
    refuse("UNIQUE", "holds an item twice");
}

function ofObject({ max_fields: most, min_fields: least }: Field, count: number, refuse: Refuse): void {
  if (count < (least ?? 0)) refuse("MIN_FIELDS", `has fewer than ${String(least)} fields`);
  if (count > (most ?? count)) refuse("MAX_FIELDS", `has more than ${String(most)} fields`);
}

/** Unicode characters, not UTF-16 units: what a person counts, or nearly. */
const charactersIn = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

const EMAIL = /^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A day that the calendar has, and a second of it; a leap second is none, because no clock of ours counts it. */
const isInstant = (text: string): boolean => instantMs(`${text}.000Z`) !== undefined;

const formats: { readonly [format in NonNullable<Field["format"]>]: (text: string) => boolean } = {
  email: (text) => EMAIL.test(text),
  date: (text) => DATE.test(text) && isInstant(`${text}T00:00:00`),
  "date-time": (text) => DATE_TIME.test(text) && isInstant(text.slice(0, "2026-01-01T00:00:00".length)),
  uuid: (text) => UUID.test(text),
};

/** By the field that holds it, so that a pattern is compiled once and forgotten with its graph. */
const compiled = new WeakMap<Field, Pattern>();

function patternOf(field: Field, source: string): Pattern {
  const known = compiled.get(field);
  if (known !== undefined) return known;
  const parsed = parsePattern(source);
  if (!parsed.ok) throw new Error("impossible: a pattern was sealed that cannot be matched");
  compiled.set(field, parsed.value);
  return parsed.value;
}

/** In decimal digits, as people write numbers: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const [a, b] = [decimalOf(value), decimalOf(step)];
  const least = Math.min(a.exponent, b.exponent);
  return (a.digits * 10n ** BigInt(a.exponent - least)) % (b.digits * 10n ** BigInt(b.exponent - least)) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimalOf(value: number): Decimal {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
