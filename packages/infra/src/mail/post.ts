import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Failure } from "@omnibase/core";
import type { AbortSignalLike } from "@omnibase/spi";
import type { MailServer } from "./configuration.ts";
import type { Message } from "./message.ts";

/** A message and how it gets to its server. */
export interface Posting {
  readonly message: Message;
  /** Of the header: the same for every attempt, so that whoever reads mail can tell a copy. */
  readonly messageId: string;
  readonly server: MailServer;
  readonly password: string | undefined;
  readonly timeoutMs: number;
  /** PEM. Counts beside what the platform trusts. */
  readonly authority: string | undefined;
}

/** What became of it. Until the server has asked for the message itself, nothing of it has left. */
export type Posted =
  | { readonly kind: "sent" }
  /** The server said no, and it will say so again. `recipient`: to the address alone. */
  | { readonly kind: "refused"; readonly recipient: boolean; readonly message: string }
  | { readonly kind: "failed"; readonly left: boolean; readonly retryable: boolean; readonly failure: Failure };

/** The part of the library's errors that tells how certain they are. */
interface SmtpError extends Error {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
}

/** Hands one message over, on a connection of its own. */
export async function post(posting: Posting, signal: AbortSignalLike): Promise<Posted> {
  const source = await written(posting);
  return new Promise((resolve) => {
    const line = newLine(posting, resolve);
    signal.addEventListener("abort", () => {
      line.fail({ code: "ABORTED", message: "nobody waits for the answer any more" });
    });
    line.connection.on("error", (error: SmtpError) => {
      line.give(error);
    });
    line.connection.connect((error) => {
      if (error) line.give(error);
      else logIn(line, posting, () => send(line, posting, source));
    });
  });
}

function written({ message, messageId, server }: Posting): Promise<Buffer> {
  const { body: text, subject, to } = message;
  const from = { name: "", address: server.sender };
  const mail = { from, to: { name: "", address: to }, subject, text, messageId };
  const composed = new MailComposer({ ...mail, disableFileAccess: true, disableUrlAccess: true }).compile();
  return new Promise((resolve, reject) => {
    composed.build((error, source) => {
      if (error || source === undefined) reject(error ?? new Error("impossible: a message without a source"));
      else resolve(Buffer.from(source));
    });
  });
}

/** A server that was thanked and does not hang up is hung up on. */
const PARTING_MS = 1_000;

/** A connection under way. The first end counts. */
interface Line {
  readonly connection: SMTPConnection;
  /** Whether the message itself was asked for. */
  left: boolean;
  end(posted: Posted): void;
  fail(failure: Failure): void;
  give(error: SmtpError): void;
}

function newLine({ authority, server, timeoutMs }: Posting, resolve: (posted: Posted) => void): Line {
  const { host, port, secure } = server;
  const wait = {
    connectionTimeout: timeoutMs / 2,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: PARTING_MS,
  };
  const tls = { minVersion: "TLSv1.2", ...(authority === undefined ? {} : { ca: authority }) } as const;
  const connection = new SMTPConnection({ host, port, secure, requireTLS: !secure, ...wait, tls });
  let over = false;
  const line: Line = {
    connection,
    left: false,
    end(posted) {
      if (over) return;
      over = true;
      clearTimeout(timer);
      if (posted.kind !== "sent") connection.close();
      else part(connection);
      resolve(posted);
    },
    fail(failure) {
      line.end({ kind: "failed", left: line.left, retryable: true, failure });
    },
    give(error) {
      line.end(postedBy(error, line.left));
    },
  };
  const timer = setTimeout(() => {
    line.fail({ code: "TIMED_OUT", message: `no answer in ${String(timeoutMs)} ms` });
  }, timeoutMs);
  return line;
}

function part(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), PARTING_MS).unref();
}

function logIn(line: Line, { password, server }: Posting, then: () => void): void {
  const { login } = server;
  if (login === undefined || password === undefined) return then();
  line.connection.login({ user: login.user, pass: password }, (error) => {
    if (error) line.give(error);
    else then();
  });
}

function send(line: Line, { message, server }: Posting, source: Buffer): void {
  const stream = new Readable({
    read() {
      line.left = true;
      this.push(source);
      this.push(null);
    },
  });
  line.connection.send({ from: server.sender, to: [message.to] }, stream, (error) => {
    if (error) line.give(error);
    else line.end({ kind: "sent" });
  });
}

/** A reply of the server is certain, whenever it comes. Without one it counts whether the message was on its way. */
function postedBy(error: SmtpError, left: boolean): Posted {
  const { code = "", command, response = "", responseCode } = error;
  if (responseCode === undefined || code === "ETLS") {
    const failure = { code: failureCode(code, left), message: error.message };
    return { kind: "failed", left, retryable: !isOfCertificate(error), failure };
  }
  const message = response.slice(0, RESPONSE_CHARS_MAX);
  if (responseCode >= 500) return { kind: "refused", recipient: command === "RCPT TO", message };
  return { kind: "failed", left: false, retryable: true, failure: { code: "SERVER_BUSY", message } };
}

const RESPONSE_CHARS_MAX = 500;

function failureCode(code: string, left: boolean): string {
  if (code === "ETIMEDOUT") return "TIMED_OUT";
  if (code === "ETLS") return "TLS_FAILED";
  return left ? "CONNECTION_LOST" : "NOT_CONNECTED";
}

/** The same certificate, or none, is there at the next try. */
const isOfCertificate = ({ code, message }: SmtpError): boolean => code === "ETLS" || /certificate/i.test(message);
