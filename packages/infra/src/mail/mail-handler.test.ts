import { createServer, type Server, type Socket } from "node:net";
import type { Json } from "@omnibase/core";
import { err, ok } from "@omnibase/core";
import type { Answer, HandlerRequest, Secrets } from "@omnibase/spi";
import { certifiedLocalhost } from "@omnibase/testkit";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { mailHandler } from "./mail-handler.ts";

const { certificate, key } = certifiedLocalhost();
const closing: (() => void)[] = [];
const sockets: Socket[] = [];
const hangUp = (): void => {
  for (const socket of sockets.splice(0)) socket.destroy();
};
afterEach(() => {
  hangUp();
  for (const close of closing.splice(0)) close();
});

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

interface Postbox {
  readonly server: string;
  /** Source of every message that was taken, with whom it was from and to. */
  readonly taken: readonly string[];
  /** `user:password` of everyone who came, and whether by TLS. */
  readonly heard: readonly string[];
}

/** A real mail server on loopback, with STARTTLS by a fresh key. */
async function postbox(more: SMTPServerOptions = {}): Promise<Postbox> {
  const taken: string[] = [];
  const heard: string[] = [];
  const server = new SMTPServer({
    key,
    cert: certificate,
    authOptional: true,
    disableReverseLookup: true,
    onAuth: ({ password = "", username = "" }, { secure }, done) => {
      heard.push(`${username}:${password} ${secure ? "by TLS" : "in clear"}`);
      if (password === "s3cr3t") done(null, { user: username });
      else done(refusal(535, "no such user"));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address).join();
        taken.push(`${from} > ${to}\n${Buffer.concat(chunks).toString()}`);
        done();
      });
    },
    ...more,
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closing.push(() => server.close());
  return { server: `smtp://localhost:${portOf(server.server)}`, taken, heard };
}

function portOf(server: Server): string {
  const address = server.address();
  return String(typeof address === "object" && address !== null ? address.port : 0);
}

/** A server that takes the connection and says nothing. */
async function mute(): Promise<string> {
  const server = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closing.push(() => server.close());
  return `smtp://localhost:${portOf(server)}`;
}

const values: { readonly [name: string]: string } = { PASSWORD: "s3cr3t", WRONG: "guess" };
const secrets: Secrets = {
  resolve: (name) => {
    if (name === "DENIED") return Promise.resolve(err({ code: "SECRET_DENIED", message: "DENIED is not granted" }));
    const value = values[name];
    if (value === undefined) return Promise.resolve(err({ code: "SECRET_ABSENT", message: "nothing lies there" }));
    return Promise.resolve(ok({ reveal: () => value }));
  },
};

interface Sending {
  readonly input?: { readonly [name: string]: Json };
  readonly configuration?: { readonly [name: string]: Json };
  readonly grants?: readonly string[];
  readonly timeoutMs?: number;
  readonly signal?: Parameters<ReturnType<typeof mailHandler>["handle"]>[1];
  readonly authority?: string | undefined;
}

const message = { to: "ada@example.org", subject: "Grüße", body: "Your order\n.\nis on its way." };
const never = { aborted: false, addEventListener: () => undefined };

function send(server: string, sending: Sending = {}): Promise<Answer> {
  const { configuration = {}, grants = [server], input = {}, signal = never, timeoutMs = 5_000 } = sending;
  const authority = "authority" in sending ? sending.authority : certificate;
  const request: HandlerRequest = {
    tenant: "default",
    execution: "e",
    place: "CC/send",
    attempt: 1,
    key: () => "sha256:abc",
    operation: "SEND",
    configuration: { server, sender: "shop@example.org", ...configuration },
    input: { ...message, ...input },
    timeoutMs,
    grants,
  };
  return mailHandler({ secrets, ...(authority === undefined ? {} : { authority }) }).handle(request, signal);
}

const login = { user: "shop", password: "secret://PASSWORD" };

