import { isObject, type ExecutionResult, type Json } from "@omnibase/core";
import type { Definition, Says } from "./definition.ts";
import { follow, type Following, type LogEvent } from "./follow.ts";
import { ask, documentIn, textOf, type DoorOptions } from "./http-door.ts";

/** What a definition of a workflow says to those who ask for it. */
interface AnySays {
  readonly given: unknown;
  readonly exits: AnyExit;
  readonly signals: object;
  readonly tasks: object;
}

interface AnyExit {
  readonly exit: unknown;
  readonly class: unknown;
  readonly outcome: unknown;
  readonly outputs: unknown;
}

type SaysOf<D> = Says<D> extends AnySays ? Says<D> : AnySays;
type NamedIn<T> = Extract<keyof T, string>;

type Unended = Omit<ExecutionResult, "status" | "exit_node" | "outcome"> & {
  readonly status: "WAITING" | "INCIDENT" | "CANCELLED";
  readonly exit_node: null;
  readonly outcome: "CANCELLED" | null;
};

type EndedAt<E> = E extends AnyExit
  ? Omit<ExecutionResult, "status" | "class" | "exit_node" | "outcome" | "outputs"> & {
      readonly status: E["class"] extends "completed" ? "SUCCESS" : "FAILED";
      readonly class: E["class"];
      readonly exit_node: E["exit"];
      readonly outcome: E["outcome"];
      readonly outputs: E["outputs"];
    }
  : never;

/** What an execution came to: `outcome` tells the exits apart, and with them what was returned. */
export type ResultOf<S extends AnySays> = EndedAt<S["exits"]> | Unended;

interface Speaking {
  /** Who says it: a name, or an actor as `--as` writes it. Absent: whoever the client is. */
  readonly as?: string;
  readonly signal?: AbortSignal;
}

/** One execution, and what can be said to it. */
export interface Execution<S extends AnySays> {
  readonly id: string;
  /** What it has come to. With `waitMs` it is waited for so long, or until it rests on somebody else. */
  result(options?: { readonly waitMs?: number; readonly signal?: AbortSignal }): Promise<ResultOf<S>>;
  /** What it comes to, however long that takes. */
  ended(options?: { readonly signal?: AbortSignal }): Promise<ResultOf<S>>;
  /** The records of its log as they are committed, until its end. */
  events(options?: Following): AsyncIterable<LogEvent>;
  /** With `key`, saying it again is saying it once. */
  signal<K extends NamedIn<S["signals"]>>(
    name: K,
    value: S["signals"][K],
    options?: Speaking & { readonly key?: string },
  ): Promise<ResultOf<S>>;
  /** Says how a task ended. */
  complete<K extends NamedIn<S["tasks"]>>(task: K, said: S["tasks"][K], options?: Speaking): Promise<ResultOf<S>>;
  cancel(reason: string, options?: Speaking): Promise<ResultOf<S>>;
}

/** What somebody is asked to do. */
export interface OpenTask {
  readonly number: number;
  readonly execution: string;
  readonly workflow: string;
  readonly place: string;
  readonly summary: string;
  readonly actors: readonly string[];
  readonly outcomes: readonly string[];
  readonly due_at: string | null;
}

interface TaskQuery {
  /** Only what this actor may do. */
  readonly actor?: string;
  readonly execution?: string;
  readonly signal?: AbortSignal;
}

export interface Client {
  /** Durably begun when it resolves. With `key`, beginning it again is beginning it once. */
  start<D extends Definition<"workflow">>(
    workflow: D,
    input: SaysOf<D>["given"],
    options?: Speaking & { readonly key?: string },
  ): Promise<Execution<SaysOf<D>>>;
  /** An execution that was begun before, by whomever. */
  execution<D extends Definition<"workflow">>(workflow: D, id: string): Execution<SaysOf<D>>;
  /** What there is to do, oldest first. */
  tasks(query?: TaskQuery): AsyncIterable<OpenTask>;
}

export interface ClientOptions extends DoorOptions {
  /** Of workflows that name none. */
  readonly namespace?: string;
}

/** Asks a door, over HTTP or in this process. What does not come about is thrown as {@link ClientFault}. */
export function createClient(door: ClientOptions): Client {
  return {
    start: async (workflow, input, { as, key, signal } = {}) => {
      const headers = { prefer: "respond-async", ...keyed(key) };
      const body = { workflow: identityOf(workflow, door), input: asJson(input) };
      const { execution } = await documentIn(await ask(door, "POST /v1/executions", { body, headers, as, signal }));
      return executionAt(door, textOf(execution) ?? "");
    },
    execution: (_, id) => executionAt(door, id),
    tasks: (query) => tasksAt(door, query),
  };
}

const keyed = (key: string | undefined): { readonly "idempotency-key"?: string } =>
  key === undefined ? {} : { "idempotency-key": key };

function identityOf(workflow: Definition<"workflow">, door: ClientOptions): string {
  const namespace = workflow.namespace ?? door.namespace;
  if (namespace !== undefined) return `${namespace}::${workflow.code}`;
  throw new TypeError(`${workflow.code} is in no namespace: give one to the client`);
}

/** Long enough to be of use, and shorter than what closes a silent connection on its way. */
const waitMsUsual = 20_000;

function executionAt<S extends AnySays>(door: DoorOptions, id: string): Execution<S> {
  const path = `/v1/executions/${encodeURIComponent(id)}`;
  const say = async (what: string, body: Json, { as, key, signal }: Speaking & { key?: string | undefined } = {}) =>
    resultIn<S>(await ask(door, `POST ${path}/${what}`, { body, headers: keyed(key), as, signal }));
  const result: Execution<S>["result"] = async ({ signal, waitMs = 0 } = {}) => {
    const headers = { prefer: `wait=${String(Math.ceil(Math.min(waitMs, waitMsUsual) / 1_000))}` };
    return resultIn<S>(await ask(door, `GET ${path}`, { headers, signal }));
  };
  const events: Execution<S>["events"] = (options = {}) => follow(door, `${path}/events`, options);
  return {
    id,
    result,
    events,
    ended: async (options = {}) => {
      for await (const _ of events(options));
      return result(options);
    },
    signal: (name, value, options) => say("signals", { name, value: asJson(value) }, options),
    complete: (place, said, options) => say("task", { place, ...objectIn(said) }, options),
    cancel: (reason, options) => say("cancel", { reason }, options),
  };
}

async function resultIn<S extends AnySays>(response: Response): Promise<ResultOf<S>> {
  const document: unknown = await documentIn(response);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the workflow was compiled from what says so
  return document as ResultOf<S>;
}

async function* tasksAt(door: DoorOptions, { signal, ...query }: TaskQuery = {}): AsyncGenerator<OpenTask> {
  let after: number | undefined;
  do {
    const search = new URLSearchParams({ ...query, ...(after === undefined ? {} : { after: String(after) }) });
    const { next, tasks } = await documentIn(await ask(door, `GET /v1/tasks?${search.toString()}`, { signal }));
    const page: unknown = tasks;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the API describes it so
    yield* page as readonly OpenTask[];
    after = typeof next === "number" ? next : undefined;
  } while (after !== undefined);
}

/** Only what can be sent. */
function asJson(value: unknown): Json {
  const sent: Json = JSON.parse(JSON.stringify(value ?? {}));
  return sent;
}

function objectIn(value: unknown): { readonly [name: string]: Json } {
  const sent = asJson(value);
  return isObject(sent) ? sent : {};
}
