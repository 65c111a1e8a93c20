import { resolve } from "node:path";
import { systemClock } from "@omnibase/infra/clock";
import { doorOn, heard, openMetrics, type Heard } from "@omnibase/server";
import type { Store } from "@omnibase/spi";
import { doorParts } from "./data/door-parts.ts";
import { openDriver } from "./data/drive.ts";
import { decodedSnapshot } from "./data/snapshot-view.ts";
import type { Refused } from "./edge/report.ts";
import { build } from "./project/build.ts";
import { openProject } from "./project/open.ts";

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

/** The project does not compile, or its data root has another owner. */
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
  const io = { ...silent, cwd: () => resolve(project), env: env ?? process.env, err: log ?? silent.err };
  const given = {
    args: [],
    text: (name: string) => (name === "data-root" ? dataRoot : undefined),
    list: () => [],
    flag: () => false,
  };
  const opened = taken(await openProject(given, { io }));
  const built = taken(await build(opened));
  const snapshot = taken(decodedSnapshot(Buffer.from(built.text), opened.trust));
  const metrics = openMetrics();
  let told: Heard | undefined;
  const through = (store: Store): Store => (told = heard(store, { clock: systemClock(), metrics })).store;
  const grouped = (writes: number): void => metrics.observe("omnibase_commit_group_size", writes);
  const driver = await openDriver(opened, { env: io.env, lasting: false, listener: { grouped, through } });
  if (told === undefined) {
    await driver.close();
    throw new ProjectRefused(owned);
  }
  await driver.keep(built);
  const parts = doorParts(opened, { driver, io, metrics, snapshot, told });
  const { app, leave } = doorOn(parts, { listen: { kind: "tcp", host: "localhost", port: 0 }, tokens: [] });
  return {
    fetch: async (url, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("host", "localhost");
      return app.request(url, { ...init, headers });
    },
    close: async () => {
      leave();
      await driver.close();
    },
  };
}

const owned: Refused = {
  exit: 4,
  code: "STORE_LOCKED",
  message: "another process owns this data root",
  hint: "ask it over HTTP: `omnibase serve`",
};

function taken<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Refused },
): T {
  if (result.ok) return result.value;
  throw new ProjectRefused(result.error);
}

/** Nobody looks on. */
const silent = {
  out: () => undefined,
  err: () => undefined,
  terminal: false,
  color: false,
  outColor: false,
  program: [],
  onSignal: () => () => undefined,
  stdin: async function* () {
    yield new Uint8Array();
  },
};
