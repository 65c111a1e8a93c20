import { ok, replyTo, type Replies, type Result } from "@omnibase/core";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { exitOf, resultText } from "../text/result-text.ts";
import { replyDocument, replyText } from "./door.ts";
import { recorded, resultFor } from "./read-data.ts";

export interface Beside {
  /** Files that were written, relative to the data root. */
  readonly files?: readonly string[];
  /** As `whereGiven` says it. */
  readonly where: string;
  /** As whoever waited measured it. */
  readonly ms?: number;
  /** Present where whoever asked came in by a door: then what is told is what is said there. */
  readonly replies?: Replies | undefined;
}

/** What an execution came to, as it stands in the store. */
export async function outcomeOf(
  place: Pick<Place, "dataRoot" | "trust">,
  execution: string,
  { files = [], ms, replies, where }: Beside,
): Promise<Result<Report, Refused>> {
  const record = await recorded(place, execution);
  if (!record.ok) return record;
  const result = await resultFor(place, record.value, ms);
  if (!result.ok) return result;
  const text = resultText(result.value, { files, dataRoot: place.dataRoot, where });
  if (replies !== undefined) {
    const said = replyTo(replies, result.value);
    const document = replyDocument(execution, said);
    return ok({ exit: exitOf(result.value), document, text: `${replyText(said)}\n${text}` });
  }
  const { schema, ...facts } = result.value;
  return ok({ exit: exitOf(result.value), document: documentOf(schema, facts), text });
}
