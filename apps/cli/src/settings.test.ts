import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, greet, greetProject, removeFolders } from "./testing/cli.ts";

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

async function origins(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<object> {
  const { settings } = documentIn(await called(["config", "--json", ...args], { cwd, env }));
  if (!Array.isArray(settings)) throw new Error("the settings are a list");
  return Object.fromEntries(settings.map(({ name, origin, value }) => [name, `${String(value)} ${String(origin)}`]));
}

describe("a setting", () => {
  it("comes from a flag, else a variable, else the project file, else it is what it is by default", async () => {
    expect(await origins([])).toMatchObject({
      "data-root": `${join(cwd, "data")} file`,
      principal: "local default",
      namespace: "demo file",
      "grants.hosts": " default",
    });
    const env = { OMNIBASE_DATA_ROOT: "/srv/a", OMNIBASE_PRINCIPAL: "ada", OMNIBASE_WORKSPACE: cwd };
    expect(await origins([], env)).toMatchObject({
      workspace: `${cwd} environment`,
      "data-root": "/srv/a environment",
      principal: "ada environment",
    });
    expect(await origins(["--data-root", "/srv/b", "--workspace", "."], env)).toMatchObject({
      workspace: `${cwd} flag`,
      "data-root": "/srv/b flag",
    });
  });

  it("is told in a table for people", async () => {
    const { out } = await called(["config"], { cwd });
    expect(out).toMatch(/^data-root +\S+\/data +omnibase\.yaml$/m);
    expect(out).toMatch(/^trust +- +default$/m);
  });

  it("may stand in a file of variables, and those that are set already count more", async () => {
    writeFileSync(join(cwd, "local.env"), "# ours\nOMNIBASE_DATA_ROOT=/srv/from-file\nOMNIBASE_PRINCIPAL='Ada L'\n");
    expect(await origins(["--env-file", "local.env"], { OMNIBASE_PRINCIPAL: "bob" })).toMatchObject({
      "data-root": "/srv/from-file environment",
      principal: "bob environment",
    });
    const missing = await called(["config", "--env-file", "none.env", "--json"], { cwd });
    expect(missing.exit).toBe(2);
    expect(documentIn(missing)).toMatchObject({ code: "PATH_MISSING" });
  });

  it("for the workspace and its code is read where no flag says them", async () => {
    const elsewhere = folderWith({});
    expect((await called(["check"], { cwd: elsewhere })).exit).toBe(2);
    expect((await called(["check"], { cwd: elsewhere, env: { OMNIBASE_WORKSPACE: cwd } })).exit).toBe(0);
    mkdirSync(join(cwd, "code"));
    expect(await origins([], { OMNIBASE_IMPLEMENTATIONS: "code" })).toMatchObject({
      implementations: `${join(cwd, "code")} environment`,
    });
    expect((await called(["check"], { cwd, env: { OMNIBASE_WORKSPACE: "" } })).err).toContain("CONFIG_ENV_EMPTY");
  });
});

describe("how much is said", () => {
  it("is all that goes on with --verbose, and only the result with --quiet", async () => {
    const loud = await called(greet("ada.json", "--verbose"), { cwd });
    expect(loud.err).toMatch(/compiled sha256:.*\n.*execution .* is under way/);
    const quiet = await called(greet("ada.json", "-q"), { cwd });
    expect(quiet).toMatchObject({ exit: 0, err: "" });
  });
});
