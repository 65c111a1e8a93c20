import { err, ok, secretNamesIn, withSecrets, type Result } from "@omnibase/core";
import type { Secret, SecretRefusal, Secrets } from "@omnibase/spi";

/** The headers of one request, and what in them nobody may read. */
export interface Headers {
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly Revealed[];
}

interface Revealed {
  readonly name: string;
  readonly value: string;
}

/** Declared headers with their secrets filled in, which only the request and this call ever hold. */
export async function headersWith(
  declared: ReadonlyMap<string, string>,
  secrets: Secrets,
): Promise<Result<Headers, SecretRefusal>> {
  const revealed = new Map<string, string>();
  for (const name of new Set([...declared.values()].flatMap(secretNamesIn))) {
    const secret: Result<Secret, SecretRefusal> = await secrets.resolve(name);
    if (!secret.ok) return secret;
    const value = secret.value.reveal();
    if (!HEADER_PART.test(value)) {
      return err({ code: "SECRET_UNREADABLE", message: `secret://${name} is no text for a header` });
    }
    revealed.set(name, value);
  }
  const filled = [...declared].map(
    ([key, text]) => [key, withSecrets(text, (name) => revealed.get(name) ?? "")] as const,
  );
  return ok({ headers: Object.fromEntries(filled), secrets: [...revealed].map(([name, value]) => ({ name, value })) });
}

/** A line break would begin another header, or the body. */
const HEADER_PART = /^[\x20-\x7e]+$/;

/** Too short to be told from what an answer says anyway. */
const secretCharsMin = 4;

/** What came back without the secrets that went out: a server may well repeat what it was sent, and an answer is recorded. */
export function withoutSecrets(body: Uint8Array, secrets: readonly Revealed[]): Uint8Array {
  const hidden = secrets.filter(({ value }) => value.length >= secretCharsMin);
  if (hidden.length === 0) return body;
  const bytes = Buffer.from(body);
  const spellings = hidden.flatMap(({ name, value }) => spellingsOf(value).map((spelling) => ({ name, spelling })));
  const found = spellings.filter(({ spelling }) => bytes.includes(spelling));
  if (found.length === 0) return body;
  const text = found.reduce(
    (rest, { name, spelling }) => rest.replaceAll(spelling, () => `secret://${name}`),
    bytes.toString("latin1"),
  );
  return Buffer.from(text, "latin1");
}

/** As it is, in JSON, in a URL, and in base64, as headers carry it. Each consists of ASCII. */
const spellingsOf = (value: string): readonly string[] => [
  ...new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString("base64").replace(/=+$/, ""),
    Buffer.from(value).toString("base64url"),
  ]),
];
