import type { TraceEntry } from "../trace.ts";
import { objectsAt, text, workAt, type Story } from "./story.ts";

/** What an execution that goes on waits for. */
export interface Wait {
  readonly node: string;
  /** In a few words: `signal PAID`, `task Approve`, `time`. */
  readonly for: string;
  readonly due_at: string | null;
  /** The execution that was asked for there. */
  readonly child?: string;
}

export const waitsIn = (story: Story, standing: TraceEntry): readonly Wait[] =>
  objectsAt(standing, "standing").flatMap((payload) => {
    const token = { payload };
    const node = text(token, "node_id");
    const stage = text(token, "stage");
    if (stage === "incident" || stage === "joining") return [];
    const child = childAt(story, node);
    const due = text(token, "due_at");
    return [
      {
        node,
        for: waitedFor(story, node, stage),
        due_at: due === "" ? null : due,
        ...(child === "" ? {} : { child }),
      },
    ];
  });

function waitedFor(story: Story, node: string, stage: string): string {
  const work = workAt(story, node);
  const kind = text(work, "kind");
  const signal = text(work, "signal");
  if (kind === "task") return `task ${text(work, "summary")}`;
  if (kind === "child") return `workflow ${text(work, "workflow")}`;
  if (kind === "wait") return signal === "" ? "time" : `signal ${signal}`;
  if (stage === "map" || stage === "loop") return "its rounds";
  if (stage === "unwinding") return "what is undone";
  if (stage === "waiting") return "the next attempt";
  return stage === "open" ? "an answer" : "its owner";
}

function childAt({ starts }: Story, node: string): string {
  const start = starts.get(node);
  return start === undefined ? "" : text(start, "child");
}
