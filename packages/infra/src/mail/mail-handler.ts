import type { AbortSignalLike, Answer, Handler, HandlerRequest, Secret, Secrets } from "@omnibase/spi";
import { err, ok, type Result } from "@omnibase/core";
import { codeOf } from "../shared/code-of.ts";
import { readConfiguration, type MailServer } from "./configuration.ts";
import { messageOf } from "./message.ts";
import type { Posted, Posting } from "./post.ts";

export interface MailHandlerOptions {
  /** Where the password lies that the configuration names. */
  readonly secrets: Secrets;
  /** A certificate, in PEM, that counts beside those that the platform trusts. */
  readonly authority?: string;
}

/**
 * Sends one message per attempt, over TLS or not at all. SMTP has no keys, so a message whose fate is unknown is not sent
 * again by itself; the effect key stands in its `Message-ID`, where a reader of mail finds a copy.
 */
export function mailHandler({ authority, secrets }: MailHandlerOptions): Handler {
  return {
    name: "mail",
    async handle(request, signal): Promise<Answer> {
      const configuration = readConfiguration(request.configuration);
      if (configuration === undefined)
        return certainly("CONFIGURATION_INVALID", "server, sender and login say nothing");
      const { server } = configuration;
      const message = messageOf(request.input);
      if (!message.ok) return { kind: "done", outcome: "VIOLATION", value: { ...message.error } };
      if (server === undefined) return notConfigured;
      if (!request.grants.includes(server.origin))
        return certainly("CAPABILITY_DENIED", `${server.origin} is not granted`);
      const password = await passwordOf(server, secrets);
      if (!password.ok) return password.error;
      if (signal.aborted) return certainly("ABORTED", "nobody waits for the answer any more");
      const { timeoutMs } = request;
      const messageId = messageIdOf(request, server);
      const posting = { message: message.value, messageId, server, timeoutMs, authority };
      return answerOf(await posted({ ...posting, password: password.value?.reveal() }, signal), messageId);
    },
  };
}

const notConfigured: Answer = { kind: "done", outcome: "NOT_CONFIGURED", value: {} };

const certainly = (code: string, message: string): Answer => ({
  kind: "not-done",
  failure: { code, message },
  retryable: false,
});

/** A password that is not there yet is a configuration that is not complete. */
async function passwordOf({ login }: MailServer, secrets: Secrets): Promise<Result<Secret | undefined, Answer>> {
  if (login === undefined) return ok(undefined);
  const secret = await secrets.resolve(login.secret);
  if (secret.ok) return secret;
  const { code, message } = secret.error;
  return err(code === "SECRET_ABSENT" ? notConfigured : certainly(code, message));
}

/** The library is loaded with the first message, where it is installed. */
async function posted(posting: Posting, signal: AbortSignalLike): Promise<Posted> {
  const driver = await import("./post.ts").catch((error: unknown) => {
    if (codeOf(error) === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  });
  if (driver !== undefined) return driver.post(posting, signal);
  const failure = { code: "DRIVER_MISSING", message: "the package nodemailer is not installed" };
  return { kind: "failed", left: false, retryable: false, failure };
}

const messageIdOf = ({ key }: HandlerRequest, { sender }: MailServer): string =>
  `<${key().replaceAll(/[^\w-]/g, ".")}@${sender.slice(sender.indexOf("@") + 1)}>`;

function answerOf(result: Posted, message_id: string): Answer {
  switch (result.kind) {
    case "sent":
      return { kind: "done", outcome: "SUCCESS", value: { message_id } };
    case "refused": {
      const { message, recipient } = result;
      if (recipient) return { kind: "done", outcome: "VIOLATION", value: { field: "to", message } };
      return { kind: "done", outcome: "BACKEND_ERROR", value: { message } };
    }
    case "failed": {
      const { failure, left, retryable } = result;
      return left ? { kind: "unknown", failure } : { kind: "not-done", failure, retryable };
    }
  }
}
