import { limits } from "./limits.ts";
import type { Position, Problem, Related } from "./problem.ts";

/** What the text is: something a caller sends, or something an author declares. Codes begin with it. */
export type JsonFamily = "PAYLOAD" | "ARTIFACT";

/** Where reading stands. The first refusal ends it. */
export interface JsonCursor {
  readonly text: string;
  readonly file: string;
  readonly family: JsonFamily;
  at: number;
  line: number;
  lineStart: number;
  nodes: number;
  refusals: readonly Problem[];
}

export interface Reason {
  /** Without the family. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly related?: readonly Related[];
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

export function skipSpace(cursor: JsonCursor): void {
  for (;;) {
    const unit = cursor.text.charCodeAt(cursor.at);
    if (unit !== SPACE && unit !== LINE_FEED && unit !== CARRIAGE_RETURN && unit !== TAB) return;
    cursor.at += 1;
    const ends = unit === LINE_FEED || (unit === CARRIAGE_RETURN && cursor.text.charCodeAt(cursor.at) !== LINE_FEED);
    if (ends) {
      cursor.line += 1;
      cursor.lineStart = cursor.at;
    }
  }
}

/** Columns count UTF-16 units, as editors do. Only whitespace holds line ends, so the line is always known. */
export const positionAt = (cursor: JsonCursor, at: number = cursor.at): Position => ({
  file: cursor.file,
  line: cursor.line,
  column: at - cursor.lineStart + 1,
});

/** Ends the reading. Returns `undefined`, so that a reader can return what this returns. */
export function refuse(cursor: JsonCursor, reason: Reason, at: Position = positionAt(cursor)): undefined {
  const { code, ...rest } = reason;
  cursor.refusals = [{ code: `${cursor.family}_${code}`, severity: "error", at, ...rest }];
  return undefined;
}

export const refuseSyntax = (cursor: JsonCursor, message: string, at: number = cursor.at): undefined =>
  refuse(cursor, { code: "SYNTAX", message: `${message} (offset ${String(at)})` }, positionAt(cursor, at));

/** Every value counts, wherever it stands. */
export function countNode(cursor: JsonCursor): boolean {
  cursor.nodes += 1;
  if (cursor.nodes <= limits.jsonNodesMax) return true;
  refuse(cursor, { code: "TOO_MANY_NODES", message: `more than ${String(limits.jsonNodesMax)} values` });
  return false;
}
