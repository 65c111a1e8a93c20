import { err, ok } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { check } from "../project/build.ts";
import { openPlace } from "../project/open.ts";

/** Says everything that is wrong, and leaves nothing behind. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const checked = await check(place.value);
  if (!checked.ok) return err({ ...checked.error, base: place.value.workspaces[0]?.root });
  const { files, workflows } = checked.value;
  const document = documentOf("omnibase-checked/1", { files, workflows, problems: [] });
  const text = `${String(files)} files, ${String(workflows.length)} workflows, no problems`;
  return ok({ exit: 0, document, text });
};
