import { describe, expect, it } from "vitest";
import type { JsonObject } from "@omnibase/core";
import { doorCodes } from "@omnibase/server";
import { called, documentIn, exampleProject, greetProject } from "../../apps/cli/src/testing/cli.ts";
import { explanationOf } from "../../apps/cli/src/text/codes.ts";
import type { Answered } from "./door.ts";
import { adaGreeted, async, greeted, openDoors } from "./doors.ts";

const { door, greeting } = openDoors();

const idOf = ({ execution }: JsonObject): string => (typeof execution === "string" ? execution : "");

describe("a start over HTTP", () => {
  it("is answered with the result that the command prints", async () => {
    const folder = greetProject();
    const at = await door(folder);
    const { headers, json, status } = await greeted(at);
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "SUCCESS", exit_node: "EXIT_NEW", waiting: [] });
    const id = idOf(json);
    expect(headers.get("location")).toBe(`/v1/executions/${id}`);
    expect((await at.ask(`GET /v1/executions/${id}`)).json).toEqual(json);
    await at.close();
    const shown = documentIn(await called(["show", id, "--json"], { cwd: folder }));
    expect(shown).toEqual(json);
  });

  it("is one start however often its key comes, and another for another payload", async () => {
    const at = await greeting();
    const key = { "idempotency-key": "order-1" };
    const both = await Promise.all([greeted(at, key), greeted(at, key)]);
    expect(new Set(both.map(({ json }) => json["execution"])).size).toBe(1);
    expect((await greeted(at, { "idempotency-key": '"order-1"' })).json).toEqual(both[0]?.json);
    const other = await at.ask("POST /v1/executions", {
      body: { ...adaGreeted, input: { name: "Eve" } },
      headers: key,
    });
    expect([other.status, other.json["code"]]).toEqual([409, "IDEMPOTENCY_MISMATCH"]);
    const long = await greeted(at, { "idempotency-key": "k".repeat(256) });
    expect([long.status, long.json["code"]]).toEqual([400, "ID_LENGTH"]);
  });

  it("returns at once where nobody wants to wait, and says whether it was made before", async () => {
    const at = await greeting();
    const first = await greeted(at, { ...async, "idempotency-key": "k" });
    const again = await greeted(at, { ...async, "idempotency-key": "k" });
    expect([first.status, first.json["existed"], again.json["existed"]]).toEqual([202, false, true]);
    const path = first.headers.get("location") ?? "";
    const ended = await at.ask(`GET ${path}`, { headers: { prefer: "wait=10" } });
    expect(ended.json["status"]).toBe("SUCCESS");
  });

  it("says 202 and what is waited for where it rests", async () => {
    const at = await door(exampleProject("11-task"));
    const body = { workflow: "shop::WF_REFUND_V0", input: { order: "A-1", cents: 450 }, execution: "e1" };
    const begun = await at.ask("POST /v1/executions", { body });
    expect([begun.status, begun.json["status"]]).toEqual([202, "WAITING"]);
    expect(begun.json["waiting"]).toMatchObject([{ kind: "task", place: "APPROVE" }]);
  });

  it("is recorded under whoever says to ask", async () => {
    const at = await greeting();
    const { json } = await greeted(at, { "omnibase-principal": "demo::AC_X_V0 name=Ada" });
    const log = await at.ask(`GET /v1/executions/${idOf(json)}/log`);
    expect(log.text).toContain('"principal":"demo::AC_X_V0 name=Ada"');
    const unfit = await greeted(at, { "omnibase-principal": "Ad\u00e9" });
    expect(unfit.json["code"]).toBe("HEADER_INVALID");
  });
});

