import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@omnibase/infra/clock";
import { afterEach, expect, it } from "vitest";
import { openSession, type Session } from "../../apps/cli/src/session.ts";
import { hostOf } from "../session/hosts.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const opened = (dataRoot: string, alone: boolean): Promise<Session> =>
  openSession({ dataRoot, openHost: () => Promise.resolve(hostOf()), clock: systemClock(), waitMs: 100, alone });

it("lets nobody serve a data root that another owns, and lets them when it was left", async () => {
  const dataRoot = mkdtempSync(join(tmpdir(), "omnibase-alone-"));
  folders.push(dataRoot);
  mkdirSync(join(dataRoot, ".omnibase"));
  const owner = await opened(dataRoot, false);
  await expect(opened(dataRoot, true)).rejects.toMatchObject({ code: "STORE_LOCKED" });
  const client = await opened(dataRoot, false);
  await client.close();
  await owner.close();
  const next = await opened(dataRoot, true);
  await next.close();
});
