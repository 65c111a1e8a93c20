import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { templateNamed, templateNames } from "./project/templates.ts";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";
import { wordsIn } from "./testing/shell-words.ts";

afterEach(removeFolders);

describe("init", () => {
  it("writes a project whose namespace is the name of its folder, and says what to call next", async () => {
    const cwd = folderWith({});
    const made = await called(["init", "Tea Shop"], { cwd });
    expect(made).toMatchObject({ exit: 0, err: "" });
    expect(made.out).toMatch(/\ncd 'Tea Shop'\nomnibase run --wf tea_shop::WF_HELLO_V0 [^\n]+\nomnibase dev [^\n]+\n$/);
    expect(readFileSync(join(cwd, "Tea Shop/omnibase.yaml"), "utf8")).toContain("namespace: tea_shop");
    expect(readdirSync(join(cwd, "Tea Shop"))).toContain(".gitignore");
    const { namespace } = documentIn(await called(["init", "日本", "--json"], { cwd }));
    expect(namespace).toBe("project");
    const here = documentIn(await called(["init", "--namespace", "shop", "--json"], { cwd }));
    expect(here).toMatchObject({
      namespace: "shop",
      next: [expect.stringContaining("shop::WF_HELLO_V0"), expect.anything()],
    });
  });

  it("writes nothing over what is there, and lists all that stands in the way", async () => {
    const cwd = folderWith({ "p/payload.json": "mine" });
    symlinkSync("nowhere", join(cwd, "p/omnibase.yaml"));
    const refused = await called(["init", "p", "--json"], { cwd });
    expect(refused.exit).toBe(2);
    expect(documentIn(refused)).toMatchObject({ code: "INIT_IN_THE_WAY", files: ["omnibase.yaml", "payload.json"] });
    expect(readdirSync(join(cwd, "p"))).toHaveLength(2);
    expect(readFileSync(join(cwd, "p/payload.json"), "utf8")).toBe("mine");
  });

  it("lists its templates, and knows what was meant by a slip", async () => {
    const cwd = folderWith({});
    const { templates } = documentIn(await called(["init", "--list", "--json"], { cwd }));
    expect(templates).toHaveLength(templateNames().length);
    const refused = await called(["init", "p", "--template", "helo"], { cwd });
    expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining("did you mean hello?") });
    expect((await called(["init", "p", "--namespace", "No!"], { cwd })).exit).toBe(2);
    expect(existsSync(join(cwd, "p"))).toBe(false);
  });
});

/** What the commands that a template names come to. */
const comesTo: Readonly<Record<string, readonly string[]>> = {
  approval: ["WAITING", "Approve the expense"],
  hello: ["GREETED by EXIT_GREETED"],
  http: ['outputs    {"answer":{"cents":250}}'],
  saga: ["BOOKED by EXIT_BOOKED", "NO_SEAT by EXIT_NO_SEAT"],
  service: ["reply      201"],
  typescript: ["Hello, Ada!"],
  transform: ["3 cases, 0 failed", 'outputs    {"total":27000}'],
};

describe.each(templateNames())("the template %s", (name) => {
  it("compiles without a warning, and does what it says", async () => {
    const port = String(await freePort());
    const cwd = folderWith({});
    await called(["init", "--template", name, "--namespace", "tried"], { cwd });
    for (const file of templateNamed(name, "tried").files.keys()) {
      const path = join(cwd, file);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll("8787", port));
    }
    expect(documentIn(await called(["check", "--json"], { cwd }))).toMatchObject({ problems: [] });
    const server = existsSync(join(cwd, "server.mjs"))
      ? spawn(process.execPath, ["server.mjs", port], { cwd })
      : undefined;
    try {
      if (server !== undefined) await answering(port);
      const said: string[] = [];
      for (const command of templateNamed(name, "tried").next) {
        const words = wordsIn(command.replace(/^SHOP_TOKEN=abc /, ""));
        // These last until somebody ends them, and have tests of their own.
        if (["serve", "dev", undefined].includes(words[0])) continue;
        const { err, out } = await called(words, { cwd, env: { SHOP_TOKEN: "abc" } });
        expect(err).toBe("");
        said.push(out);
      }
      expect(said).toEqual((comesTo[name] ?? []).map((part) => expect.stringContaining(part)));
    } finally {
      server?.kill();
    }
  });
});

async function answering(port: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/prices/tea`).catch(() => undefined);
    if (answer !== undefined) return;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
