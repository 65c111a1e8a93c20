import { err, ok } from "@omnibase/core";
import type { Answer, Handler, HandlerRequest, Secrets } from "@omnibase/spi";
import { answerOf, type HttpResponse } from "./answer.ts";
import { readConfiguration } from "./configuration.ts";
import { newExchanger, type Exchanged } from "./exchange.ts";
import { headersWith, withoutSecrets, type Headers } from "./headers.ts";
import { isGranted, targetOf } from "./target.ts";

export interface HttpHandlerOptions {
  /** For the headers that refer to secrets. Absent: there are none, and such a request is refused. */
  readonly secrets?: Secrets;
  /** How long a connection may take; half of a request's time if that is less, so that an absent host is a certain no. */
  readonly connectMsMax?: number;
}

const bodyBytesMax = 65_536;

/**
 * Does one HTTP request per attempt. The effect key travels as `idempotency-key`, so a server that remembers makes
 * repetition harmless.
 */
export function httpHandler({ connectMsMax = 5_000, secrets = noSecrets }: HttpHandlerOptions = {}): Handler {
  const exchange = newExchanger({ connectMsMax, bodyBytesMax });
  return {
    name: "http",
    async handle(request, signal): Promise<Answer> {
      const configuration = readConfiguration(request.configuration);
      if (configuration === undefined) {
        return certainly("CONFIGURATION_INVALID", "method, url and outcomes do not say what to call");
      }
      const target = targetOf(configuration, request.input);
      if (!target.ok) return { kind: "not-done", failure: target.error, retryable: false };
      const { body, url } = target.value;
      if (!isGranted(url, request.grants)) return certainly("CAPABILITY_DENIED", `${url.origin} is not granted`);
      const declared = await headersWith(configuration.headers, secrets);
      if (!declared.ok) return certainly(declared.error.code, declared.error.message);
      if (signal.aborted) return certainly("ABORTED", "nobody waits for the answer any more");
      const { method } = configuration;
      const { timeoutMs } = request;
      const headers = { ...headersOf(request, body), ...declared.value.headers };
      const exchanged = await exchange({ url, method, headers, body, timeoutMs }, signal);
      if (exchanged.kind !== "response") return failed(exchanged);
      return answerOf(configuration, clean(exchanged.response, declared.value));
    },
  };
}

const noSecrets: Secrets = {
  resolve: (name) => Promise.resolve(err({ code: "SECRET_DENIED", message: `secret://${name} is not granted` })),
};

const clean = (response: HttpResponse, { secrets }: Headers): HttpResponse =>
  response.body.ok ? { ...response, body: ok(withoutSecrets(response.body.value, secrets)) } : response;

const certainly = (code: string, message: string): Answer => ({
  kind: "not-done",
  failure: { code, message },
  retryable: false,
});

function headersOf({ key }: HandlerRequest, body: string | undefined): Record<string, string | number> {
  const common = { accept: "application/json", "idempotency-key": key(), "user-agent": "omnibase" };
  if (body === undefined) return common;
  return { ...common, "content-type": "application/json", "content-length": Buffer.byteLength(body) };
}

function failed({ failure, retryable, sent }: Extract<Exchanged, { readonly kind: "failed" }>): Answer {
  return sent ? { kind: "unknown", failure } : { kind: "not-done", failure, retryable };
}
