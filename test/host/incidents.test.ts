import type { Work } from "@omnibase/core";
import { effectWork, graphOf } from "@omnibase/testkit";
import type { Answer } from "@omnibase/spi";
import { expect, it } from "vitest";
import { call, exit, key, openWorld, start, workflow } from "./world.ts";

const unknown: Answer = { kind: "unknown", failure: { code: "NO_ANSWER", message: "silence" } };

it("goes on when a person says what happened", async () => {
  const world = openWorld({ answer: () => Promise.resolve(unknown), effect: { idempotent: false } });
  await world.host.start(start("e1"));
  await world.host.wait(key("e1"));
  const resolution = { kind: "done", outcome: "SUCCESS", value: {} } as const;
  await world.host.resolve({ ...key("e1"), by: "ada", resolution });
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
  expect(await world.host.resolve({ ...key("e1"), by: "ada", resolution })).toMatchObject({
    value: { status: "ended" },
  });
  for (const other of [{ by: "bob" }, { place: "CC_PAY/other" }, { resolution: { kind: "retry" } as const }]) {
    expect(await world.host.resolve({ ...key("e1"), by: "ada", resolution, ...other })).toMatchObject({
      error: { code: "NOT_RUNNING" },
    });
  }
});

it("does not take what a person said of one incident as said of the next", async () => {
  const world = openWorld({ answer: () => Promise.resolve(unknown), effect: { idempotent: false } });
  await world.host.start(start("e1"));
  await world.host.wait(key("e1"));
  const again = { ...key("e1"), by: "ada", resolution: { kind: "retry" } } as const;
  await world.host.resolve(again);
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "incident" } });
  const refused = await world.host.resolve(again);
  expect(refused).toMatchObject({ error: { code: "PLACE_NEEDED" } });
  expect(world.calls).toHaveLength(2);
  const place = refused.ok || refused.error.code !== "PLACE_NEEDED" ? "" : refused.error.place;
  await world.host.resolve({ ...again, by: "bob" });
  await world.host.wait(key("e1"));
  await world.host.resolve({ ...again, place });
  await world.host.wait(key("e1"));
  expect(world.calls).toHaveLength(4);
});

it("is the one that is open, or is named where there are several", async () => {
  const pay = call(effectWork({ handler: "pay", idempotent: false }), { SUCCESS: { to: "JOIN" } });
  const anything: Work = { kind: "admit", fields: {}, open: true };
  const graph = graphOf({
    IN: call(anything, { ACK: { to: "SECOND", also: ["THIRD"] }, NACK: { to: "END" } }),
    SECOND: pay,
    THIRD: pay,
    JOIN: { ...exit("BOTH"), join: "all" },
  });
  const world = openWorld({ graph: { ...graph, workflow }, answer: () => Promise.resolve(unknown) });
  await world.host.start(start("e1"));
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "incident" } });
  const resolved = { ...key("e1"), by: "ada", resolution: { kind: "done", outcome: "SUCCESS", value: {} } } as const;
  expect(await world.host.resolve(resolved)).toMatchObject({ error: { code: "PLACE_AMBIGUOUS" } });
  await world.host.resolve({ ...resolved, place: "THIRD" });
  expect(await world.host.resolve(resolved)).toMatchObject({ value: { status: "ended" } });
});
