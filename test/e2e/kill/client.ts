import type { Digest } from "@omnibase/core";
import { connectOwner, OwnerGone } from "@omnibase/infra/owner";
import type { RemoteOwner } from "@omnibase/infra/owner";
import { socketOf } from "./composition.ts";
import { executionOf, inputOf, tenant } from "./history.ts";
import type { History, Submitted } from "./history.ts";
import { decideIncident } from "./person.ts";
import type { Desk } from "./person.ts";
import type { Dice } from "./random.ts";
import type { Receiver } from "./receiver-process.ts";

/** Someone who asks for work, never forgets what was promised, and asks again when nobody answers. */
export interface Client {
  /** Starts new executions, one after the other in each of `threads`, until told to stop. */
  work(threads: number): void;
  /** Starts nothing new. Resolves when everything that was started is over. */
  finish(): Promise<void>;
  /** Gives up: whatever still runs is left as it is. */
  abandon(): void;
  owner(): Promise<RemoteOwner>;
}

export interface ClientParts {
  readonly dataRoot: string;
  readonly snapshot: Digest;
  readonly history: History;
  readonly receiver: Receiver;
  readonly dice: Dice;
  readonly readLog: Desk["readLog"];
  /** At most so many executions; the log of a data root is verified whole. */
  readonly startsMax: number;
  readonly workflows: readonly string[];
}

interface ClientState extends ClientParts {
  connection: Promise<RemoteOwner> | undefined;
  stopping: boolean;
  abandoned: boolean;
  readonly running: Promise<void>[];
}

/** The more often it stands here, the more of the work it is. */
export const allWorkflows: readonly string[] = [
  "WF_CLAIM_V0",
  "WF_CHAIN_V0",
  "WF_CHAIN_V0",
  "WF_CHAIN_V0",
  "WF_RETRY_V0",
  "WF_RETRY_V0",
  "WF_RETRY_V0",
  "WF_ONCE_V0",
  "WF_ONCE_V0",
  "WF_ONCE_V0",
  "WF_TALK_V0",
];
const namesWanted = 12;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

export function newClient(parts: ClientParts): Client {
  const client: ClientState = { ...parts, connection: undefined, stopping: false, abandoned: false, running: [] };
  return {
    work(threads) {
      for (let thread = 0; thread < threads; thread += 1) client.running.push(startMore(client));
    },
    async finish() {
      client.stopping = true;
      await Promise.all(client.running);
    },
    abandon() {
      client.stopping = true;
      client.abandoned = true;
      client.connection?.then((owner) => owner.close()).catch(() => undefined);
    },
    owner: () => ownerOf(client),
  };
}

async function startMore(client: ClientState): Promise<void> {
  while (!client.stopping) {
    if (client.history.starts.length >= client.startsMax) return;
    await see(client, submit(client));
  }
}

function submit({ dice, history, snapshot, workflows }: ClientState): Submitted {
  const ref = `${history.campaign}-${String(history.starts.length)}`;
  const submitted: Submitted = {
    ref,
    key: { tenant, execution: executionOf(ref) },
    workflow: `kill::${dice.pick(workflows)}`,
    name: `name ${String(dice.between(1, namesWanted))}`,
    snapshot,
    acknowledged: false,
    cancelled: false,
    over: false,
  };
  history.starts.push(submitted);
  return submitted;
}

/** One execution, from its start to its end, over as many owners as it takes. */
async function see(client: ClientState, submitted: Submitted): Promise<void> {
  const { dice } = client;
  if (dice.chance(0.12)) client.running.push(cancelLater(client, submitted, dice.between(5, 250)));
  while (!submitted.over && !client.abandoned) {
    await heard(client, submitted, async (owner) => {
      if (!submitted.acknowledged || dice.chance(0.1)) await start(client, submitted, owner);
      else await wait(client, submitted, owner);
    });
  }
}

/** A dead owner is no answer. Anything else that goes wrong is written down. */
async function heard(
  client: ClientState,
  { ref }: Submitted,
  call: (owner: RemoteOwner) => Promise<void>,
): Promise<void> {
  let owner: RemoteOwner | undefined;
  try {
    owner = await ownerOf(client);
    await call(owner);
  } catch (error) {
    if (client.abandoned) return;
    if (error instanceof OwnerGone) {
      owner?.close();
      client.connection = undefined;
    } else {
      client.history.complaints.push(`fault: ${ref}: ${error instanceof Error ? error.message : String(error)}`);
      await pause(50);
    }
  }
}

