import { err, ok, type Json, type Result } from "@omnibase/core";

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Which input is no part of a message, and why. */
export interface Violation {
  readonly field: string;
  readonly message: string;
}

/** One mailbox, without a name and without what could be read as a second one. */
const MAILBOX = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i;
const CONTROL = /\p{Cc}/u;
const SUBJECT_CHARS_MAX = 998;
const BODY_CHARS_MAX = 1_048_576;

/** A line break in a header would be the beginning of another, so what has one is refused, and not cleaned. */
export function messageOf({ body, subject, to }: { readonly [name: string]: Json }): Result<Message, Violation> {
  if (typeof to !== "string" || !MAILBOX.test(to)) return err({ field: "to", message: "it must be one mail address" });
  if (typeof subject !== "string" || subject.length > SUBJECT_CHARS_MAX || CONTROL.test(subject)) {
    return err({ field: "subject", message: "it must be a text on one line, of at most 998 characters" });
  }
  if (typeof body !== "string" || body.length > BODY_CHARS_MAX) {
    return err({ field: "body", message: "it must be a text of at most 1048576 characters" });
  }
  return ok({ to, subject, body });
}
