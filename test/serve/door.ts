import type { Json, JsonObject } from "@omnibase/core";
import { isObject } from "@omnibase/core";
import { doorOn, openDoor, type DoorLimits, type OpenDoor, type Opened, type Token } from "@omnibase/server";
import { Ajv2020 } from "ajv/dist/2020.js";
import { openDoorParts, type OpenDoorParts } from "../../apps/cli/src/data/open-door-parts.ts";

/** What was answered over HTTP, without a socket. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it is JSON. */
  readonly json: JsonObject;
}

interface Asking {
  readonly body?: Json | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestDoor extends Opened {
  /** `GET /v1/tasks`. What is answered is held against what the door's own document says of the route. */
  ask(what: string, asking?: Asking): Promise<Answered>;
  /** The lines of its log. */
  readonly said: readonly JsonObject[];
  /** A fault: the store is taken from under it. */
  closeStore(): Promise<void>;
  close(): Promise<void>;
}

export interface DoorAsked {
  readonly limits?: Partial<DoorLimits>;
  readonly tokens?: readonly Token[];
}

/** A door on a project, in this process, without a socket. */
export async function doorIn(folder: string, { limits = {}, tokens = [] }: DoorAsked = {}): Promise<TestDoor> {
  const { close, parts, said } = await partsIn(folder);
  const opened = doorOn(parts, { listen: { kind: "tcp", host: "127.0.0.1", port: 0 }, limits, tokens });
  return {
    ...opened,
    said,
    ask: (what, asking) => ask(opened, what, asking),
    closeStore: close,
    close: async () => {
      opened.leave();
      await close();
    },
  };
}

/** The same with one. */
export async function listeningDoorIn(folder: string, { limits = {}, tokens = [] }: DoorAsked = {}): Promise<OpenDoor> {
  const { close, parts } = await partsIn(folder);
  const door = await openDoor(parts, { listen: { kind: "tcp", host: "127.0.0.1", port: 0 }, limits, tokens });
  return {
    address: door.address,
    close: async () => {
      await door.close();
      await close();
    },
  };
}

interface PartsIn extends OpenDoorParts {
  readonly said: readonly JsonObject[];
}

async function partsIn(folder: string): Promise<PartsIn> {
  const said: JsonObject[] = [];
  const err = (text: string): void => void said.push(JSON.parse(text));
  const opened = await openDoorParts({ cwd: () => folder, env: {}, err });
  if (!opened.ok) throw new Error(opened.error.message);
  return { ...opened.value, said };
}

async function ask({ app, door }: Opened, what: string, { body, headers = {} }: Asking = {}): Promise<Answered> {
  const [method = "", target = ""] = what.split(" ");
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const typed = body === undefined ? {} : { "content-type": "application/json" };
  const response = await app.request(target, {
    method,
    headers: { host: "127.0.0.1:7070", ...typed, ...headers },
    ...sent,
  });
  const text = await response.text();
  const isJson = /[/+]json$/.test(response.headers.get("content-type") ?? "");
  const json: Json = isJson && text !== "" ? JSON.parse(text) : {};
  if (!isObject(json)) throw new Error(`${what} answered with what is no object: ${text}`);
  const { status } = response;
  const breach = breachIn(door.openapi, { method, path: target.split("?")[0] ?? "", status, json });
  if (breach !== undefined) throw new Error(`${what}: ${String(status)} ${breach}\n${text}`);
  return { status, headers: response.headers, text, json };
}

interface Held {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly json: JsonObject;
}

/** Against what the document says: which statuses there are, and what each looks like. */
function breachIn(openapi: JsonObject, { json, method, path, status }: Held): string | undefined {
  const paths = isObject(openapi["paths"]) ? openapi["paths"] : {};
  const template = Object.keys(paths).find((one) => new RegExp(`^${one.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path));
  const operation = at(paths, template ?? "", method.toLowerCase());
  if (operation === undefined) return status >= 400 ? undefined : "is answered, and described nowhere";
  const described = at(operation, "responses", String(status)) ?? (status >= 400 ? problem : undefined);
  if (described === undefined) return "is a status that nothing says anything of";
  const schema = at(described, "content", "application/json", "schema");
  if (schema === undefined) return undefined;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const root = { $id: "openapi", components: openapi["components"] };
  const validate = ajv.addSchema(root).compile(rebased(schema));
  return validate(json) ? undefined : ajv.errorsText(validate.errors);
}

const problem: JsonObject = {
  content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** References are to the document that the schema was cut out of. */
const rebased = (schema: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components'));

function at(value: Json, ...names: readonly string[]): JsonObject | undefined {
  let found: Json | undefined = value;
  for (const name of names) found = isObject(found) ? found[name] : undefined;
  return isObject(found) ? found : undefined;
}
