import type { Result } from "@omnibase/core";
import type { Refused } from "../edge/report.ts";
import type { Context } from "../program/command.ts";
import type { Project } from "../project/open.ts";
import { openDriver, type Driver, type Driving } from "./drive.ts";

interface Driven extends Pick<Context, "io">, Partial<Pick<Driving, "lasting" | "listener">> {
  /** What must be over before the driver lets go. */
  readonly first?: () => Promise<void>;
}

/**
 * Drives executions, and leaves cleanly whatever happens. The first signal lets go: what was acknowledged is durable, and
 * whoever waits is told. The second ends the process at once, as a signal does.
 */
export async function withDriver<T>(
  project: Project,
  { first, io, lasting = false, listener }: Driven,
  work: (driver: Driver) => Promise<Result<T, Refused>>,
): Promise<Result<T, Refused>> {
  const driver = await openDriver(project, { env: io.env, lasting, ...(listener === undefined ? {} : { listener }) });
  let closing: Promise<void> | undefined;
  const letGo = async (): Promise<void> => {
    await first?.();
    await driver.close();
  };
  const leave = (): Promise<void> => (closing ??= letGo());
  const forget = (): void => {
    for (const signal of signals) process.off(signal, heard);
  };
  const heard = (signal: NodeJS.Signals): void => {
    forget();
    leave().catch(() => {
      process.kill(process.pid, signal);
    });
  };
  for (const signal of signals) process.on(signal, heard);
  try {
    return await work(driver);
  } finally {
    await leave();
    forget();
  }
}

const signals = ["SIGINT", "SIGTERM"] as const;
