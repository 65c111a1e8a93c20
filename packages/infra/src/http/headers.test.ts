import { createServer, type Server } from "node:http";
import { err, ok } from "@omnibase/core";
import type { Answer, Secrets } from "@omnibase/spi";
import { afterEach, describe, expect, it } from "vitest";
import { httpHandler } from "./http-handler.ts";

const token = 'tok"en/ü-less+1';
const values: Readonly<Record<string, string>> = { TOKEN: token, SHORT: "abc", LINES: "a\r\nx-evil: 1" };
const secrets: Secrets = {
  resolve: async (name) => {
    const value = values[name];
    return value === undefined
      ? err({ code: "SECRET_DENIED", message: `secret://${name} is not granted` })
      : ok({ reveal: () => value });
  },
};

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  server = undefined;
});

/** A server that says back what it was sent, in every spelling that it may think of. */
async function called(headers: Readonly<Record<string, unknown>>, granted: Secrets | undefined): Promise<Called> {
  const seen: Readonly<Record<string, unknown>>[] = [];
  server = createServer((request, response) => {
    seen.push(request.headers);
    const sent = String(request.headers["x-key"] ?? "");
    const base64 = Buffer.from(sent).toString("base64");
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ sent, url: encodeURIComponent(sent), base64, none: "kept" }));
  });
  const port = await new Promise<number>((resolve) => {
    server?.listen(0, "127.0.0.1", () => {
      const address = server?.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const origin = `http://127.0.0.1:${String(port)}`;
  const answer = await httpHandler(granted === undefined ? {} : { secrets: granted }).handle(
    {
      tenant: "default",
      execution: "e1",
      place: "CC/call",
      attempt: 1,
      key: () => "k",
      operation: "REQUEST",
      configuration: JSON.parse(
        JSON.stringify({ method: "GET", url: origin, outcomes: { "2xx": "SUCCESS" }, headers }),
      ),
      input: {},
      timeoutMs: 2_000,
      grants: [origin],
    },
    { aborted: false, addEventListener: () => undefined },
  );
  return { answer, seen };
}

interface Called {
  readonly answer: Answer;
  readonly seen: readonly Readonly<Record<string, unknown>>[];
}

const plain: Secrets = { resolve: async () => ok({ reveal: () => "tok/en+1 x" }) };

describe("declared headers", () => {
  it("are sent, with secrets where they are referred to, over what the client says of itself", async () => {
    const { answer, seen } = await called(
      { "x-key": "secret://TOKEN", authorization: "Bearer secret://TOKEN", "user-agent": "shop" },
      plain,
    );
    expect(answer.kind).toBe("done");
    expect(seen).toMatchObject([
      { "x-key": "tok/en+1 x", authorization: "Bearer tok/en+1 x", "user-agent": "shop", "idempotency-key": "k" },
    ]);
  });

  it("are no way by which an answer brings a secret into the log", async () => {
    const { answer } = await called({ "x-key": "secret://TOKEN" }, plain);
    expect(answer).toEqual({
      kind: "done",
      outcome: "SUCCESS",
      value: {
        status: 200,
        body: {
          sent: "secret://TOKEN",
          url: "secret://TOKEN",
          base64: expect.stringMatching(/^secret:\/\/TOKEN=*$/),
          none: "kept",
        },
      },
    });
  });

  it("leave an answer alone that holds no secret, or one too short to be told apart", async () => {
    const { answer } = await called({ "x-key": "secret://SHORT" }, secrets);
    expect(answer).toMatchObject({ kind: "done", value: { body: { sent: "abc" } } });
    const other = await called({ "x-other": "secret://TOKEN" }, plain);
    expect(other.answer).toMatchObject({ kind: "done", value: { body: { sent: "", none: "kept" } } });
  });

  it.each([
    ["nobody granted", { "x-key": "secret://OTHER" }, secrets, "SECRET_DENIED"],
    ["nobody knows of", { "x-key": "secret://TOKEN" }, undefined, "SECRET_DENIED"],
    ["would be two headers", { "x-key": "secret://LINES" }, secrets, "SECRET_UNREADABLE"],
    ["are no ASCII", { "x-key": "secret://TOKEN" }, secrets, "SECRET_UNREADABLE"],
    ["are no texts", { "x-key": 7 }, secrets, "CONFIGURATION_INVALID"],
  ])("are not sent when they %s", async (_, headers, granted, code) => {
    const { answer, seen } = await called(headers, granted);
    expect(answer).toMatchObject({ kind: "not-done", failure: { code }, retryable: false });
    expect(JSON.stringify(answer)).not.toContain(token);
    expect(seen).toEqual([]);
  });

  it("are a map", async () => {
    const { answer } = await called(JSON.parse("[]"), secrets);
    expect(answer).toMatchObject({ kind: "not-done", failure: { code: "CONFIGURATION_INVALID" } });
  });
});
