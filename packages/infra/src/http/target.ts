import { canonical, err, ok } from "@omnibase/core";
import type { Failure, Json, Result } from "@omnibase/core";
import type { HttpConfiguration } from "./configuration.ts";

/** Where a request goes, and with what. */
export interface Target {
  readonly url: URL;
  readonly body: string | undefined;
}

type Input = Readonly<Record<string, Json>>;

const HOLE = /\{(\w+)\}/g;

/** Fills the holes of the URL from the inputs; what is left over is the body. A value never becomes a second segment. */
export function targetOf({ method, url }: HttpConfiguration, input: Input): Result<Target, Failure> {
  const query = url.indexOf("?");
  const filled = new Set<string>();
  const bad = new Set<string>();
  const text = url.replaceAll(HOLE, (_, name: string, at: number) => {
    filled.add(name);
    const value = textOf(Object.hasOwn(input, name) ? input[name] : undefined);
    if (value === undefined || (value === "" && (query < 0 || at < query))) bad.add(name);
    return value ?? "";
  });
  if (bad.size > 0) return refuse("URL_TEMPLATE_VALUE", `${[...bad].join(", ")} cannot stand in a URL`);
  if (text.split("?", 1)[0]?.split("/").some(isDots) === true) {
    return refuse("URL_TEMPLATE_VALUE", "a segment of the path is . or .., which leads to another path");
  }
  const parsed = parse(text);
  return parsed.ok ? ok({ url: parsed.value, body: bodyOf(method, input, filled) }) : parsed;
}

/** A URL parser takes these away together with the segment before, also where they are percent-encoded. */
const isDots = (segment: string): boolean => /^(?:\.|%2e){1,2}$/i.test(segment);

/** One segment, or one value of a query. Absent: nothing that could be one. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Who is called is decided on what a URL parser reads, not on what the text looks like. */
function parse(text: string): Result<URL, Failure> {
  if (!URL.canParse(text)) return refuse("URL_INVALID", "this is no URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse("URL_SCHEME", "only http and https");
  if (url.username !== "" || url.password !== "") return refuse("URL_USERINFO", "a URL carries no credentials");
  return ok(url);
}

const refuse = (code: string, message: string): Result<never, Failure> => err({ code, message });

const withBody = new Set(["POST", "PUT", "PATCH"]);

/** In canonical form: whoever remembers the key may compare the bytes of another attempt. */
function bodyOf(method: string, input: Input, filled: ReadonlySet<string>): string | undefined {
  if (!withBody.has(method)) return undefined;
  if (Object.hasOwn(input, "body") && !filled.has("body")) return canonical(input["body"] ?? null);
  return canonical(Object.fromEntries(Object.entries(input).filter(([name]) => !filled.has(name))));
}

/** Whether the project lets this snapshot call there. */
export const isGranted = ({ origin }: URL, grants: readonly string[]): boolean =>
  grants.some((grant) => grant === origin || (URL.canParse(grant) && new URL(grant).origin === origin));
