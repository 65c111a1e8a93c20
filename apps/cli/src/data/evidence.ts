import { ok, type Result } from "@omnibase/core";
import type { Evidence } from "@omnibase/server";
import type { Store } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import type { Project } from "../project/open.ts";
import { incidentDocument, incidentIn, incidentsDocument, incidentsPage } from "./incidents.ts";
import { tenant } from "./layout.ts";
import { executionsDocument, executionsPage } from "./listing.ts";
import { graphsOf, recordedIn, resultIn, withGraph, type WithGraph } from "./read-data.ts";
import { signedReceipt } from "./signed-receipt.ts";
import { standingIn, waitingIn } from "./standing.ts";
import { taskDocument, taskIn, tasksDocument, tasksPage } from "./tasks.ts";
import type { Recorded } from "./verified-record.ts";

/** What a door tells of executions: the same that the commands print, from the store that stands open already. */
export function evidenceOf(project: Project, store: Store): Evidence {
  const graphFor = graphsOf(project);
  const recorded = (execution: string): Promise<Result<Recorded, Refused>> => recordedIn(store, { tenant, execution });
  const stands = async (execution: string): Promise<Result<WithGraph, Refused>> =>
    withGraph(await recorded(execution), graphFor);
  return {
    result: async (execution) => {
      const found = await stands(execution);
      if (!found.ok) return found;
      const { graph, record } = found.value;
      const result = resultIn(graph, record);
      return ok({ ...result, waiting: result.completed_at === null ? waitingIn(standingIn(graph, record.lines)) : [] });
    },
    executions: async ({ after, ...query }) => {
      const rows = await store.list({ tenant, ...query, ...(after === undefined ? {} : { before: after }) });
      return executionsDocument(executionsPage(rows, query.limit));
    },
    tasks: async ({ actor, after, execution, limit }) => {
      const whose = execution === undefined ? {} : { execution };
      return tasksDocument(await tasksPage(store, { tenant, after: after ?? 0, limit, actor, ...whose }));
    },
    task: async (execution, place) => {
      const found = await stands(execution);
      const open = found.ok ? taskIn(found.value.record, found.value.graph, place) : found;
      return open.ok ? ok(taskDocument(open.value.task)) : open;
    },
    incidents: async (asked) =>
      incidentsDocument(await incidentsPage({ graphFor, store, warn: () => undefined }, asked)),
    incident: async (execution, place) => {
      const found = await stands(execution);
      const open = found.ok ? incidentIn(found.value.record, found.value.graph, place) : found;
      return open.ok ? ok(incidentDocument(open.value.incident)) : open;
    },
    log: async (execution) => {
      const record = await recorded(execution);
      return record.ok ? ok(record.value.lines) : record;
    },
    receipt: async (execution) => {
      const record = await recorded(execution);
      return record.ok ? signedReceipt(record.value, project) : record;
    },
  };
}
