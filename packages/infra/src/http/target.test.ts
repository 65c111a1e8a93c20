import type { Json } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { isGranted, targetOf } from "./target.ts";

type Input = Readonly<Record<string, Json>>;

const target = (
  url: string,
  input: Input,
  method = "POST",
): { href?: string; body?: string | undefined; code?: string } => {
  const found = targetOf({ method, url, outcomes: new Map(), headers: new Map() }, input);
  return found.ok ? { href: found.value.url.href, body: found.value.body } : { code: found.error.code };
};

describe("targetOf", () => {
  it("fills holes in path and query, and sends what is left over in canonical form", () => {
    const input = { z: 1, id: "a b/ü", a: { y: true, x: null }, q: "&=+" };
    expect(target("http://a/t/{id}?q={q}&fixed=1", input)).toEqual({
      href: "http://a/t/a%20b%2F%C3%BC?q=%26%3D%2B&fixed=1",
      body: `{"a":{"x":null,"y":true},"z":1}`,
    });
  });

  it("sends the input body alone where there is one, and it fills no hole", () => {
    expect(target("http://a/", { body: [1, 2], other: 3 }).body).toBe("[1,2]");
    expect(target("http://a/{body}", { body: "x", other: 3 }).body).toBe(`{"other":3}`);
    expect(target("http://a/", {}).body).toBe("{}");
  });

  it.each(["GET", "HEAD", "DELETE", "OPTIONS"])("sends no body with %s", (method) => {
    expect(target("http://a/", { a: 1 }, method).body).toBeUndefined();
  });

  it.each([
    "../admin",
    "%2e%2e",
    "a;b",
    "a?b=c",
    "a#b",
    "//",
    "\\..\\",
    "a\tb\nc",
    "%00",
    "é",
    "…",
    "x'(*)!",
    "...",
    " ",
  ])("keeps %j in one segment", (id) => {
    const { pathname, search, hash } = new URL(target("http://a/x/{id}/b", { id }).href ?? "");
    const [, x, segment = "", b, ...more] = pathname.split("/");
    expect([x, decodeURIComponent(segment), b, more, search, hash]).toEqual(["x", id, "b", [], "", ""]);
  });

  it.each<[Json]>([["."], [".."], [""], [null], [["a"]], [{}]])("refuses %j in a path", (id) => {
    expect(target("http://a/x/{id}/b", { id }).code).toBe("URL_TEMPLATE_VALUE");
  });

  it("refuses dots that come together only in the URL, and an input that is not there", () => {
    for (const path of ["{x}{y}/b", "%2E{x}/b", ".{x}", "{x}?q=1", "{gone}", "{toString}"]) {
      expect(target(`http://a/x/${path}`, { x: ".", y: "." }).code).toBe("URL_TEMPLATE_VALUE");
    }
    expect(target("http://a/?q={x}/..&r={e}", { x: "..", e: "" }).href).toBe("http://a/?q=../..&r=");
  });

  it.each([
    ["URL_SCHEME", "file:///etc/passwd"],
    ["URL_SCHEME", "unix:/var/run/docker.sock"],
    ["URL_USERINFO", "http://user@127.0.0.1/"],
    ["URL_USERINFO", "http://:secret@a/"],
    ["URL_INVALID", "http://"],
    ["URL_INVALID", "/relative"],
  ])("says %s to %s", (code, url) => {
    expect(target(url, {}).code).toBe(code);
  });
});

describe("isGranted", () => {
  const grants = ["https://good.com", "http://127.0.0.1:8080"];

  it.each([
    "https://good.com/x",
    "https://GOOD.com:443",
    "http://127.0.0.1:8080/",
    "http://0x7f.1:8080",
    "http://2130706433:8080",
  ])("lets %s through, by what a URL parser reads", (url) => {
    expect(isGranted(new URL(url), grants)).toBe(true);
  });

  it.each([
    "http://good.com",
    "https://good.com:444",
    "https://evilgood.com",
    "https://good.com.evil",
    "https://good.com.",
    "https://sub.good.com",
    "https://evil.com\\@good.com",
    "http://127.0.0.1",
    "http://127.0.0.2:8080",
    "http://[::1]:8080",
  ])("stops %s", (url) => {
    expect(isGranted(new URL(url), grants)).toBe(false);
  });

  it("takes no pattern for a grant", () => {
    expect(isGranted(new URL("https://good.com"), ["*", "https://*", "", "good.com", "null"])).toBe(false);
  });
});
