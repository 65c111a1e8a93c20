import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@omnibase/infra/clock";
import type { Reply } from "@omnibase/spi";
import { afterEach, expect, it } from "vitest";
import { openSession, type OwnedHost, type Session } from "../../apps/cli/src/session.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const leaving = { ok: false, error: { code: "OWNER_LEAVING" } } as const;
const refuse = (): Promise<Reply<never>> => Promise.resolve(leaving);
const nothing = (): Promise<void> => Promise.resolve();

const host: OwnedHost = {
  start: refuse,
  wait: refuse,
  cancel: refuse,
  resolve: refuse,
  signal: refuse,
  settleTask: refuse,
  project: refuse,
  remove: refuse,
  eraseSecrets: refuse,
  tidy: refuse,
  drain: nothing,
  close: nothing,
};

const opened = (dataRoot: string, alone: boolean): Promise<Session> =>
  openSession({ dataRoot, openHost: () => Promise.resolve(host), clock: systemClock(), waitMs: 100, alone });

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
