import type { HostileInput, Waiting } from "./case.ts";
import { artifactInputs } from "./rows-artifacts.ts";
import { commandInputs } from "./rows-commands.ts";
import { nameInputs } from "./rows-names.ts";
import { payloadInputs } from "./rows-payloads.ts";

/** Every row of the corpus that can be reached so far, as inputs. */
export const inputs: readonly HostileInput[] = [...artifactInputs, ...payloadInputs, ...nameInputs, ...commandInputs];

/** What cannot be reached yet, by name. A row may be here in part. */
export const waiting: readonly Waiting[] = [
  {
    row: "A18",
    what: "a digest over the original bytes",
    why: "nothing states the digest of a file yet; the artifact and snapshot digests are over what it means",
  },
  { row: "B19", what: "framing of HTTP requests", why: "there is no HTTP server yet" },
  { row: "D07", what: "topics and subjects", why: "there is no bus yet" },
  {
    row: "Q06",
    what: "NODE_OPTIONS and guests",
    why: "no foreign code runs yet; what NODE_OPTIONS loads into the host, Node loads before us",
  },
];

/** Rows that no input of ours covers. */
export const onlyWaiting: readonly string[] = waiting
  .map(({ row }) => row)
  .filter((row) => !inputs.some((input) => input.row === row));
