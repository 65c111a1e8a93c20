import { archivePaths, cutArchive, err, logLines, type Result } from "@omnibase/core";
import type { ExecutionKey } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { archiveAt, openArchiveAt } from "./archive-folder.ts";
import { noExecution, verifiedRecord, type Recorded } from "./verified-record.ts";

/** One execution as it was archived, in an archive that a trusted key sealed. */
export async function archivedRecord(
  { dataRoot, trust }: Pick<Place, "dataRoot" | "trust">,
  { execution, tenant }: ExecutionKey,
): Promise<Result<Recorded, Refused>> {
  const opened = openArchiveAt(dataRoot, trust);
  await Promise.resolve();
  if (!opened.ok) return opened;
  const { archive } = opened.value;
  const index = archive.executions.findIndex((one) => one.execution === execution && archive.tenant === tenant);
  const found = archive.executions[index];
  if (found === undefined) return err(noExecution(execution));
  const log = cutArchive(archive, archiveAt(dataRoot))?.[index]?.log;
  const lines = log === undefined ? undefined : logLines(log);
  const [first, ...rest] = lines?.ok === true ? lines.value : [];
  if (first === undefined) {
    const file = archivePaths.logs;
    return err({
      exit: 5,
      code: "ARCHIVE_MISMATCH",
      message: `${file} is not what the manifest says`,
      facts: { file },
    });
  }
  return verifiedRecord({ tenant, ...found }, [first, ...rest]);
}
