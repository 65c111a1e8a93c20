import type { Handler, Secrets } from "@omnibase/spi";
import type { Io } from "../edge/io.ts";
import type { Project } from "../project/open.ts";

/** Where secrets lie: in the environment, or in files beside the project file. */
export type Secretive = Pick<Project, "config" | "dataRoot" | "workspaces"> & Pick<Io, "env">;

/** Whoever works in the world for us. Each is loaded with its first request: most commands call nobody. */
export function handlersFor(where: Secretive): ReadonlyMap<string, Handler> {
  const secrets = secretsFor(where);
  const handlers = [
    loadedLater("http", async () => (await import("@omnibase/infra/http")).httpHandler({ secrets })),
    loadedLater("mail", async () => (await import("@omnibase/infra/mail")).mailHandler({ secrets })),
  ];
  return new Map(handlers.map((handler) => [handler.name, handler]));
}

function loadedLater(name: string, load: () => Promise<Handler>): Handler {
  let loaded: Promise<Handler> | undefined;
  return {
    name,
    handle: async (request, signal) => {
      loaded ??= load();
      return (await loaded).handle(request, signal);
    },
  };
}

/** A secret is looked up for each request, where the project file says that it lies. */
export function secretsFor({ config, dataRoot, env, workspaces }: Secretive): Secrets {
  const root = workspaces[0]?.root ?? dataRoot;
  let loaded: Promise<Secrets> | undefined;
  return {
    resolve: async (name) => {
      loaded ??= import("@omnibase/infra/secrets").then(({ grantedSecrets }) =>
        grantedSecrets({ granted: config.secrets ?? {}, env, root }),
      );
      return (await loaded).resolve(name);
    },
  };
}
