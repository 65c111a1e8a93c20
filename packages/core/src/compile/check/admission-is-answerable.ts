import type { Expression } from "../../artifact/expression.ts";
import { meantHint } from "../../artifact/nearest.ts";
import type { Entry } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import { admit } from "../../execution/admit.ts";
import { isSecret, type Field, type Fields } from "../../graph/field.ts";
import { ownValue } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import { payloadFields } from "../actors.ts";
import { fieldAt } from "../field-rules.ts";
import type { LinkedEvents } from "../link-admission.ts";
import type { LinkedWorkflow } from "../linked.ts";
import { payloadPath } from "../lower-admission.ts";
import { spelled } from "../view.ts";

/**
 * What an admission asks for exists: the fields in the event, and the values in whatever the intent lets in. A value that
 * may be absent would ask for nothing, and open the gate.
 */
export function admissionIsAnswerable({ admission, nodes, workflow }: LinkedWorkflow): readonly Problem[] {
  const start = nodes.get(workflow.start.value);
  const payload = start?.type === "IN" && start.intent !== undefined ? payloadFields(start) : undefined;
  const clauses = admission?.clauses ?? [];
  return clauses
    .flatMap(({ after, asked }) => (after === undefined ? [asked] : [asked, after]))
    .flatMap((asked) => asked.where.flatMap((entry) => problemWith(entry, asked, payload) ?? []));
}

function problemWith(
  { key, spot, value }: Entry<Expression>,
  { event, identity }: LinkedEvents,
  payload: Fields | undefined,
): Problem | undefined {
  if (event === undefined) return undefined;
  const { entries } = event.schema;
  const field = entries.get(key)?.value;
  if (field === undefined) {
    const message = `${identity} does not declare ${key}`;
    return problemAt(spot, "ADMISSION_FIELD_UNKNOWN", message, meantHint(key, entries.keys()));
  }
  if (!isPlain(field)) return problemAt(spot, "ADMISSION_VALUE_UNFIT", `${key} of ${identity} is a ${field.type}`);
  if (payload !== undefined && isSecretAt(payload, value)) {
    return problemAt(value.spot, "SECRET_FLOW", `${key}: what is compared with events is no secret`);
  }
  const why = unfit(value, field, payload);
  return why === undefined ? undefined : problemAt(value.spot, "ADMISSION_VALUE_UNFIT", `${key}: ${why}`);
}

function isSecretAt(payload: Fields, value: Expression): boolean {
  const path = value.kind === "path" ? payloadPath(value) : undefined;
  const field = path && fieldAt({ type: "object", required: true, fields: payload }, path);
  return field !== undefined && isSecret(field);
}

const plainTypes: ReadonlySet<Field["type"]> = new Set(["string", "number", "integer", "boolean"]);

const isPlain = ({ type }: Field): boolean => plainTypes.has(type);

/** Why a value can never be, or need not be, that of the event's field. */
function unfit(value: Expression, field: Field, payload: Fields | undefined): string | undefined {
  if (value.kind === "literal") return admit({ value: field }, { value: value.value }).nack[0]?.message;
  const path = value.kind === "path" ? payloadPath(value) : undefined;
  if (value.kind !== "path" || path === undefined) return "an admission compares with $.payload, $.actor or a literal";
  if (payload === undefined) return undefined;
  const found = certainAt(payload, path);
  if (found === undefined) return `${spelled(value)} may have no value`;
  if (!isPlain(found)) return `${spelled(value)} is a ${found.type}`;
  return isComparable(found.type, field.type) ? undefined : `${found.type} is never equal to ${field.type}`;
}

/** The field at a path, if every part of the way is required or has a default. */
function certainAt(payload: Fields, path: readonly string[]): Field | undefined {
  let field: Field | undefined = { type: "object", required: true, fields: payload };
  for (const name of path) {
    const next: Field | undefined = field.fields && ownValue(field.fields, name);
    if (next === undefined || !(next.required || next.default !== undefined)) return undefined;
    field = next;
  }
  return field;
}

const isComparable = (a: Field["type"], b: Field["type"]): boolean => a === b || (isNumeric(a) && isNumeric(b));
const isNumeric = (type: Field["type"]): boolean => type === "number" || type === "integer";
