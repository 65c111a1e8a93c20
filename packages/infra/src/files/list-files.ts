import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { codeOf } from "../shared/code-of.ts";

/** More than anyone keeps beside a store; a data root that is somebody's whole disk is no data root. */
const entriesMax = 100_000;

/**
 * Ordinary files below a folder whose name has this ending, each as it is named from there, in order.
 *
 * Links are not followed, and names that begin with a dot are nobody's data. `undefined`: there is too much to look at.
 */
export function filesBelow(folder: string, ending: string): readonly string[] | undefined {
  const found: string[] = [];
  const left = [""];
  let seen = 0;
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    for (const entry of entriesOf(join(folder, at))) {
      seen += 1;
      if (seen > entriesMax) return undefined;
      if (entry.name.startsWith(".")) continue;
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) left.push(path);
      else if (entry.isFile() && entry.name.endsWith(ending)) found.push(path);
    }
  }
  return found.toSorted();
}

/** A folder that is not there, or is closed to this user, holds nothing of ours. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "EACCES") return [];
    throw error;
  }
}