describe("a message", () => {
  it("arrives as it was written, with the effect key in its id", async () => {
    const { server, taken } = await postbox();
    const message_id = "<sha256.abc@example.org>";
    expect(await send(server)).toEqual({ kind: "done", outcome: "SUCCESS", value: { message_id } });
    expect(taken).toHaveLength(1);
    const [source = ""] = taken;
    expect(source).toContain("shop@example.org > ada@example.org\n");
    expect(source).toContain(`Message-ID: ${message_id}\r\n`);
    expect(source).toContain("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n");
    expect(source).toContain("Your order\r\n.\r\nis on its way.");
  });

  it("is sent under a name and a password, which are said by TLS alone", async () => {
    const { heard, server, taken } = await postbox({ authOptional: false });
    expect(await send(server, { configuration: login })).toMatchObject({ outcome: "SUCCESS" });
    expect(heard).toEqual(["shop:s3cr3t by TLS"]);
    expect(taken).toHaveLength(1);
  });

  it("may go to a server that speaks TLS from the first byte on", async () => {
    const { server, taken } = await postbox({ secure: true });
    const secure = server.replace("smtp:", "smtps:");
    expect(await send(secure)).toMatchObject({ outcome: "SUCCESS" });
    expect(taken).toHaveLength(1);
  });

  it.each<readonly [string, string, Json]>([
    ["no address", "to", "ada"],
    ["two addresses", "to", "ada@example.org, eve@example.org"],
    ["an address with a header behind it", "to", "ada@example.org\r\nBcc: eve@example.org"],
    ["an address in brackets", "to", "<ada@example.org>"],
    ["an address of nobody", "to", "@example.org"],
    ["a number", "to", 7],
    ["a subject with a header behind it", "subject", "x\r\nBcc: eve@example.org"],
    ["a subject with a control character", "subject", "x\u0000"],
    ["a subject that is too long", "subject", "x".repeat(999)],
    ["no subject", "subject", null],
    ["a number", "body", 7],
    ["a body that is too long", "body", "x".repeat(1_048_577)],
  ])("%s in %s is a violation, and nobody is called", async (_, field, value) => {
    const { server, taken } = await postbox();
    expect(await send(server, { input: { [field]: value } })).toMatchObject({
      kind: "done",
      outcome: "VIOLATION",
      value: { field },
    });
    expect(taken).toEqual([]);
  });
});

describe("what is not configured", () => {
  it("is not sent, and says so", async () => {
    const nowhere = { kind: "done", outcome: "NOT_CONFIGURED", value: {} };
    const request = { configuration: {}, input: message, grants: [] as readonly string[] };
    const handler = mailHandler({ secrets });
    const whole = { tenant: "t", execution: "e", place: "p", attempt: 1, key: () => "k", operation: "SEND" };
    expect(await handler.handle({ ...whole, ...request, timeoutMs: 1_000 }, never)).toEqual(nowhere);
    const { server } = await postbox();
    const absent = { user: "shop", password: "secret://NOTHING" };
    expect(await send(server, { configuration: absent })).toEqual(nowhere);
  });

  it.each<readonly [string, Sending]>([
    ["CAPABILITY_DENIED", { grants: ["smtp://localhost:1"] }],
    ["SECRET_DENIED", { configuration: { user: "shop", password: "secret://DENIED" } }],
    ["CONFIGURATION_INVALID", { configuration: { user: "shop" } }],
    ["CONFIGURATION_INVALID", { configuration: { user: "shop", password: "s3cr3t" } }],
    ["CONFIGURATION_INVALID", { configuration: { server: "http://localhost:25" } }],
    ["CONFIGURATION_INVALID", { configuration: { sender: 7 } }],
    ["ABORTED", { signal: { ...never, aborted: true } }],
  ])("%s: nobody is called", async (code, sending) => {
    const { heard, server, taken } = await postbox();
    expect(await send(server, sending)).toMatchObject({ kind: "not-done", failure: { code }, retryable: false });
    expect([...heard, ...taken]).toEqual([]);
  });
});

