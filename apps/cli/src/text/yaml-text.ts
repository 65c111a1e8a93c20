import { isObject, type Json } from "@omnibase/core";
import { inertJson } from "./inert-json.ts";

/** A document as YAML that every reader takes: blocks, and texts in the quotes of JSON wherever they could mean something. */
export const yamlText = (document: Json): string => `${block(document, "").join("\n")}\n`;

function block(value: Json, indent: string): readonly string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item: Json) => {
      const [first = "", ...rest] = block(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, item]) => {
      const inner = block(item, `${indent}  `);
      const opens = typeof item === "object" && item !== null && Object.keys(item).length > 0;
      return opens
        ? [`${indent}${scalar(key)}:`].concat(inner)
        : `${indent}${scalar(key)}: ${inner.join("").trimStart()}`;
    });
  }
  return [`${indent}${typeof value === "string" ? scalar(value) : inertJson(value)}`];
}

/** Bare only what cannot be taken for anything but a text: a number, a date, yes, no and null are other things to someone. */
const scalar = (text: string): string =>
  /^[A-Za-z_][\w./-]*(?:::?[\w./-]+)*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text)
    ? text
    : inertJson(text);
