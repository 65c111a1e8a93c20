import { ok } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { applyRetention } from "../data/retention-apply.ts";
import { planRetention } from "../data/retention-plan.ts";
import { policyFor } from "../data/retention-policy.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openProject } from "../project/open.ts";
import { appliedFacts, appliedText } from "../text/retention-text.ts";

/** Does what the plan says. Whoever owns the data root goes on meanwhile. */
export const command: Command = async (given, context) => {
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const policy = policyFor(given, project.value, context);
  if (!policy.ok) return policy;
  const { goes } = await planRetention(project.value, policy.value, systemClock().nowMs());
  const applied = await applyRetention(project.value, { goes, policy: policy.value }, context);
  if (!applied.ok) return applied;
  const document = documentOf("omnibase-retention/1", appliedFacts(applied.value));
  return ok({ exit: applied.value.damaged.length > 0 ? 5 : 0, document, text: appliedText(applied.value) });
};
