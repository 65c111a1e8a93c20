import type { ReplyClass } from "../graph/route.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { mapped, narrowed, number, optional, refuse, required, saying, shape, table, text } from "./reader.ts";
import { emptyTable, type At, type Here, type Reader, type Table } from "./reader.ts";
import { described, type Describe } from "./schema.ts";

/** What is said to whoever came in: by the exit that the execution came to, else by its class. */
export interface Egress extends Named {
  readonly kind: "egress";
  readonly workflow: At<string>;
  readonly exits: Table<DeclaredReply>;
  readonly classes: { readonly [meaning in ReplyClass]: DeclaredReply };
}

export interface DeclaredReply {
  readonly status: At<number>;
  /** Name → a path into the result. */
  readonly body: Table<ResultPath>;
}

type ResultPath = At<readonly string[]>;

/** What a result says of itself; the rest is for those who look after it. */
const parts = ["execution", "workflow", "status", "class", "exit_node", "exit_reason", "outcome", "outputs", "nack"];
const partPattern = String.raw`^\$\.(?:${parts.join("|")})(?:\.[^.]+)*$`;
const PART = new RegExp(partPattern);

const resultPath: Reader<ResultPath> = saying(
  () => ({ type: "string", pattern: partPattern }),
  (here) => {
    const found = text(here);
    if (found === undefined) return undefined;
    if (PART.test(found.value)) return { value: found.value.slice(2).split("."), spot: found.spot };
    const hint = `write $. and one of ${parts.join(", ")}`;
    return refuse(here, "EGRESS_BODY_UNKNOWN", `${found.value} is no part of a result`, hint);
  },
);

const status = narrowed(
  mapped(number, (found, here) => {
    if (Number.isInteger(found.value) && found.value >= 200 && found.value <= 599) return found;
    return refuse(here, "EGRESS_STATUS_RANGE", `${String(found.value)} is no status that ends a request`);
  }),
  { type: "integer", minimum: 200, maximum: 599 },
);

const replyShape = shape({ status: required(status), body: optional(table(resultPath)) });
const reply: Reader<DeclaredReply> = mapped(replyShape, (read) => ({
  status: read.status,
  body: read.body ?? emptyTable(read.spot),
}));

const document = shape({
  te_code: required(code),
  ...envelope,
  core: required(
    shape({
      workflow: required(text),
      outcomes: optional(table(reply)),
      defaults: required(
        shape({
          completed: required(reply),
          rejected: required(reply),
          failed: required(reply),
          cancelled: required(reply),
        }),
      ),
    }),
  ),
});

export const egressSchema: Describe = (known) => described(document, known);

export function readEgress(here: Here, named: Named): Egress | undefined {
  const read = document(here)?.core;
  if (read === undefined) return undefined;
  const { defaults, outcomes, workflow } = read;
  return { kind: "egress", ...named, workflow, exits: outcomes ?? emptyTable(read.spot), classes: defaults };
}
