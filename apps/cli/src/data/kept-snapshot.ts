import { err, type Result, type Snapshot } from "@omnibase/core";
import { snapshotFolder } from "@omnibase/infra/snapshots";
import type { Refused } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { snapshotsFolder } from "./layout.ts";

/** The snapshot that an execution is pinned to, verified. */
export async function snapshotOf(
  { dataRoot, trust }: Pick<Place, "dataRoot" | "trust">,
  digest: string,
): Promise<Result<Snapshot, Refused>> {
  const loaded = await snapshotFolder(snapshotsFolder(dataRoot), { trust }).load(digest);
  if (loaded.ok) return loaded;
  const { code, detail, object } = loaded.error;
  const exit = code === "SNAPSHOT_MISSING" ? 3 : 5;
  const hint = code === "SNAPSHOT_UNTRUSTED" ? { hint: "name the project whose key signed it with --workspace" } : {};
  return err({ exit, code, message: `snapshot ${digest}: ${object}: ${detail}`, ...hint, facts: { object } });
}
