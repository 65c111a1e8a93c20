import type { Evidence } from "../campaign.ts";
import { textAt } from "./reading-evidence.ts";
import type { Witnessed } from "./reading-evidence.ts";
import type { Violation } from "./violation.ts";

interface Take {
  readonly ref: string;
  readonly name: string;
  readonly outcome: string;
  readonly address: string;
}

/** Every name was taken once, by one execution, and everybody else was told the address that this one got. */
export function nameViolations({ contents }: Evidence, executions: readonly Witnessed[]): readonly Violation[] {
  const takes = executions.flatMap(takesOf);
  const journal = contents.journal.map(({ line }): { readonly key: string; readonly address: string } =>
    JSON.parse(line),
  );
  const violations: Violation[] = [];
  for (const name of new Set(takes.map((take) => take.name))) {
    const same = takes.filter((take) => take.name === name);
    const won = same.filter(({ outcome }) => outcome === "SUCCESS");
    if (won.length !== 1)
      violations.push({ oracle: "doubled", detail: `"${name}" was taken ${String(won.length)} times` });
    const addresses = new Set(same.map(({ address }) => address));
    if (addresses.size > 1)
      violations.push({ oracle: "doubled", detail: `"${name}" has ${[...addresses].join(", ")}` });
    const lines = journal.filter(({ address }) => addresses.has(address)).length;
    if (lines !== 1)
      violations.push({ oracle: "doubled", detail: `"${name}" has ${String(lines)} lines in the journal` });
  }
  const names = new Set(takes.map(({ name }) => name)).size;
  if (journal.length !== names) {
    violations.push({ oracle: "invented", detail: `${String(journal.length)} lines for ${String(names)} names` });
  }
  return violations;
}

function takesOf({ records, submitted: { name, ref } }: Witnessed): readonly Take[] {
  return records.flatMap(({ event }): readonly Take[] => {
    if (event.type !== "Settled" || !event.place.endsWith("/take")) return [];
    return [{ ref, name, outcome: event.outcome, address: textAt(event.value, ["address"]) }];
  });
}
