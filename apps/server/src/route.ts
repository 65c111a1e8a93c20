import type { Fields, Json, JsonObject, Result } from "@omnibase/core";
import type { Door, Leaving } from "./door.ts";
import type { Refusal } from "./port.ts";

/** One route of the API. Routing, validation and the OpenAPI document are read off it, so none can say anything else. */
export interface RouteSpec {
  readonly method: string;
  /** With names of parts in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query?: Fields;
  readonly body?: BodySpec;
  readonly headers?: readonly HeaderName[];
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Open to whoever reaches the port; all else needs the token, where there is one. */
  readonly open?: true;
  /** Whether something may come to be because of it. */
  readonly commands?: true;
  readonly handle: (asked: Asked, door: Door) => Promise<Result<Answer, Refusal>>;
}

export interface BodySpec {
  /** What is checked. Absent: the body is a value whose fields the handler checks. */
  readonly fields: Fields;
  /** Whether the handler admits it itself, because it also answers for what is refused. */
  readonly raw?: true;
  /** Whether nothing at all is as good as an empty object. */
  readonly optional?: true;
}

export interface AnswerSpec {
  readonly says: string;
  /** Absent: JSON. */
  readonly type?: string;
  /** JSON Schema of the body. */
  readonly schema?: Json;
}

export type HeaderName = "idempotency-key" | "prefer" | "last-event-id" | "omnibase-principal";

/** A request that is as its route declares it. */
export interface Asked {
  readonly execution: string;
  readonly query: JsonObject;
  readonly body: Json;
  readonly principal: string;
  /** The value of `Idempotency-Key`. */
  readonly key: string | undefined;
  /** How long to wait for an end, by `Prefer`; `undefined` leaves it to us. */
  readonly waitMs: number | undefined;
  readonly accept: string;
  readonly lastEventId: string | undefined;
  /** Whoever asked is gone, or we are leaving. */
  readonly gone: Leaving;
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log. */
  readonly execution?: string;
}

type Body =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "text"; readonly type: string; readonly text: string }
  | { readonly kind: "stream"; readonly type: string; readonly stream: ReadableStream<Uint8Array> }
  | { readonly kind: "none" };

export const json = (status: number, value: Json, more: Pick<Answer, "execution" | "headers"> = {}): Answer => ({
  status,
  body: { kind: "json", value },
  ...more,
});

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain data, but an interface has no index signature
export const plain = (value: object): Json => value as unknown as Json;
