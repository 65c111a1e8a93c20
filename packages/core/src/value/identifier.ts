import { limits } from "./limits.ts";
import { err, ok, type Result } from "./result.ts";

/**
 * - `name`: artifact codes, nodes, steps, outcomes: ASCII letters, digits, `_`.
 * - `namespace`: names joined by `.`
 * - `execution`, `idempotency-key`: also `-` and `.`, neither at the beginning and no `.` at the end.
 */
export type IdentifierShape = "name" | "namespace" | "execution" | "idempotency-key";

export interface BadIdentifier {
  readonly code: "ID_CHARSET" | "ID_LENGTH";
  readonly message: string;
}

const OPAQUE = /^\w(?:[\w.-]*[\w-])?$/;

const SHAPES: Readonly<
  Record<IdentifierShape, { readonly pattern: RegExp; readonly says: string; readonly most: number }>
> = {
  name: { pattern: /^\w+$/, says: "ASCII letters, digits and _", most: limits.idCharsMax },
  namespace: { pattern: /^\w+(?:\.\w+)*$/, says: "ASCII letters, digits and _, joined by .", most: limits.idCharsMax },
  execution: { pattern: OPAQUE, says: "ASCII letters, digits, _, - and .", most: limits.idCharsMax },
  "idempotency-key": {
    pattern: OPAQUE,
    says: "ASCII letters, digits, _, - and .",
    most: limits.idempotencyKeyCharsMax,
  },
};

/** The same for editors, whose patterns know no upper and lower case. */
const notDevice = String.raw`(?!(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|[cC][oO][mM]\d|[lL][pP][tT]\d)(?:\.|$))`;
export const namePattern: string = String.raw`^${notDevice}\w+$`;
export const namespacePattern: string = String.raw`^${notDevice}\w+(?:\.\w+)*$`;

/** Windows opens a device for these, whatever the extension; ids become the names of files. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Lets through what is safe as the name of a file on every system and cannot be mistaken for another id.
 *
 * The message never repeats what was given: it may be hostile to a terminal. Case is kept and always significant.
 */
export function parseIdentifier(text: string, shape: IdentifierShape): Result<string, BadIdentifier> {
  const { pattern, says, most } = SHAPES[shape];
  if (text.length === 0) return err({ code: "ID_LENGTH", message: "an id is at least one character" });
  if (text.length > most) return err({ code: "ID_LENGTH", message: `an id is at most ${String(most)} characters` });
  if (!pattern.test(text)) return err({ code: "ID_CHARSET", message: `an id consists of ${says}` });
  if (DEVICE.test(text)) return err({ code: "ID_CHARSET", message: "an id is not the name of a device" });
  return ok(text);
}
