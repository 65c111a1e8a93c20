/**
 * Names as SQLite can keep them. A text that holds a NUL is cut there by some drivers, so that two names would be one.
 * Such names are rare, and the others pass as they are.
 */
export const stored = (name: string): string =>
  SPECIAL.test(name) ? name.replaceAll(SPECIALS, (char) => (char === "\u0000" ? "\u00010" : "\u00011")) : name;

export const named = (text: string): string =>
  text.includes("\u0001")
    ? text.replaceAll(ESCAPED, (_, digit: string) => (digit === "0" ? "\u0000" : "\u0001"))
    : text;

/* oxlint-disable no-control-regex -- control characters are what these look for */
const SPECIAL = /[\u0000\u0001]/;
const SPECIALS = /[\u0000\u0001]/g;
const ESCAPED = /\u0001([01])/g;
