import { canonical, compareExecutions, isMoreThanTime, ok, printable } from "@omnibase/core";
import type { Compared, ExecutionDifference, Result } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { counted } from "../edge/counted.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { recordedWithGraph } from "./read-data.ts";

/** In what two executions differ first. Ends with 1 where that is more than the time that they took. */
export async function comparison(place: Place, before: string, after: string): Promise<Result<Report, Refused>> {
  const one = await side(place, before);
  if (!one.ok) return one;
  const other = await side(place, after);
  if (!other.ok) return other;
  const differences = compareExecutions(one.value, other.value, sha256);
  const same = !isMoreThanTime(differences);
  const document = documentOf("omnibase-execution-diff/1", { before, after, same, differences });
  const lines = [
    ...differences.map(differenceText),
    same ? "no difference but time" : `they differ in ${counted(differences.length, "aspect")}`,
  ];
  const text = lines.map((line) => printable(line, lineCharsMax)).join("\n");
  return ok({ exit: same ? 0 : 1, document, text });
}

async function side(place: Place, id: string): Promise<Result<Compared, Refused>> {
  const found = await recordedWithGraph(place, id);
  return found.ok ? ok({ graph: found.value.graph, lines: found.value.record.lines }) : found;
}

const lineCharsMax = 1_000;
const valueCharsMax = 200;

function differenceText({ after, aspect, before, path, place }: ExecutionDifference): string {
  const where = [place ?? "", path].filter((part) => part !== "").join(" ");
  const unit = aspect === "timing" ? " ms" : "";
  const [was, is] = [before, after].map((value) => `${printable(canonical(value), valueCharsMax)}${unit}`);
  return `${aspect.padEnd(9)}  ${where === "" ? "" : `${where}: `}${String(was)} → ${String(is)}`;
}
