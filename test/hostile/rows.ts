import type { HostileInput, Waiting } from "./case.ts";
import { artifactInputs } from "./rows-artifacts.ts";
import { commandInputs } from "./rows-commands.ts";
import { crowdInputs } from "./rows-crowds.ts";
import { graphInputs } from "./rows-graphs.ts";
import { httpInputs } from "./rows-http.ts";
import { nameInputs } from "./rows-names.ts";
import { payloadInputs } from "./rows-payloads.ts";
import { schemaInputs } from "./rows-schemas.ts";
import { valueInputs } from "./rows-values.ts";

/** Every row of the corpus that can be reached so far, as inputs. */
export const inputs: readonly HostileInput[] = [
  ...artifactInputs,
  ...payloadInputs,
  ...graphInputs,
  ...nameInputs,
  ...schemaInputs,
  ...valueInputs,
  ...commandInputs,
  ...httpInputs,
  ...crowdInputs,
];

/** What cannot be reached yet, by name. A row may be here in part. */
export const waiting: readonly Waiting[] = [
  {
    row: "C06",
    what: "a million edges, and as many ways out of one node",
    why: "no reader lets a file in that could hold them: of 256 KiB and 1,024 keys to a map",
  },
  {
    row: "C12",
    what: "a schema version of the future",
    why: "no declared file says the version of its schema; snapshots, logs and receipts do, and are refused by theirs",
  },
  { row: "C15", what: "schedules", why: "there are none yet" },
  {
    row: "E04",
    what: "a clock that goes back",
    why: "a host's, not a file's: the simulated world and timer suites try it",
  },
  { row: "E05", what: "tokens that expire", why: "there are no tokens yet" },
  {
    row: "F08",
    what: "arithmetic on what is no number",
    why: "no expression computes: a path reads, a transform computes",
  },
  { row: "F10", what: "an expression with an endless result", why: "no expression computes" },
  { row: "K05", what: "the ids of other tenants", why: "there is one tenant" },
  {
    row: "K09",
    what: "tokens that expire, are revoked, or are another tenant's",
    why: "a token is a secret of the operator's, and says nothing by itself",
  },
  {
    row: "K12",
    what: "a reader on a slow line",
    why: "a socket takes megabytes before it is full: the door's own tests read a stream as slowly as they like",
  },
  { row: "D07", what: "topics and subjects", why: "there is no bus yet" },
  {
    row: "Q06",
    what: "NODE_OPTIONS and guests",
    why: "what NODE_OPTIONS loads into the host, Node loads before us; a guest's thread is given no environment at all",
  },
];

/** Rows that no input of ours covers. */
export const onlyWaiting: readonly string[] = waiting
  .map(({ row }) => row)
  .filter((row) => !inputs.some((input) => input.row === row));
