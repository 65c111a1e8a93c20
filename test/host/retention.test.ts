import { digestOf } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { Removal, Store } from "@omnibase/spi";
import { expect, it } from "vitest";
import { done, key, openWorld, start } from "./world.ts";

async function removalOf(store: Store, execution: string): Promise<Removal> {
  const lines = await store.read(key(execution));
  return {
    key: key(execution),
    head: digestOf(sha256, lines.at(-1) ?? ""),
    records: lines.length,
    removedMs: 2,
    policy: "",
  };
}

it("knows a removed execution by its tombstone: the same start existed, another is a mismatch, and it has ended", async () => {
  const { calls, host, store } = openWorld({ answer: done });
  await host.start(start("e"));
  await host.wait(key("e"));
  const removal = await removalOf(store, "e");
  expect(await host.remove({ removals: [removal] })).toEqual({ ok: true, value: ["removed"] });
  const again = [removal, { ...removal, removedMs: 3 }];
  expect(await host.remove({ removals: again })).toEqual({ ok: true, value: ["removed", "gone"] });
  expect(await host.start(start("e"))).toMatchObject({ ok: true, value: { existed: true } });
  expect(await host.start(start("e", { name: "Bob" }))).toMatchObject({ error: { code: "IDEMPOTENCY_MISMATCH" } });
  expect(await host.wait(key("e"))).toEqual({ ok: true, value: { ...key("e"), status: "ended" } });
  const refused = { ok: false, error: { code: "EXECUTION_REMOVED", execution: "e", head: removal.head } };
  expect(await host.cancel({ ...key("e"), by: "ada", reason: "" })).toEqual(refused);
  expect(calls).toHaveLength(1);
});

it("spares what is at work, whatever the store says of it, and removes its neighbours", async () => {
  const { host, store } = openWorld({ answer: () => new Promise(() => undefined) });
  await host.start(start("busy"));
  const removals = [await removalOf(store, "busy"), await removalOf(store, "nobody")];
  expect(await host.remove({ removals })).toEqual({ ok: true, value: ["spared", "gone"] });
  expect(await store.find(key("busy"))).toMatchObject({ status: "open" });
});

it("tidies up in steps, and tells whoever leaves that it leaves", async () => {
  const { host } = openWorld({ answer: done });
  const nothing = { records: 0, tombstones: 0, freedBytes: 0, more: false, swept: { files: 0, bytes: 0 } };
  expect(await host.tidy()).toEqual({ ok: true, value: nothing });
  await host.drain();
  expect(await host.tidy()).toEqual({ ok: false, error: { code: "OWNER_LEAVING" } });
});
