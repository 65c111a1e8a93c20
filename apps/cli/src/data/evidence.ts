import { ok, type Graph, type Result } from "@omnibase/core";
import type { Evidence } from "@omnibase/server";
import type { ExecutionRow, Store } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import type { Project } from "../project/open.ts";
import { tenant } from "./layout.ts";
import { graphOf, recordedIn, resultIn, type Recorded } from "./read-data.ts";
import { standingIn, waitingIn } from "./standing.ts";

/** What a door tells of executions: the same that the commands print, from the store that stands open already. */
export function evidenceOf(project: Project, store: Store): Evidence {
  const graphs = new Map<string, Promise<Result<Graph, Refused>>>();
  const graphFor = (row: ExecutionRow): Promise<Result<Graph, Refused>> => {
    const name = `${row.snapshot}\n${row.workflow}`;
    const graph = graphs.get(name) ?? graphOf(project, row);
    graphs.set(name, graph);
    return graph;
  };
  const recorded = async (execution: string): Promise<Result<Standing, Refused>> => {
    const record = await recordedIn(store, { tenant, execution });
    if (!record.ok) return record;
    const graph = await graphFor(record.value.row);
    return graph.ok ? ok({ record: record.value, graph: graph.value }) : graph;
  };
  return {
    result: async (execution) => {
      const found = await recorded(execution);
      if (!found.ok) return found;
      const { graph, record } = found.value;
      const result = resultIn(graph, record);
      return ok({ ...result, waiting: result.completed_at === null ? waitingIn(standingIn(graph, record.lines)) : [] });
    },
  };
}

interface Standing {
  readonly record: Recorded;
  readonly graph: Graph;
}
