import { err, ok, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";

/** Every variable of ours that a command reads, and what it stands for. Help and the reference list them from here. */
export const variables = {
  OMNIBASE_WORKSPACE: "the folder of the project, as --workspace",
  OMNIBASE_DATA_ROOT: "where the data is, as --data-root",
  OMNIBASE_IMPLEMENTATIONS: "the folder of transforms, as --implementations",
  OMNIBASE_PRINCIPAL: "who asks, as --principal",
  OMNIBASE_FORMAT: "how results are printed, as --format: human, json or yaml",
  OMNIBASE_TOKEN: "the token that whoever calls `omnibase serve` must show",
} as const;

/** Variables that many programs read, and we as they do. */
export const customaryVariables: Readonly<Record<string, string>> = {
  NO_COLOR: "set to anything: no colours",
  FORCE_COLOR: "set to anything but 0: colours also where no terminal is",
  TERM: "dumb: no colours, and no line is written twice",
  NODE_EXTRA_CA_CERTS: "a file with authorities that TLS trusts beside the known ones",
};

/** What a variable is set to. An empty one is more often a slip in a script than a wish. */
export function setting(name: keyof typeof variables, { env }: Pick<Io, "env">): Result<string | undefined, Refused> {
  const value = env[name];
  if (value !== "") return ok(value);
  return err({
    exit: 2,
    code: "CONFIG_ENV_EMPTY",
    message: `the variable ${name} is set to nothing`,
    hint: "unset it, or give it a value",
  });
}