describe("a server that does not take it", () => {
  it.each<readonly [string, SMTPServerOptions, Sending, object]>([
    [
      "does not know the recipient",
      { onRcptTo: (_, __, done) => done(refusal(550, "nobody of that name")) },
      {},
      { kind: "done", outcome: "VIOLATION", value: { field: "to", message: expect.stringContaining("nobody") } },
    ],
    [
      "does not take mail from the sender",
      { onMailFrom: (_, __, done) => done(refusal(553, "not from you")) },
      {},
      { kind: "done", outcome: "BACKEND_ERROR", value: { message: expect.stringContaining("not from you") } },
    ],
    [
      "does not know the password",
      {},
      { configuration: { user: "shop", password: "secret://WRONG" } },
      { kind: "done", outcome: "BACKEND_ERROR", value: { message: expect.stringContaining("no such user") } },
    ],
    [
      "does not take the message",
      { onData: (stream, _, done) => void stream.resume().on("end", () => done(refusal(554, "spam"))) },
      {},
      { kind: "done", outcome: "BACKEND_ERROR", value: { message: expect.stringContaining("spam") } },
    ],
    [
      "is busy",
      { onRcptTo: (_, __, done) => done(refusal(450, "later")) },
      {},
      {
        kind: "not-done",
        retryable: true,
        failure: { code: "SERVER_BUSY", message: expect.stringContaining("later") },
      },
    ],
    [
      "is busy with the message",
      { onData: (stream, _, done) => void stream.resume().on("end", () => done(refusal(451, "later"))) },
      {},
      { kind: "not-done", retryable: true, failure: { code: "SERVER_BUSY" } },
    ],
    ["has a certificate that nobody knows", {}, { authority: undefined }, { kind: "not-done", retryable: false }],
    [
      "speaks no TLS",
      { hideSTARTTLS: true, disabledCommands: ["STARTTLS"] },
      { configuration: login },
      { kind: "not-done", retryable: false, failure: { code: "TLS_FAILED" } },
    ],
  ])("%s", async (_, options, sending, answer) => {
    const { heard, server, taken } = await postbox(options);
    const given = await send(server, sending);
    expect(given).toMatchObject(answer);
    expect(JSON.stringify(given)).not.toMatch(/s3cr3t|guess/);
    expect(taken).toEqual([]);
    expect(heard.filter((one) => one.endsWith("in clear"))).toEqual([]);
  });

  it("is not there", async () => {
    const answer = await send("smtp://localhost:1");
    expect(answer).toMatchObject({ kind: "not-done", retryable: true, failure: { code: "NOT_CONNECTED" } });
  });

  it("never greets", async () => {
    const server = await mute();
    const answer = await send(server, { timeoutMs: 200 });
    expect(answer).toMatchObject({ kind: "not-done", retryable: true, failure: { code: "TIMED_OUT" } });
  });
});

describe("nobody knows whether it was taken", () => {
  it("when the server hangs up instead of an answer", async () => {
    const { server } = await postbox({
      onData: (stream) => void stream.resume().on("end", hangUp),
    });
    expect(await send(server)).toMatchObject({ kind: "unknown", failure: { code: "CONNECTION_LOST" } });
  });

  it("when the server says nothing", async () => {
    const { server } = await postbox({ onData: (stream) => void stream.resume() });
    expect(await send(server, { timeoutMs: 400 })).toMatchObject({ kind: "unknown", failure: { code: "TIMED_OUT" } });
  });

  it("when nobody waits any more", async () => {
    const listeners: (() => void)[] = [];
    const signal = { ...never, addEventListener: (_: "abort", listener: () => void) => void listeners.push(listener) };
    const { server } = await postbox({ onData: (stream) => void stream.resume().on("end", () => listeners[0]?.()) });
    expect(await send(server, { signal })).toMatchObject({ kind: "unknown", failure: { code: "ABORTED" } });
  });
});
