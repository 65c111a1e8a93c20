import { resolve } from "node:path";
import { doorOn } from "@omnibase/server";
import { openDoorParts } from "./data/open-door-parts.ts";
import type { Refused } from "./edge/report.ts";

/** A project that is served to this process alone. */
export interface Local {
  /** For a client: its own way of asking, which opens no socket. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Drains, and lets the data root go. */
  close(): Promise<void>;
}

export interface LocalOptions {
  /** The folder of the project. Absent: where this process is. */
  readonly project?: string;
  /** Absent: what the project says. */
  readonly dataRoot?: string;
  /** Where secrets may lie. Absent: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What it says about what it does, a line of JSON each. Absent: nobody reads it. */
  readonly log?: (line: string) => void;
}

/** There is no project, or it does not compile. A data root that another process owns is the fault STORE_LOCKED. */
export class ProjectRefused extends Error {
  override readonly name = "ProjectRefused";
  readonly code: string;
  readonly hint: string | undefined;

  constructor({ code, hint, message, problems = [] }: Refused) {
    const lines = problems.map((one) => `\n  ${one.at.file}:${String(one.at.line)} ${one.code} ${one.message}`);
    super(`${code} ${message}${lines.join("")}`);
    this.code = code;
    this.hint = hint;
  }
}

/**
 * Compiles a project and owns its data root, like `omnibase serve`, and answers whoever asks in this process: what a client
 * is told is what it would be told over HTTP.
 */
export async function openLocal({ dataRoot, env, log, project = "." }: LocalOptions = {}): Promise<Local> {
  const opened = await openDoorParts({
    cwd: () => resolve(project),
    env: env ?? process.env,
    err: log ?? (() => undefined),
    dataRoot,
  });
  if (!opened.ok) throw new ProjectRefused(opened.error);
  const { close, parts } = opened.value;
  const { app, leave } = doorOn(parts, { listen: { kind: "tcp", host: "localhost", port: 0 }, tokens: [] });
  return {
    fetch: async (url, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("host", "localhost");
      return app.request(url, { ...init, headers });
    },
    close: async () => {
      leave();
      await close();
    },
  };
}
