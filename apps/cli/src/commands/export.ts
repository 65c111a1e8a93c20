import { join } from "node:path";
import { err, ok } from "@omnibase/core";
import { tenant } from "../data/layout.ts";
import { withDriver } from "../data/with-driver.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { build } from "../project/build.ts";
import { openProject } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { shownPath } from "../text/result-text.ts";
import { workflowNamed } from "../text/workflow-name.ts";

/** Shows the stores of the project's workflows as files. */
export const command: Command = async (given, context) => {
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const built = await build(project.value);
  if (!built.ok) return built;
  const { digest, workflows } = built.value;
  const named = given.text("wf");
  const only = named === undefined ? undefined : workflowNamed(named, workflows);
  if (only?.ok === false) return only;
  const { dataRoot } = project.value;
  const written = await withDriver(project.value, context, async (driver) => {
    await driver.keep(built.value);
    const files = new Set<string>();
    for (const workflow of only === undefined ? workflows : [only.value]) {
      const reply = await driver.owner.project({ tenant, snapshot: digest, workflow });
      if (!reply.ok) return err(refusedByOwner(reply.error));
      for (const file of reply.value) files.add(file);
    }
    return ok([...files]);
  });
  if (!written.ok) return written;
  const files = written.value;
  const lines = files.map((file) => `file       ${shownPath(join(dataRoot, file))}`);
  const text = lines.length === 0 ? "there is nothing to show yet" : lines.join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-exported/1", { files, data_root: dataRoot }), text });
};
