import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { err, ok } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { build } from "../project/build.ts";
import { openProject } from "../project/open.ts";
import { wantedIn } from "../project/wanted.ts";
import { checkSaysWhich, shownPath } from "../text/result-text.ts";

/** Everything that is declared becomes one sealed, signed snapshot. */
export const command: Command = async (given, context) => {
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const told = context.progress.working("compiling");
  const built = await build(project.value, wantedIn(given));
  told.done();
  if (!built.ok) return err({ ...built.error, base: project.value.workspaces[0]?.root });
  const { digest, fresh, text, warnings, workflows } = built.value;
  const out = given.text("out");
  const file = out === undefined ? undefined : resolve(context.io.cwd(), out);
  if (file !== undefined) writeFileSync(file, text);
  const { keyid } = project.value.key;
  const document = documentOf("omnibase-compiled/1", {
    snapshot: digest,
    keyid,
    workflows,
    fresh,
    ...(file === undefined ? {} : { file }),
  });
  const lines = [
    `snapshot   ${digest}${fresh ? " (nothing had changed)" : ""}`,
    `signed by  ${keyid}`,
    ...workflows.map((workflow) => `workflow   ${workflow}`),
    ...(file === undefined ? [] : [`file       ${shownPath(file)}`]),
  ];
  const notes = warnings === 0 ? [] : [checkSaysWhich(warnings, "warning")];
  return ok({ exit: 0, document, text: lines.join("\n"), notes });
};
