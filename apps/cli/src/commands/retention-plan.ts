import { ok } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { planRetention } from "../data/retention-plan.ts";
import { policyFor } from "../data/retention-policy.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { planFacts, planText } from "../text/retention-text.ts";

/** What would go, why, and what it would free. Nothing is changed. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const policy = policyFor(given, place.value, context);
  if (!policy.ok) return policy;
  const plan = await planRetention(place.value, policy.value, systemClock().nowMs());
  const document = documentOf("omnibase-retention-plan/1", planFacts(plan, policy.value));
  return ok({ exit: 0, document, text: planText(plan, policy.value) });
};
