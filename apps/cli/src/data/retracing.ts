import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "@omnibase/spi";
import type { Context, Given } from "../program/command.ts";
import type { Place } from "../project/open.ts";
import { changedSince } from "./following.ts";
import { tenant } from "./layout.ts";
import { graphsOf, recordedIn, withStore } from "./read-data.ts";
import { orSaid, traceAfter, traceBeside, tracesFolder } from "./tracing.ts";

/** Where the store stood before something was driven on. `undefined`: no traces are wanted, and nobody need know. */
export const positionBefore = async (place: Place, given: Given): Promise<number | undefined> =>
  given.text("trace") === "none" ? undefined : withStore(place, 0, (store) => store.lastPosition());

/** The same where only what lies there is made again. */
export const positionIfTraced = async (place: Place, given: Given): Promise<number | undefined> =>
  existsSync(tracesFolder(place)) ? positionBefore(place, given) : undefined;

export interface Asking {
  readonly given: Given;
  readonly context: Context;
}

export interface WentOn {
  /** As `positionBefore` said it. */
  readonly since: number | undefined;
  /** Those that are traced whether or not a trace lies there. */
  readonly asked?: ReadonlySet<string>;
  /** The one whose trace has been written. */
  readonly but?: string;
}

/**
 * Whoever drives one execution on drives on what waits for it, what it asked for, and what was under way. Of all that
 * went on, a trace that lies there is made again, so that it is not behind.
 */
export async function retrace(place: Place, wentOn: WentOn, { context, given }: Asking): Promise<void> {
  const { asked = new Set(), but, since } = wentOn;
  const folder = tracesFolder(place);
  if (since === undefined) return;
  const graphFor = graphsOf(place);
  const [after, beside] = [traceAfter(given, place, context), traceBeside(given, place, context)];
  const writeAll = async (store: Store): Promise<void> => {
    for (const execution of new Set((await changedSince(store, since)).executions)) {
      if (execution === but || !(asked.has(execution) || existsSync(join(folder, execution)))) continue;
      const record = await recordedIn(store, { tenant, execution });
      const graph = record.ok ? await graphFor(record.value.row) : record;
      const write = asked.has(execution) ? after : beside;
      if (record.ok && graph.ok) await write(graph.value, record.value.lines);
      else if (!graph.ok) context.warn(`no trace of ${execution} was written: ${graph.error.message}`);
    }
  };
  await orSaid(context, undefined, () => withStore<void>(place, undefined, writeAll));
}
