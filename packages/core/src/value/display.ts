/**
 * Characters that act on a terminal or hide from its reader: controls, escapes, direction marks, zero-width and tag
 * characters, line separators, lone surrogates.
 */
const ACTIVE =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}\uD800-\uDFFF]/gu;

const displayCharsMax = 200;

/** A text from outside, safe to show: what would act is shown as `\u{1b}`, and what is too long ends in `…`. */
export function printable(text: string, charsMax: number = displayCharsMax): string {
  const shown = text.length > charsMax ? `${wholeCharacters(text, charsMax)}…` : text;
  return shown.replace(ACTIVE, (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`);
}

/** Never cuts a pair of surrogates in two. */
const wholeCharacters = (text: string, most: number): string => {
  const cut = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
};
