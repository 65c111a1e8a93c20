import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders, spawned, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

const example = fileURLToPath(new URL("../../../examples/07-actors", import.meta.url));

function desk(): string {
  const folder = folderWith({});
  for (const name of ["omnibase.yaml", "contracts"])
    cpSync(join(example, name), join(folder, name), { recursive: true });
  return folder;
}

interface Asking {
  readonly cwd: string;
  readonly as: string;
  readonly payload: object;
}

const asked = (workflow: string, { as, cwd, payload }: Asking): Promise<Called> =>
  called(["run", "--wf", `desk::${workflow}`, "--payload", "-", "--as", as, "--json"], {
    cwd,
    stdin: JSON.stringify(payload),
  });

const member = 'desk::AC_MEMBER_V0 name="Ada Lovelace" member_id=M-7';
const question = { question: "Where is my order?" };

const open = (cwd: string, as: string, payload: object = question): Promise<Called> =>
  asked("WF_OPEN_TICKET_V0", { cwd, as, payload });

async function executionsIn(cwd: string): Promise<readonly { readonly execution: string }[]> {
  const { executions } = JSON.parse((await called(["history", "--json"], { cwd })).out);
  return executions;
}

const nackIn = ({ out }: Called): unknown => documentIn({ out })["nack"];

it("nothing begins over a file in which a record is none of its entity", async () => {
  const cwd = desk();
  mkdirSync(join(cwd, "data"));
  const ticket = { ...question, ticket_id: "T-1", member_id: "M-7", stage: "CLOSED" };
  const file = join(cwd, "data/tickets.json");
  writeFileSync(file, JSON.stringify({ "T-1": ticket, "T-2": ticket }));
  const refused = await open(cwd, member);
  expect(documentIn(refused)).toMatchObject({ code: "DATA_FILE_UNREADABLE" });
  expect(refused.out).toContain("ticket_id is T-1, and the record is stored as T-2");
  writeFileSync(file, JSON.stringify({ "T-1": ticket }));
  expect((await open(cwd, member)).exit).toBe(0);
});

describe("whoever sends an intent", () => {
  it("plays one of its actors, and is read by the workflow", async () => {
    const cwd = desk();
    const { exit, out } = await open(cwd, member);
    const { execution, outcome, outputs } = documentIn({ out });
    expect({ exit, outcome }).toEqual({ exit: 0, outcome: "ASKED" });
    const tickets: object = JSON.parse(readFileSync(join(cwd, "data/tickets.json"), "utf8"));
    const [[ticket_id, ticket] = []] = Object.entries(tickets);
    expect(outputs).toEqual({ ticket_id });
    expect(ticket).toEqual({ ...question, ticket_id, member_id: "M-7", stage: "OPEN" });
    const history = await called(["show", String(execution), "--json"], { cwd });
    expect(history.exit).toBe(0);
    expect((await called(["replay", String(execution)], { cwd })).exit).toBe(0);
  });

  it.each([
    ["somebody else", "desk::AC_CLERK_V0 name=Grace", [{ field: "@actor", code: "ACTOR" }]],
    ["an actor that says too little", "desk::AC_MEMBER_V0 name=Ada", [{ field: "@actor.member_id", code: "REQUIRED" }]],
    ["an actor that says too much", `${member} age=36`, [{ field: "@actor.age", code: "UNDECLARED" }]],
  ])("is refused as %s, and leaves no state", async (_, as, nack) => {
    const cwd = desk();
    const said = await open(cwd, as);
    expect(said.exit).toBe(1);
    expect(nackIn(said)).toMatchObject(nack);
    expect(() => readFileSync(join(cwd, "data/tickets.json"))).toThrow("ENOENT");
  });

  it("is refused by name, however it is called, and beside what is sent wrongly", async () => {
    const cwd = desk();
    const args = ["run", "--wf", "desk::WF_OPEN_TICKET_V0", "--payload", "-", "--json"];
    const env = { OMNIBASE_PRINCIPAL: "ada" };
    expect(nackIn(await called(args, { cwd, stdin: "{}", env }))).toMatchObject([
      { field: "@actor", code: "ACTOR", message: '"ada" plays none of desk::AC_MEMBER_V0' },
      { field: "question", code: "REQUIRED" },
    ]);
    const stdin = JSON.stringify({ ...question, "@actor": { member_id: "M-7" } });
    expect(nackIn(await called(args, { cwd, stdin }))).toMatchObject([{ code: "ACTOR" }, { code: "UNDECLARED" }]);
  });

  it("may say the same by the environment", async () => {
    const args = ["run", "--wf", "desk::WF_OPEN_TICKET_V0", "--payload", "-", "--json"];
    const env = { OMNIBASE_PRINCIPAL: member };
    expect((await called(args, { cwd: desk(), stdin: JSON.stringify(question), env })).exit).toBe(0);
  });
});

