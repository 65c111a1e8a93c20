import type { PureTransform, Snapshot } from "@omnibase/core";
import { isolationLimits, type Isolation } from "@omnibase/infra/isolation";
import type { Config } from "../project/config.ts";

/** Whoever makes transforms of a project executable. */
export interface OwnCode {
  /** `undefined`: it is another file than was sealed. */
  load(source: string, digest: string): Promise<PureTransform | undefined>;
  close(): Promise<void>;
}

/** What confines the code of the project that a snapshot seals, in a word for evidence. `undefined`: there is none. */
export function isolationOf(
  implementations: Snapshot["implementations"],
  { trustsImplementations = false }: Pick<Config, "trustsImplementations">,
): readonly string[] | undefined {
  const isOwn = Object.values(implementations).some((sealed) => /@sha256:[\da-f]{64}$/.test(sealed));
  if (!isOwn) return undefined;
  const { memoryMiBMax, timeMsMax } = isolationLimits;
  return [trustsImplementations ? "none: trusted" : `thread: ${String(timeMsMax)} ms, ${String(memoryMiBMax)} MiB`];
}

/** In a thread with limits; in this process only where the project file says that its code is trusted. */
export function ownCode({ trustsImplementations = false }: Pick<Config, "trustsImplementations">): OwnCode {
  let isolation: Isolation | undefined;
  return {
    load: async (source, digest) => {
      const { loadTransform, sealedJavascript } = await import("@omnibase/infra/typescript");
      const javascript = await sealedJavascript(source, digest);
      if (javascript === undefined) return undefined;
      if (trustsImplementations) return loadTransform(javascript);
      const { openIsolation } = await import("@omnibase/infra/isolation");
      isolation ??= openIsolation();
      return isolation.code(digest, javascript);
    },
    close: async () => {
      await isolation?.close();
      isolation = undefined;
    },
  };
}
