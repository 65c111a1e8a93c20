import { describe, expect, it } from "vitest";
import type { Replies } from "../graph/route.ts";
import { refusedAt, replyTo } from "./reply.ts";
import type { ExecutionResult } from "./result.ts";

const replies: Replies = {
  exits: { EXIT_NEW: { status: 201, body: { id: ["outputs", "id"], none: ["outputs", "none"] } } },
  classes: {
    completed: { status: 200, body: { outcome: ["outcome"] } },
    rejected: { status: 422, body: { nack: ["nack"] } },
    failed: { status: 500, body: {} },
    cancelled: { status: 409, body: { execution: ["execution"] } },
  },
};

const result: ExecutionResult = {
  schema: "omnibase-result/1",
  execution: "e1",
  workflow: "demo::WF_X_V0",
  snapshot: "sha256:0",
  status: "SUCCESS",
  class: "completed",
  exit_node: "EXIT_NEW",
  exit_reason: "COMPLETED",
  outcome: "NEW",
  route: [],
  outputs: { id: "7" },
  emitted: [],
  nack: [],
  problems: [],
  digests: { input: "sha256:0", outputs: null, head: "sha256:0" },
  started_at: "",
  completed_at: null,
  duration_ms: 0,
};

describe("what is said at a door", () => {
  it("is what the exit says, without what the result does not have", () => {
    expect(replyTo(replies, result)).toEqual({ status: 201, body: { id: "7" } });
  });

  it("is what the class says where the exit says nothing of its own", () => {
    const nack = [{ field: "a", code: "TYPE", message: "no" }] as const;
    expect(replyTo(replies, { ...result, exit_node: "toString" })).toEqual({ status: 200, body: { outcome: "NEW" } });
    expect(replyTo(replies, { ...result, exit_node: "EXIT_BAD", class: "rejected", nack })).toEqual({
      status: 422,
      body: { nack },
    });
    expect(replyTo(replies, { ...result, exit_node: null, class: "cancelled" })).toEqual({
      status: 409,
      body: { execution: "e1" },
    });
  });

  it("is that it goes on where it does", () => {
    expect(replyTo(replies, { ...result, exit_node: null, class: null, status: "WAITING" })).toEqual({
      status: 202,
      body: { execution: "e1", status: "WAITING" },
    });
  });

  it("is why where nobody is let in", () => {
    const nack = { field: "name", code: "REQUIRED", message: "name is required" } as const;
    expect(refusedAt([nack])).toEqual({ status: 400, body: { nack: [nack] } });
  });
});