const ticketsIn = (cwd: string): readonly object[] =>
  Object.values(JSON.parse(readFileSync(join(cwd, "data/tickets.json"), "utf8")));

/** A replay needs the actor and the entity again, and so does whoever goes on after the process died. */
it.each(["operate.before-commit=kill@1", "operate.after-commit=kill@1"])(
  "a ticket that is killed at %s goes on, is written once, and is replayed",
  async (failpoint) => {
    const cwd = desk();
    const args = ["run", "--wf", "desk::WF_OPEN_TICKET_V0", "--payload", "-", "--as", member, "--idempotency-key", "a"];
    const asking = { cwd, stdin: JSON.stringify(question) };
    expect((await spawned(args, { ...asking, env: { FAILPOINTS: failpoint } })).exit).toBe(-1);
    const again = documentIn(await spawned([...args, "--json"], asking));
    expect(again).toMatchObject({ status: "SUCCESS", outcome: "ASKED" });
    expect(ticketsIn(cwd)).toMatchObject([{ member_id: "M-7", stage: "OPEN" }]);
    expect((await spawned(["replay", String(again["execution"])], { cwd })).exit).toBe(0);
  },
);

describe("a record that has an entity", () => {
  const clerk = "desk::AC_CLERK_V0 name=Grace";

  async function withTicket(): Promise<{ readonly cwd: string; readonly move: (stage: string) => Promise<unknown> }> {
    const cwd = desk();
    await open(cwd, member);
    const [ticket = {}] = ticketsIn(cwd);
    const { ticket_id } = { ticket_id: undefined, ...ticket };
    const move = async (stage: string): Promise<unknown> => {
      const { outcome, outputs } = documentIn(
        await asked("WF_MOVE_TICKET_V0", { cwd, as: clerk, payload: { ticket_id, stage } }),
      );
      return [outcome, outputs];
    };
    return { cwd, move };
  }

  it("goes on as its stages say, and what it may not do is a violation that changes nothing", async () => {
    const { cwd, move } = await withTicket();
    expect(await move("CLOSED")).toEqual([
      "NOT_MOVED",
      { reason: "stage goes from OPEN to ANSWERED, REJECTED, not to CLOSED" },
    ]);
    expect(ticketsIn(cwd)).toMatchObject([{ stage: "OPEN" }]);
    expect(await move("ANSWERED")).toEqual(["MOVED", {}]);
    expect(await move("LOST")).toMatchObject(["NOT_MOVED", { reason: expect.stringContaining("stage is not one of") }]);
    expect(await move("CLOSED")).toEqual(["MOVED", {}]);
    expect(await move("OPEN")).toEqual(["NOT_MOVED", { reason: "a record at CLOSED does not change any more" }]);
    expect(ticketsIn(cwd)).toMatchObject([{ stage: "CLOSED", moved_by: "Grace" }]);
    for (const { execution } of await executionsIn(cwd)) {
      expect((await called(["replay", execution], { cwd })).exit).toBe(0);
    }
  });

  it("is not begun anew once it has ended", async () => {
    const { cwd, move } = await withTicket();
    expect(documentIn(await open(cwd, member))).toMatchObject({ outcome: "ASKED" });
    for (const stage of ["ANSWERED", "CLOSED"]) await move(stage);
    expect(documentIn(await open(cwd, member))).toMatchObject({ outcome: "KNOWN" });
    expect(ticketsIn(cwd)).toMatchObject([{ stage: "CLOSED" }]);
  });
});

const entering = (cwd: string, payload: object, ...more: readonly string[]): Promise<Called> =>
  called(["run", "--ti", "desk::TI_OPEN_TICKET_V0", "--payload", "-", ...more], {
    cwd,
    stdin: JSON.stringify(payload),
  });

