import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
  .concat(readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((path) => join("docs", path)))
  .filter((path) => path.endsWith(".md"));

/** As the pages of a repository name their headings. */
const anchorsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Links that lead nowhere. What lies elsewhere is for others to keep. */
function brokenIn(page: string, text: string): readonly string[] {
  const links = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(root, page) : join(root, dirname(page), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsIn(readFileSync(target, "utf8")).includes(anchor);
  });
}

it.each(pages)("%s leads nowhere in vain", (page) => {
  expect(brokenIn(page, readFileSync(join(root, page), "utf8"))).toEqual([]);
});

it("finds a page and a heading that are not there", () => {
  const text = "[a](nowhere.md) [b](README.md#more) [c](README.md#no-such-heading) [d](https://example.org)";
  expect(brokenIn("README.md", text)).toEqual(["nowhere.md", "README.md#no-such-heading"]);
});

it("lists every page of the documentation", () => {
  const index = readFileSync(join(root, "docs/README.md"), "utf8");
  const own = pages.filter((page) => /^docs\/(?:guides\/)?[\w-]+\.md$/.test(page) && page !== "docs/README.md");
  expect(own.filter((page) => !index.includes(`(${page.slice("docs/".length)})`))).toEqual([]);
});

it("gives each decision a number of its own, in its name and in its heading", () => {
  const decisions = readdirSync(join(root, "docs/adr")).map((name) => [
    Number(name.slice(0, 4)),
    Number(/^# (\d+)\./.exec(readFileSync(join(root, "docs/adr", name), "utf8"))?.[1]),
  ]);
  expect(decisions.filter(([name, heading]) => name !== heading)).toEqual([]);
  expect(new Set(decisions.map(([name]) => name)).size).toBe(decisions.length);
});
