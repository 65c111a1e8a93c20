import { resolve } from "node:path";
import { ok, type Graph, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";
import type { Context, Given } from "../program/command.ts";
import { openPlace, type Place } from "../project/open.ts";
import { graphOf, recorded } from "./read-data.ts";
import type { Recorded } from "./verified-record.ts";

/** The execution that a command was asked about. */
export interface AskedExecution {
  readonly place: Place;
  /** Where the execution lies: the place, or the archive that is looked at instead of its data. */
  readonly looked: Place;
  readonly record: Recorded;
}

export async function askedExecution(given: Given, context: Context): Promise<Result<AskedExecution, Refused>> {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const looked = lookedAt(place.value, given, context.io);
  const record = await recorded(looked, given.args[0]);
  return record.ok ? ok({ place: place.value, looked, record: record.value }) : record;
}

/** The same with the graph that it goes through. */
export async function askedWithGraph(
  given: Given,
  context: Context,
): Promise<Result<AskedExecution & { readonly graph: Graph }, Refused>> {
  const asked = await askedExecution(given, context);
  if (!asked.ok) return asked;
  const graph = await graphOf(asked.value.looked, asked.value.record.row);
  return graph.ok ? ok({ ...asked.value, graph: graph.value }) : graph;
}

/** The place, or the archive that is to be looked at instead of its data. */
export function lookedAt<P extends Pick<Place, "dataRoot">>(place: P, given: Given, { cwd }: Pick<Io, "cwd">): P {
  const archive = given.text("archive");
  return archive === undefined ? place : { ...place, dataRoot: resolve(cwd(), archive) };
}