describe("whoever comes in by a door", () => {
  it("is told what the egress says of the exit", async () => {
    const { exit, out } = await entering(desk(), question, "--as", member, "--json");
    expect(exit).toBe(0);
    expect(documentIn({ out })).toEqual({
      schema: "omnibase-reply/1",
      execution: expect.any(String),
      status: 201,
      body: { ticket: expect.stringMatching(/^T_/) },
    });
  });

  it("is told who may come where the intent refuses them", async () => {
    const { exit, out } = await entering(desk(), question, "--json");
    expect(exit).toBe(1);
    expect(documentIn({ out })).toMatchObject({
      execution: expect.any(String),
      status: 403,
      body: { why: [{ code: "ACTOR" }] },
    });
  });

  it("does not come in with what the door does not let in, and nothing begins", async () => {
    const cwd = desk();
    const { exit, out } = await entering(cwd, { question: 7, more: 1 }, "--as", member, "--json");
    expect(exit).toBe(1);
    expect(documentIn({ out })).toMatchObject({
      execution: null,
      status: 400,
      body: { nack: [{ field: "question" }, { field: "more" }] },
    });
    expect(documentIn(await called(["history", "--json"], { cwd }))).toMatchObject({ executions: [] });
  });

  it("reads it, too", async () => {
    const cwd = desk();
    expect((await entering(cwd, question, "--as", member)).out).toContain('reply      201 {"ticket":"T_');
    expect((await entering(cwd, {}, "--as", member)).out).toContain("reply      400");
  });

  it.each([
    [["--ti", "desk::TI_X_V0"], 3, "INGRESS_NOT_FOUND"],
    [["--ti", "TI OPEN"], 2, "ID_CHARSET"],
    [["--ti", "desk::TI_OPEN_TICKET_V0", "--wf", "desk::WF_OPEN_TICKET_V0"], 2, "USAGE_CONFLICT"],
    [[], 2, "USAGE_MISSING_OPTION"],
  ])("is not taken for one by %j", async (more, exit, code) => {
    const said = await called(["run", "--payload", "-", "--json", ...more], { cwd: desk(), stdin: "{}" });
    expect(said.exit).toBe(exit);
    expect(said.out + said.err).toContain(code);
  });

  it("is foreseen by the authority, as are all who may ask", async () => {
    const cwd = desk();
    const { out } = await called(["authority"], { cwd });
    expect(out).toContain("answers    POST /api/v0/tickets by desk::WF_OPEN_TICKET_V0 (desk::TI_OPEN_TICKET_V0)");
    expect(out).toContain("knows      agent desk::AC_TRIAGE_V0");
    expect(out).toContain("  begun only by desk::AC_CLERK_V0, desk::AC_TRIAGE_V0");
    expect(documentIn(await called(["authority", "--json"], { cwd }))).toMatchObject({
      actors: { "desk::AC_MEMBER_V0": "human" },
      senders: { "desk::WF_OPEN_TICKET_V0": ["desk::AC_MEMBER_V0"] },
      routes: { "desk::TI_OPEN_TICKET_V0": { method: "POST", path: "/api/v0/tickets" } },
    });
  });
});

const compiled = (code: string, type: string, frontmatter: object): string =>
  JSON.stringify({ artifact_code: code, artifact_type: type, namespace: "shop", frontmatter });

it("a published door lets in what it is declared to, and says what any door says", async () => {
  const artifacts = "protocol_snapshot/artifacts";
  const cwd = folderWith({
    [`${artifacts}/workflows/shop__WF_ASK_V0.json`]: compiled("WF_ASK_V0", "WF", {
      wf_code: "WF_ASK_V0",
      version: "v0",
      core: {
        start_node: "IN_ASK_V0",
        nodes: {
          IN_ASK_V0: { type: "IN", code: "IN_ASK_V0", next: { ACK: "EXIT_YES", NACK: "EXIT_NO" } },
          EXIT_YES: { type: "EXIT", reason: "COMPLETED" },
          EXIT_NO: { type: "EXIT", reason: "EXITED" },
        },
      },
    }),
    [`${artifacts}/intents/shop__IN_ASK_V0.json`]: compiled("IN_ASK_V0", "IN", {
      in_code: "IN_ASK_V0",
      version: "v0",
      core: { workflow: "WF_ASK_V0", inputs: { name: { type: "string", required: true } } },
    }),
    [`${artifacts}/ingress_intents/shop__TI_ASK_V0.json`]: compiled("TI_ASK_V0", "TI", {
      artifact_code: "TI_ASK_V0",
      artifact_type: "TI",
      core: {
        route: { method: "POST", path: "/api/v0/ask", content_type: "application/json" },
        workflow: "shop::WF_ASK_V0",
        admission_schema: { name: { type: "string", required: true } },
      },
    }),
  });
  const args = [
    "run",
    "--ti",
    "shop::TI_ASK_V0",
    "--payload",
    "-",
    "--json",
    "--workspace",
    cwd,
    "--data-root",
    `${cwd}/data`,
  ];
  expect(documentIn(await called(args, { cwd, stdin: '{"name":"Ada"}' }))).toMatchObject({ status: 200 });
  expect(documentIn(await called(args, { cwd, stdin: "{}" }))).toMatchObject({ status: 400, execution: null });
  const strange = await called(args.with(2, "shop::TI_X_V0"), { cwd, stdin: "{}" });
  expect(strange.exit).toBe(3);
});

it.each([
  [["--as", "ada"], "ACTOR_UNREADABLE"],
  [["--as", "desk::AC_MEMBER_V0 member_id"], "ACTOR_UNREADABLE"],
  [["--as", "desk::AC_MEMBER_V0", "--principal", "ada"], "USAGE_CONFLICT"],
  [["--as", `desk::AC_MEMBER_V0 name=${"x".repeat(1_000)}`], "ID_LENGTH"],
])("who asks is not said by %j", async (more, code) => {
  const args = ["run", "--wf", "desk::WF_OPEN_TICKET_V0", "--payload", "-", "--json", ...more];
  const { err, exit, out } = await called(args, { cwd: desk(), stdin: "{}" });
  expect(exit).toBe(2);
  expect(out + err).toContain(code);
});
