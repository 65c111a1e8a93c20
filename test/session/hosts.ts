import type { Reply } from "@omnibase/spi";
import type { OwnedHost } from "../../apps/cli/src/session.ts";

export const leaving: Reply<never> = { ok: false, error: { code: "OWNER_LEAVING" } };

const refuse = (): Promise<Reply<never>> => Promise.resolve(leaving);

/** An owner that answers as told, and otherwise only ever leaves. */
export const hostOf = (owner: Partial<OwnedHost> = {}): OwnedHost => ({
  start: refuse,
  wait: refuse,
  cancel: refuse,
  resolve: refuse,
  signal: refuse,
  settleTask: refuse,
  eraseSecrets: refuse,
  project: refuse,
  remove: refuse,
  tidy: refuse,
  drain: () => Promise.resolve(),
  close: () => Promise.resolve(),
  ...owner,
});
