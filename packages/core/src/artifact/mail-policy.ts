import type { JsonObject } from "../value/json.ts";
import { refuse, optional, saying, shape, text } from "./reader.ts";
import type { At, Reader } from "./reader.ts";
import { described } from "./schema.ts";

/** Which server takes the mail of a project, from whom, and under which name. */
export interface MailPolicy {
  /** For the handler. The password is a reference. */
  readonly configuration: JsonObject;
  /** What must be granted. Absent: nothing is sent, and the outcome of a message is NOT_CONFIGURED. */
  readonly server: At<string> | undefined;
}

const keys = shape({
  server: optional(text),
  sender: optional(text),
  user: optional(text),
  password: optional(text),
});

/** Without TLS nobody sends: `smtp` turns to it before anything is said, `smtps` begins with it. */
const SERVER = /^smtps?:\/\/(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):\d{1,5}$/;
const SECRET = /^secret:\/\/\w+$/;
const MAILBOX = /^[^\s@<>]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/** Whether a text is a mail server as it is granted and called. */
export const isMailServer = (given: string): boolean => SERVER.test(given);

export const mailPolicy: Reader<MailPolicy> = saying(
  (parts) => described(keys, parts),
  (here) => {
    const read = keys(here);
    if (read === undefined) return undefined;
    const { password, sender, server, user } = read;
    const given = Object.entries({ server, sender, user, password }).flatMap(([name, at]) =>
      at === undefined ? [] : [[name, at.value] as const],
    );
    const wrong = wrongIn(read);
    if (wrong === undefined) return { configuration: Object.fromEntries(given), server };
    const [at, message, hint] = wrong;
    return refuse(at === undefined ? here : { ...here, spot: at.spot }, "ARTIFACT_SCHEMA", message, hint);
  },
);

/** Where, what and what to do about it. Without a place it is the policy as a whole. */
type Wrong = readonly [at: At<string> | undefined, message: string, hint: string];

type Given = { readonly [name in "password" | "sender" | "server" | "user"]: At<string> | undefined };

function wrongIn({ password, sender, server, user }: Given): Wrong | undefined {
  if (server === undefined) {
    const stray = sender ?? user ?? password;
    return stray && [stray, "nothing is sent without a server", "add server, or take this out"];
  }
  if (!isMailServer(server.value)) {
    return [server, `${server.value} is no mail server`, "write it like smtp://mail.example.org:587"];
  }
  if (sender === undefined || !MAILBOX.test(sender.value)) {
    return [sender, "mail is sent from one address", "write sender like shop@example.org"];
  }
  if ((user === undefined) !== (password === undefined)) {
    return [user ?? password, "a name and a password belong together", "add the other one"];
  }
  if (password !== undefined && !SECRET.test(password.value)) {
    return [password, "a password does not stand in an artifact", "write it like secret://SMTP_PASSWORD"];
  }
  return undefined;
}
