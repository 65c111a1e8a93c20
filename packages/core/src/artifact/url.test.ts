import { expect, it } from "vitest";
import { parseOrigin, parseUrlTemplate } from "./url.ts";

it("takes holes in path and query only, each name once", () => {
  expect(parseUrlTemplate("https://API.example.org:443/a/{id}/b{id}?c={d}&e=%20")).toEqual({
    origin: "https://api.example.org",
    inputs: ["id", "d"],
  });
  expect(parseUrlTemplate("http://[::1]:8080")).toEqual({ origin: "http://[::1]:8080", inputs: [] });
});

it.each([
  "ftp://example.org/",
  "http://user@example.org/",
  "http://{host}/",
  "http://example.org{path}",
  "http://example.org/#a",
  "http://example.org/{a b}",
  "http://example.org/{a",
  "http://example.org/ a",
  "http://example.org\\@other.org/",
  "//example.org/",
  "",
])("does not call %j", (url) => {
  expect(parseUrlTemplate(url)).toBeUndefined();
});

it("compares origins in one form, and a path is no part of one", () => {
  expect(parseOrigin("HTTP://Example.org:80/")).toBe("http://example.org");
  expect(parseOrigin("https://example.org:80")).toBe("https://example.org:80");
  expect(parseOrigin("https://example.org/a")).toBeUndefined();
  expect(parseOrigin("example.org")).toBeUndefined();
});