async function ownerOf(client: ClientState): Promise<RemoteOwner> {
  client.connection ??= connected(client);
  return client.connection;
}

async function connected(client: ClientState): Promise<RemoteOwner> {
  for (;;) {
    if (client.abandoned) throw new OwnerGone("nobody wants to know any more");
    try {
      return await connectOwner(socketOf(client.dataRoot));
    } catch (error) {
      if (!(error instanceof OwnerGone)) throw error;
      await pause(4);
    }
  }
}

async function start({ history }: ClientState, submitted: Submitted, owner: RemoteOwner): Promise<void> {
  const { key, ref, snapshot, workflow } = submitted;
  const reply = await owner.start({ ...key, workflow, snapshot, input: inputOf(submitted), principal: "client" });
  if (!reply.ok) {
    if (reply.error.code === "OWNER_LEAVING" || reply.error.code === "BUSY") return pause(10);
    history.complaints.push(`start: ${ref} was refused: ${reply.error.code}`);
    submitted.over = true;
    return;
  }
  if (submitted.acknowledged && !reply.value.existed) {
    history.complaints.push(`lost: ${ref} was acknowledged, and is not known any more`);
  }
  submitted.acknowledged = true;
}

async function wait(client: ClientState, submitted: Submitted, owner: RemoteOwner): Promise<void> {
  const { history } = client;
  const reply = await owner.wait(submitted.key);
  if (!reply.ok) {
    if (reply.error.code === "OWNER_LEAVING") return pause(10);
    if (reply.error.code === "EXECUTION_NOT_FOUND") history.complaints.push(`lost: ${submitted.ref} is not found`);
    else history.complaints.push(`wait: ${submitted.ref} was refused: ${reply.error.code}`);
    submitted.over = true;
    return;
  }
  if (reply.value.status === "ended") submitted.over = true;
  else if (reply.value.status === "incident") await ask(client, submitted, owner);
  else if (reply.value.status === "parked") await talk(client, submitted, owner);
  else await pause(5);
}

/** Says what it waits for, and does what it asks for, as often as it takes: each counts once. */
async function talk({ history }: ClientState, { key, ref }: Submitted, owner: RemoteOwner): Promise<void> {
  const said = await owner.signal({ ...key, by: "client", id: ref, name: "SAID", value: { word: ref } });
  const done = await owner.settleTask({ ...key, by: "client", place: "LOOK", outcome: "SEEN", value: {} });
  for (const reply of [said, done]) {
    if (reply.ok || ["NOT_RUNNING", "NOT_WAITING_FOR", "OWNER_LEAVING"].includes(reply.error.code)) continue;
    history.complaints.push(`talk: ${ref} was refused: ${reply.error.code}`);
  }
  if (!done.ok) await pause(5);
}

/** A person looks at what happened, finds out what they can, and says how it goes on. */
async function ask(client: ClientState, submitted: Submitted, owner: RemoteOwner): Promise<void> {
  await pause(client.dice.between(0, 60));
  const resolution = await decideIncident(client, submitted);
  if (resolution === undefined) return;
  const reply = await owner.resolve({ ...submitted.key, by: "a person", ...resolution });
  if (reply.ok || ["NO_INCIDENT", "NOT_RUNNING", "OWNER_LEAVING"].includes(reply.error.code)) return;
  client.history.complaints.push(`resolve: ${submitted.ref} was refused: ${reply.error.code}`);
}

async function cancelLater(client: ClientState, submitted: Submitted, delayMs: number): Promise<void> {
  await pause(delayMs);
  while (!submitted.over && !submitted.cancelled && !client.abandoned) {
    await heard(client, submitted, async (owner) => {
      if (!submitted.acknowledged) return pause(10);
      const reply = await owner.cancel({ ...submitted.key, by: "client", reason: "changed their mind" });
      submitted.cancelled = reply.ok || reply.error.code === "ALREADY_CANCELLING";
      if (!reply.ok) await pause(10);
    });
  }
}
