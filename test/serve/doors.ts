import { afterAll, afterEach } from "vitest";
import { greetProject, removeFolders } from "../../apps/cli/src/testing/cli.ts";
import { doorIn, type Answered, type TestDoor } from "./door.ts";

/** The doors of one file of tests. They close by themselves, and what they stood on is removed. */
export interface Doors {
  /** A test's own, until it is over. */
  readonly door: typeof doorIn;
  /** On the project that greets, for all tests that count nothing in it. */
  readonly greeting: () => Promise<TestDoor>;
}

export function openDoors(): Doors {
  const open: TestDoor[] = [];
  let greeting: Promise<TestDoor> | undefined;
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  afterAll(async () => {
    await (await greeting)?.close();
    removeFolders();
  });
  return {
    door: async (folder, asked) => {
      const opened = await doorIn(folder, asked);
      open.push(opened);
      return opened;
    },
    greeting: () => (greeting ??= doorIn(greetProject())),
  };
}

export const adaGreeted = { workflow: "demo::WF_GREET_V0", input: { name: "Ada" } };

export const greeted = (at: TestDoor, headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
  at.ask("POST /v1/executions", { body: adaGreeted, headers });

/** Answered at once, before anything has come of it. */
export const async = { prefer: "respond-async" };
