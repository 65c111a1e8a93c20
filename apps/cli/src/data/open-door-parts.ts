import { ok, type Result } from "@omnibase/core";
import type { DoorParts } from "@omnibase/server";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";
import { build } from "../project/build.ts";
import { openProject } from "../project/open.ts";
import { doorParts, openHearing } from "./door-parts.ts";
import { openDriver } from "./drive.ts";
import { decodedSnapshot } from "./snapshot-view.ts";

/** What a door in this process is opened on. */
export interface OpenDoorParts {
  readonly parts: DoorParts;
  /** Drains, and lets the data root go. */
  readonly close: () => Promise<void>;
}

export interface DoorPartsAsked extends Pick<Io, "cwd" | "env" | "err"> {
  /** Absent: what the project says. */
  readonly dataRoot?: string | undefined;
}

/** Compiles a project and owns its data root, like `omnibase serve`, for whoever asks in this process. */
export async function openDoorParts({ dataRoot, ...asked }: DoorPartsAsked): Promise<Result<OpenDoorParts, Refused>> {
  const io = { ...unwatched, ...asked };
  const given = {
    args: [],
    text: (name: string) => (name === "data-root" ? dataRoot : undefined),
    list: () => [],
    flag: () => false,
  };
  const project = await openProject(given, { io });
  if (!project.ok) return project;
  const built = await build(project.value);
  if (!built.ok) return built;
  const snapshot = decodedSnapshot(Buffer.from(built.value.text), project.value.trust);
  if (!snapshot.ok) return snapshot;
  const hearing = openHearing();
  const driver = await openDriver(project.value, { env: io.env, lasting: false, listener: hearing.listener });
  try {
    await driver.keep(built.value);
    const parts = doorParts(project.value, { driver, hearing, io, snapshot: snapshot.value });
    return ok({ parts, close: () => driver.close() });
  } catch (error) {
    await driver.close();
    throw error;
  }
}

/** Nobody looks on. */
const unwatched = {
  out: () => undefined,
  terminal: false,
  color: false,
  outColor: false,
  program: [],
  onSignal: () => () => undefined,
  stdin: async function* () {
    yield new Uint8Array();
  },
};
