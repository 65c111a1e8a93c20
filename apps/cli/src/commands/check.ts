import { err, ok } from "@omnibase/core";
import { counted } from "../edge/counted.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { check } from "../project/compiler.ts";
import { openPlace } from "../project/open.ts";
import { wantedIn } from "../project/wanted.ts";

/** Says everything that is wrong, and leaves nothing behind. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const base = place.value.workspaces[0]?.root;
  const told = context.progress.working("compiling");
  const checked = await check(place.value, wantedIn(given));
  told.done();
  if (!checked.ok) return err({ ...checked.error, base });
  const { digests, files, problems, sources, workflows } = checked.value;
  const document = documentOf("omnibase-checked/1", { files, digests, workflows, problems });
  const found = problems.length === 0 ? "no problems" : counted(problems.length, "warning");
  const text = `${counted(files, "file")}, ${counted(workflows.length, "workflow")}, ${found}`;
  return ok({ exit: 0, document, text, problems, sources, base });
};
