import type { Field, Fields } from "../graph/field.ts";
import type { AdmitWork } from "../graph/graph.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { numberRefusal } from "../value/number-rule.ts";
import { ownValue } from "../value/present.ts";
import { brokenRules } from "./field-rules.ts";
import type { Nack } from "./nack.ts";
import { actorKey, playerOf } from "./principal.ts";

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
  const payload = admitFields({ fields: attributes }, Object.fromEntries(said), { at: actorKey, nack, open: false });
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
  const payload = admitFields({ fields }, received, { at: "", nack, open });
  return { payload, nack };
}

interface Walk {
  readonly at: string;
  readonly nack: Nack[];
  /** Whether what is not declared is let through. */
  readonly open: boolean;
}

function admitFields(field: Pick<Field, "fields" | "others">, value: JsonObject, { at, nack, open }: Walk): Json {
  const { fields = {}, others } = field;
  const admitted: { [name: string]: Json } = {};
  const within = (name: string): string => (at === "" ? name : `${at}.${name}`);
  for (const [name, declared] of Object.entries(fields)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const here = within(name);
    if (isGiven(given, declared)) admitted[name] = admitValue(declared, given, { at: here, nack, open });
    else if (declared.default !== undefined) admitted[name] = declared.default;
    else if (declared.required) nack.push({ field: here, code: "REQUIRED", message: `${here} is required` });
  }
  for (const [name, given] of Object.entries(value)) {
    if (Object.hasOwn(fields, name)) continue;
    const here = within(name);
    if (others !== undefined) admitted[name] = admitValue(others, given, { at: here, nack, open });
    else if (open) admitted[name] = given;
    else nack.push({ field: here, code: "UNDECLARED", message: `${here} is not declared` });
  }
  return admitted;
}

/** Unless something is said of it, `null` is as if nothing had been sent. */
const isGiven = (given: Json | undefined, { nullable }: Field): given is Json =>
  given !== undefined && (given !== null || nullable !== undefined);

function admitValue(field: Field, value: Json, walk: Walk): Json {
  const { at, nack } = walk;
  if (value === null && field.nullable === true) return value;
  if (!hasType(field.type, value)) {
    nack.push({ field: at, code: "TYPE", message: `${at} is not of type ${field.type}` });
    return value;
  }
  nack.push(...brokenRules(field, value, at));
  if (field.any_of !== undefined) return admitAny(field.any_of, value, walk);
  const isClosed = field.fields !== undefined || field.others !== undefined;
  if (isClosed && isObject(value)) return admitFields(field, value, walk);
  if (field.items !== undefined && Array.isArray(value)) return admitItems(field.items, value, walk);
  return value;
}

/** As the first of the ways that it fits says, defaults included. */
function admitAny(ways: readonly Field[], value: Json, { at, nack, open }: Walk): Json {
  const reasons: string[] = [];
  for (const way of ways) {
    const found: Nack[] = [];
    const admitted = admitValue(way, value, { at, nack: found, open });
    if (found.length === 0) return admitted;
    reasons.push(found.map(({ message }) => message).join(" and "));
  }
  nack.push({ field: at, code: "ANY_OF", message: `${at} fits none of what it may be: ${reasons.join("; ")}` });
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
