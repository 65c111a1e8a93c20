import { err, ok } from "@omnibase/core";
import { counted } from "../edge/counted.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { test } from "../project/compiler.ts";
import { openPlace } from "../project/open.ts";
import { checkSaysWhich } from "../text/result-text.ts";

/** Executes the cases of transforms, and says case by case what came of it. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const base = place.value.workspaces[0]?.root;
  const tested = await test(place.value);
  if (!tested.ok) return err({ ...tested.error, base });
  const wanted = given.text("transform");
  const cases = tested.value.cases.filter(({ transform }) => wanted === undefined || transform === wanted);
  if (wanted !== undefined && cases.length === 0) {
    return err({ exit: 3, code: "CASES_NOT_FOUND", message: `no case is about ${wanted}`, hint: "name it NS::CODE" });
  }
  const failed = cases.filter(({ failures }) => failures.length > 0);
  const lines = cases.flatMap(({ failures, name, transform }) => [
    `${failures.length === 0 ? "ok    " : "FAILED"}  ${transform}  ${name}`,
    ...failures.map(({ message }) => `        ${message}`),
  ]);
  const document = documentOf("omnibase-tested/1", {
    cases: cases.map(({ failures, name, spot, tests, transform }) => ({
      transform,
      tests,
      case: name,
      passed: failures.length === 0,
      failures: failures.map(({ message }) => message),
      at: spot.at,
    })),
  });
  const summary = `${counted(cases.length, "case")}, ${String(failed.length)} failed`;
  const problems = tested.value.problems.filter(({ code }) => code !== "TEST_CASE_FAILED");
  const notes = problems.length === 0 ? [] : [checkSaysWhich(problems.length, "other problem")];
  return ok({ exit: failed.length === 0 ? 0 : 1, document, text: [...lines, summary].join("\n"), notes });
};