describe("what is asked otherwise than it is declared", () => {
  it.each([
    ["POST /v1/executions", { ...adaGreeted, status: "ended" }, 400, "SCHEMA_UNKNOWN_FIELD"],
    ["POST /v1/executions", { input: {} }, 400, "BODY_INVALID"],
    ["POST /v1/executions", [], 400, "BODY_INVALID"],
    ["POST /v1/executions", '{"workflow":"a","workflow":"b"}', 400, "PAYLOAD_DUPLICATE_KEY"],
    ["POST /v1/executions", "{", 400, "PAYLOAD_SYNTAX"],
    ["POST /v1/executions", { ...adaGreeted, workflow: "demo::WF_NO_V0" }, 404, "WORKFLOW_NOT_FOUND"],
    ["POST /v1/executions", { ...adaGreeted, execution: "../x" }, 400, "ID_CHARSET"],
    ["GET /v1/executions?limit=1e9", undefined, 400, "QUERY_INVALID"],
    ["GET /v1/executions?limit=1001", undefined, 400, "QUERY_INVALID"],
    ["GET /v1/executions?limit=1&limit=2", undefined, 400, "QUERY_INVALID"],
    ["GET /v1/executions?after=forged", undefined, 400, "QUERY_INVALID"],
    ["GET /v1/executions?staus=ended", undefined, 400, "QUERY_INVALID"],
    ["GET /v1/executions?__proto__=1", undefined, 400, "QUERY_INVALID"],
    ["GET /v1/executions/nobody", undefined, 404, "EXECUTION_NOT_FOUND"],
    ["GET /v1/executions/nobody/events", undefined, 404, "EXECUTION_NOT_FOUND"],
    ["GET /v1/executions/..%2Fx", undefined, 400, "ID_CHARSET"],
    ["GET /v1/nothing", undefined, 404, "ROUTE_NOT_FOUND"],
    ["GET /v1/executions/", undefined, 404, "ROUTE_NOT_FOUND"],
    ["PUT /v1/executions", {}, 405, "METHOD_NOT_ALLOWED"],
    ["OPTIONS /v1/executions", undefined, 405, "METHOD_NOT_ALLOWED"],
  ] as const)("is refused: %s %j", async (what, body, status, code) => {
    const at = await greeting();
    const answered = await at.ask(what, body === undefined ? {} : { body });
    expect([answered.status, answered.json["code"], answered.json["status"]]).toEqual([status, code, status]);
    expect(answered.headers.get("content-type")).toBe("application/problem+json");
  });

  it("is refused where it is too large, whether it says so or comes in pieces", async () => {
    const body = `{"input":"${"x".repeat(270_000)}"}`;
    const at = await greeting();
    const long = await at.ask("POST /v1/executions", { body });
    expect([long.status, long.json["code"]]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    const headers = { host: "localhost", "content-type": "application/json" };
    const stream = new Blob([body]).stream();
    const pieces = new Request("http://localhost/v1/executions", {
      method: "POST",
      headers,
      body: stream,
      duplex: "half",
    });
    expect((await at.app.request(pieces)).status).toBe(413);
  });

  it.each([
    ["text/plain"],
    ["application/json; charset=utf-16"],
    ["application/x-www-form-urlencoded"],
    ["application/json, text/plain"],
  ])("is refused as %s", async (type) => {
    const at = await greeting();
    const answered = await at.ask("POST /v1/executions", { body: adaGreeted, headers: { "content-type": type } });
    expect([answered.status, answered.json["code"]]).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
  });

  it("has codes that each are explained", () => {
    expect(doorCodes.filter((code) => explanationOf(code) === undefined)).toEqual([]);
  });
});

describe("whoever asks from elsewhere", () => {
  it.each([
    ["another name for this machine", { host: "evil.example" }, 421, "HOST_REFUSED"],
    ["a name that only begins like ours", { host: "127.0.0.1.evil.example" }, 421, "HOST_REFUSED"],
    ["a page of another origin", { origin: "http://evil.example" }, 403, "ORIGIN_REFUSED"],
    ["a page without an origin", { origin: "null" }, 403, "ORIGIN_REFUSED"],
  ])("is refused: %s", async (_, headers, status, code) => {
    const at = await greeting();
    for (const what of ["GET /livez", "OPTIONS /v1/executions", "GET /v1/executions"]) {
      const answered = await at.ask(what, { headers });
      expect([what, answered.status, answered.json["code"]]).toEqual([what, status, code]);
      expect([...answered.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  it("is let in from our own origin, and by every name of the loopback", async () => {
    const at = await greeting();
    for (const host of ["localhost", "localhost:80", "127.0.0.1:7070", "127.9.9.9", "[::1]:7070"]) {
      for (const origin of [`http://${host}`, `https://${host}`]) {
        expect((await at.ask("GET /livez", { headers: { host, origin } })).status).toBe(200);
      }
    }
  });

  it("says the token where there is one, but for the question whether anybody is there", async () => {
    const token = "0123456789abcdef";
    const at = await door(greetProject(), { tokens: [{ token: "f".repeat(32) }, { token }] });
    expect((await at.ask("GET /livez")).status).toBe(200);
    const nobody = await at.ask("GET /v1/tasks");
    expect([nobody.status, nobody.json["code"], nobody.headers.get("www-authenticate")]).toEqual([
      401,
      "TOKEN_MISSING",
      "Bearer",
    ]);
    expect((await at.ask("GET /nowhere")).json["code"]).toBe("TOKEN_MISSING");
    for (const wrong of [
      "Bearer no",
      `Bearer ${token}0`,
      `Bearer ${token.toUpperCase()}`,
      `Bearer ${"x".repeat(9_000)}`,
    ]) {
      expect((await at.ask("GET /v1/tasks", { headers: { authorization: wrong } })).json["code"]).toBe("TOKEN_REFUSED");
    }
    expect((await at.ask("GET /v1/tasks", { headers: { authorization: `Basic ${token}` } })).json["code"]).toBe(
      "TOKEN_MISSING",
    );
    expect((await at.ask("GET /v1/tasks", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

describe("a token that was given to somebody", () => {
  it("speaks for them, and for nobody else", async () => {
    const [ada, any] = ["a".repeat(16), "b".repeat(16)];
    const at = await door(greetProject(), { tokens: [{ token: ada, principal: "ada" }, { token: any }] });
    const by = async (headers: Readonly<Record<string, string>>): Promise<Answered> => greeted(at, headers);
    const principalOf = async ({ json }: Answered, token: string): Promise<string | undefined> => {
      const headers = { authorization: `Bearer ${token}` };
      const log = await at.ask(`GET /v1/executions/${idOf(json)}/log`, { headers });
      return /"principal":"(.*?)"/.exec(log.text)?.[1];
    };
    expect(await principalOf(await by({ authorization: `Bearer ${ada}` }), ada)).toBe("ada");
    const other = await by({ authorization: `Bearer ${ada}`, "omnibase-principal": "eve" });
    expect([other.status, other.json["code"]]).toEqual([403, "PRINCIPAL_REFUSED"]);
    expect(await principalOf(await by({ authorization: `Bearer ${any}`, "omnibase-principal": "eve" }), any)).toBe(
      "eve",
    );
  });
});

describe("a list of executions", () => {
  it("comes in pages that hold each once", async () => {
    const at = await door(greetProject());
    for (let count = 0; count < 5; count += 1) await greeted(at);
    const seen: unknown[] = [];
    for (let query = "limit=2"; query !== "";) {
      const { executions, next } = (await at.ask(`GET /v1/executions?${query}`)).json;
      if (Array.isArray(executions)) seen.push(...executions.map((one) => JSON.stringify(one)));
      query = typeof next === "number" ? `limit=2&after=${String(next)}` : "";
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
    expect((await at.ask("GET /v1/executions?status=open")).json["executions"]).toEqual([]);
    expect((await at.ask("GET /v1/executions?workflow=demo::WF_NO_V0")).json["executions"]).toEqual([]);
  });
});

describe("people over HTTP", () => {
  const manager = { "omnibase-principal": "shop::AC_MANAGER_V0 name=Grace" };
  const refund = { workflow: "shop::WF_REFUND_V0", input: { order: "A-1", cents: 450 }, execution: "e1" };

  it("find a task, and do it as who they are", async () => {
    const at = await door(exampleProject("11-task"));
    await at.ask("POST /v1/executions", { body: refund });
    expect((await at.ask("GET /v1/tasks?actor=shop::AC_MANAGER_V0")).json["tasks"]).toMatchObject([
      { place: "APPROVE" },
    ]);
    expect((await at.ask("GET /v1/tasks?actor=shop::AC_NOBODY_V0")).json["tasks"]).toEqual([]);
    expect((await at.ask("GET /v1/executions/e1/task")).json).toMatchObject({ outcomes: ["APPROVED", "DENIED"] });
    const done = { outcome: "APPROVED", output: { note: "cold" }, place: "APPROVE" };
    const stranger = await at.ask("POST /v1/executions/e1/task", { body: done });
    expect([stranger.status, stranger.json["code"]]).toEqual([403, "NOT_AN_ACTOR"]);
    const asManager = { body: done, headers: manager };
    const unknown = { body: { ...done, outcome: "PERHAPS" }, headers: manager };
    expect((await at.ask("POST /v1/executions/e1/task", unknown)).json["code"]).toBe("UNDECLARED_OUTCOME");
    const ended = await at.ask("POST /v1/executions/e1/task", asManager);
    expect([ended.status, ended.json["outcome"]]).toEqual([200, "REFUNDED"]);
    expect((await at.ask("POST /v1/executions/e1/task", asManager)).json).toEqual(ended.json);
    expect((await at.ask("GET /v1/tasks")).json["tasks"]).toEqual([]);
  });

  it("signal what waits, once for each key, and cancel what they do not want", async () => {
    const at = await door(exampleProject("10-wait"));
    const order = { workflow: "cafe::WF_ORDER_V0", input: { cups: 2, ready_at: "2026-01-01T00:00:00Z" } };
    for (const execution of ["e1", "e2"]) {
      const begun = await at.ask("POST /v1/executions", { body: { ...order, execution }, headers: async });
      expect(begun.status).toBe(202);
    }
    const paid = { body: { name: "PAID", value: { cents: 450 } }, headers: { "idempotency-key": "p1" } };
    const served = await at.ask("POST /v1/executions/e2/signals", paid);
    expect([served.status, served.json["outputs"]]).toEqual([200, { cups: 2, cents: 450 }]);
    expect((await at.ask("POST /v1/executions/e2/signals", paid)).json).toEqual(served.json);
    const unknown = await at.ask("POST /v1/executions/e1/signals", { body: { name: "NOPE" } });
    expect([unknown.status, unknown.json["code"]]).toEqual([422, "SIGNAL_UNKNOWN"]);
    const cancelled = await at.ask("POST /v1/executions/e1/cancel");
    expect([cancelled.status, cancelled.json["status"]]).toEqual([200, "CANCELLED"]);
  });
});
