import { logFormat } from "../execution/record.ts";
import { byteLines } from "../value/byte-lines.ts";
import { parseCanonical } from "../value/canonical-text.ts";
import { hasExactly } from "../value/exact-keys.ts";
import { instantMs } from "../value/instant.ts";
import { isObject, type Json } from "../value/json.ts";
import { err, ok, type Result } from "../value/result.ts";
import { digestOf, type Digest, type Sha256 } from "../value/sha256.ts";
import { decodeUtf8 } from "../value/utf8-text.ts";

/** A log whose every record follows from the one before. Whether it is all that happened, only a receipt can say. */
export interface Chain {
  /** The first is the start. */
  readonly records: readonly [LogRecord, ...LogRecord[]];
  /** Digest of the last line. */
  readonly head: Digest;
  readonly started: StartedBody;
}

export interface LogRecord {
  readonly at: string;
  readonly body: Json;
  readonly prev: Digest | null;
  readonly revision: number;
  readonly type: string;
}

/** What the first record says, so that no record can be moved to another execution. */
export interface StartedBody {
  readonly engine: string;
  /** What confined the code of others. Empty: there was none. */
  readonly isolation: readonly string[];
  readonly execution: string;
  readonly format: string;
  readonly input: Json;
  readonly principal: string;
  readonly snapshot: Digest;
  readonly tenant: string;
  readonly workflow: string;
}

export interface ChainBreak {
  readonly code: "MALFORMED" | "CHAIN_BROKEN";
  /** The first revision at which the log is not what it was: that of the first line that does not hold or is not there. */
  readonly revision: number;
  readonly detail: string;
}

/** Cuts an exported log into its lines, and refuses what is not whole lines of UTF-8. */
export function logLines(bytes: Uint8Array): Result<readonly string[], ChainBreak> {
  const { lines, rest } = byteLines(bytes);
  const texts: string[] = [];
  for (const [index, line] of lines.entries()) {
    const text = decodeUtf8(line, { file: "", family: "PAYLOAD" });
    if (!text.ok) return err({ code: "MALFORMED", revision: index + 1, detail: "the line is not UTF-8" });
    texts.push(text.value);
  }
  if (rest.length === 0) return ok(texts);
  return err({ code: "MALFORMED", revision: texts.length + 1, detail: "the line has no end" });
}

/** Verifies the bytes as they were stored: canonical lines, dense revisions, each with the digest of the line before. */
export function verifyChain(
  lines: readonly string[],
  { sha256 }: { readonly sha256: Sha256 },
): Result<Chain, ChainBreak> {
  const records: LogRecord[] = [];
  let head: Digest | null = null;
  for (const line of lines) {
    const record = parseRecord(line);
    const revision = records.length + 1;
    if (typeof record === "string") return err({ code: "MALFORMED", revision, detail: record });
    const detail = breakBetween(records.at(-1), record, head);
    if (detail !== undefined) return err({ code: "CHAIN_BROKEN", revision, detail });
    records.push(record);
    head = digestOf(sha256, line);
  }
  const [first, ...rest] = records;
  const started = first === undefined ? undefined : startedOf(first);
  if (first === undefined || started === undefined || head === null) {
    return err({ code: "MALFORMED", revision: 1, detail: `the log does not begin with a start of ${logFormat}` });
  }
  return ok({ records: [first, ...rest], head, started });
}

/** The record, or what is wrong with its line. */
function parseRecord(line: string): LogRecord | string {
  const value = parseCanonical(line);
  if (value === undefined) return "the line is not canonical JSON";
  if (!hasExactly(value, ["at", "body", "prev", "revision", "type"])) return "the record has other keys";
  const { at, body, prev, revision, type } = value;
  if (typeof at !== "string" || instantMs(at) === undefined) return "`at` is not an instant";
  if (prev !== null && typeof prev !== "string") return "`prev` is not a digest";
  if (typeof revision !== "number") return "`revision` is not a number";
  if (typeof type !== "string") return "`type` is not a text";
  return { at, body, prev, revision, type };
}

/** Instants of one length sort like texts. */
function breakBetween(before: LogRecord | undefined, record: LogRecord, head: Digest | null): string | undefined {
  const revision = (before?.revision ?? 0) + 1;
  if (record.revision !== revision) return `the record says revision ${String(record.revision)}`;
  if (record.prev !== head) return `the record follows ${String(record.prev)}, not ${String(head)}`;
  if (before !== undefined && record.at < before.at) return `the record is older than the one before`;
  if (before !== undefined && record.type === "Started") return "the execution starts again";
  return undefined;
}

const startedKeys = ["engine", "execution", "format", "input", "principal", "snapshot", "tenant", "workflow"] as const;

const areTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

function startedOf({ type, body }: LogRecord): StartedBody | undefined {
  if (type !== "Started" || !isObject(body)) return undefined;
  const { isolation = [], parent, ...others } = body;
  if (!hasExactly(others, startedKeys) || !areTexts(isolation)) return undefined;
  if (parent !== undefined && !hasExactly(parent, ["execution", "place"])) return undefined;
  const { engine, execution, format, input, principal, snapshot, tenant, workflow } = others;
  if (format !== logFormat || typeof engine !== "string" || typeof execution !== "string") return undefined;
  if (typeof principal !== "string" || typeof snapshot !== "string") return undefined;
  if (typeof tenant !== "string" || typeof workflow !== "string") return undefined;
  return { engine, execution, format, input, isolation, principal, snapshot, tenant, workflow };
}
