import { statSync } from "node:fs";
import { join } from "node:path";
import { sealingKeyFile, sealingKeyIn, sealingUnder, systemEntropy } from "@omnibase/infra/crypto";
import { keysKept, type KeysKept } from "@omnibase/infra/sqlite";
import { SealingFault } from "@omnibase/spi";
import { storeFile, storeFolder } from "../data/layout.ts";
import { counted } from "../edge/counted.ts";
import type { Place } from "../project/open.ts";
import { shownPath } from "../text/result-text.ts";
import { broken, fine, type Finding } from "./finding.ts";

/**
 * Whether the key of the data root is there, for this user alone, and opens what lies sealed under it: the newest, where
 * there is more, because each takes some microseconds.
 */
export function sealingFinding({ dataRoot }: Pick<Place, "dataRoot">, triedMax = 1_000): Finding {
  const file = join(storeFolder(dataRoot), sealingKeyFile);
  const shown = shownPath(file);
  const { count, newest } = keysKept(storeFile(dataRoot), triedMax);
  const kept = `the secrets of ${counted(count, "execution")}`;
  const key = keyIn(dataRoot);
  if (key instanceof SealingFault) {
    const lost = count === 0 ? "" : `${kept} cannot be opened: `;
    return broken("sealing", `${lost}${key.message}`, `chmod 600 ${shown}, or put its copy back`);
  }
  if (count === 0) {
    if (key === undefined) return fine("sealing", "no key yet: it is made when a secret is kept first");
    return fine("sealing", `${shown} (${modeOf(file)}): nothing lies sealed under it`);
  }
  const [closed, ...more] = newest.filter((one) => key === undefined || !isOpened(key, one));
  const tried = `${newest.length === count ? "" : "the newest "}${counted(newest.length, "execution")}`;
  if (closed === undefined) return fine("sealing", `${shown} (${modeOf(file)}) opens the secrets of ${tried}`);
  const says =
    key === undefined
      ? `${shown} is not there, and ${kept} lie sealed under it`
      : `${shown} does not open the secrets of ${String(more.length + 1)} of ${tried}: they were sealed under another`;
  const lost = `\`omnibase secret erase ${closed.execution}\` removes what is left of one`;
  return broken("sealing", says, `put the copy of the key back; where there is none they are lost, and ${lost}`);
}

function keyIn(dataRoot: string): Uint8Array | SealingFault | undefined {
  try {
    return sealingKeyIn(storeFolder(dataRoot));
  } catch (error) {
    if (error instanceof SealingFault) return error;
    throw error;
  }
}

const isOpened = (key: Uint8Array, { wrapped, ...of }: KeysKept["newest"][number]): boolean =>
  sealingUnder(key, systemEntropy).sealer(of, wrapped) !== undefined;

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
