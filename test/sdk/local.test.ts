import { cpSync } from "node:fs";
import { join } from "node:path";
import { openLocal } from "@omnibase/cli/local";
import { createClient } from "@omnibase/sdk";
import { afterEach, expect, it } from "vitest";
import { folderWith, removeFolders } from "../../apps/cli/src/testing/cli.ts";
import { order } from "./cafe/omnibase.ts";

afterEach(removeFolders);

function cafe(): string {
  const folder = folderWith({ "omnibase.yaml": "namespace: cafe\n" });
  cpSync(join(import.meta.dirname, "cafe/omnibase.ts"), join(folder, "omnibase.ts"));
  return folder;
}

it("is asked in this process as over HTTP, and leaves what it has done for the next", async () => {
  const project = cafe();
  const said: string[] = [];
  const local = await openLocal({
    project,
    dataRoot: join(project, "elsewhere"),
    env: {},
    log: (line) => void said.push(line),
  });
  const client = createClient({ url: "http://localhost", namespace: "cafe", fetch: local.fetch });
  const execution = await client.start(order, { cups: 0 });
  expect(await execution.ended()).toMatchObject({ outcome: "BAD_INPUT", class: "rejected" });
  await local.close();
  expect(said.length).toBeGreaterThan(0);
  const again = await openLocal({ project, dataRoot: join(project, "elsewhere") });
  const later = createClient({ url: "http://localhost", namespace: "cafe", fetch: again.fetch });
  expect(await later.execution(order, execution.id).result()).toMatchObject({ outcome: "BAD_INPUT" });
  await again.close();
});

it("lets the data root go where it cannot be served from it", async () => {
  const project = cafe();
  const full = openLocal({ project, env: { FAILPOINTS: "snapshot.before-write=throw" } });
  await expect(full).rejects.toThrow("snapshot.before-write");
  await (await openLocal({ project, env: {} })).close();
});

it("says why it does not open", async () => {
  const empty = folderWith({});
  await expect(openLocal({ project: empty })).rejects.toThrow(
    expect.objectContaining({ name: "ProjectRefused", code: "PROJECT_NOT_FOUND" }),
  );
  const wrong = folderWith({ "omnibase.yaml": "namespace: x\n", "contracts/WF_X_V0.yaml": "workflow: WF_X_V0\n" });
  await expect(openLocal({ project: wrong })).rejects.toThrow("contracts/WF_X_V0.yaml:1");
});
