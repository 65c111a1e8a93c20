import { isObject, type Json } from "@omnibase/core";

/** What a runtime binding says about mail. */
export interface MailConfiguration {
  /** Without one nothing is sent, and the outcome says so. */
  readonly server: MailServer | undefined;
}

export interface MailServer {
  /** `smtp://` and its port, as it is granted. */
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on. Otherwise by STARTTLS, and never without. */
  readonly secure: boolean;
  readonly sender: string;
  /** The name of the secret that is the password. */
  readonly login: { readonly user: string; readonly secret: string } | undefined;
}

const SERVER = /^(smtps?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+):(\d{1,5})$/;
const SECRET = /^secret:\/\/(\w+)$/;

export function readConfiguration(configuration: Json): MailConfiguration | undefined {
  if (!isObject(configuration)) return undefined;
  const { password, sender, server, user } = configuration;
  if (server === undefined) return { server };
  const [, scheme, host = "", port] = (typeof server === "string" && SERVER.exec(server)) || [];
  if (typeof server !== "string" || scheme === undefined || typeof sender !== "string") return undefined;
  const login = loginOf(user, password);
  if (login === "invalid") return undefined;
  const secure = scheme === "smtps";
  return {
    server: { origin: server, host: host.replaceAll(/[[\]]/g, ""), port: Number(port), secure, sender, login },
  };
}

function loginOf(user: Json | undefined, password: Json | undefined): MailServer["login"] | "invalid" {
  if (user === undefined && password === undefined) return undefined;
  const secret = typeof password === "string" ? SECRET.exec(password)?.[1] : undefined;
  return typeof user === "string" && secret !== undefined ? { user, secret } : "invalid";
}
