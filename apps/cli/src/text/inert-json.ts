import type { Json } from "@omnibase/core";

/** The same JSON, without characters that act on a terminal: those that JSON itself lets through are escaped, too. */
export const inertJson = (value: Json): string =>
  JSON.stringify(value).replaceAll(ACTIVE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const ACTIVE = /[\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
