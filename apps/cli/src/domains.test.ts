import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@omnibase/core";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

afterEach(removeFolders);

function project(example: string): string {
  const folder = folderWith({});
  for (const name of ["omnibase.yaml", "contracts", "transforms"]) {
    const source = join(examples, example, name);
    if (existsSync(source)) cpSync(source, join(folder, name), { recursive: true });
  }
  return folder;
}

/** What an execution came to; its log computes again. */
async function run(cwd: string, workflow: string, payload: JsonObject): Promise<Readonly<Record<string, unknown>>> {
  const stdin = JSON.stringify(payload);
  const ran = await called(["run", "--wf", workflow, "--payload", "-", "--json"], { cwd, stdin });
  const result = documentIn(ran);
  expect((await called(["replay", String(result["execution"])], { cwd })).exit).toBe(0);
  return { ...result, exit: ran.exit };
}

const linesOf = (cwd: string, file: string): readonly unknown[] =>
  readFileSync(join(cwd, "data", file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));

it("20-names finds what was registered last, and says what is unknown", async () => {
  const cwd = project("20-names");
  const register = "names::WF_REGISTER_NAME_V0";
  const lookup = "names::WF_LOOKUP_NAME_V0";
  expect(await run(cwd, lookup, { name: "alice.bachi" })).toMatchObject({ exit: 1, outcome: "UNKNOWN" });
  for (const address of ["0xabc", "0xdef"]) {
    const registered = await run(cwd, register, { name: "alice.bachi", resource_addresses: [address] });
    expect(registered).toMatchObject({ exit: 0, emitted: ["names::EV_NAME_REGISTERED_V0"] });
  }
  const found = await run(cwd, lookup, { name: "alice.bachi" });
  expect(found).toMatchObject({ outcome: "FOUND", outputs: { resource_addresses: ["0xdef"] } });
  expect(await run(cwd, register, { name: "", resource_addresses: [] })).toMatchObject({
    exit: 1,
    outcome: "BAD_INPUT",
  });
});

describe("21-collatz", () => {
  const workflow = "conjecture::WF_DEMO_COLLATZ_CONJECTURE_V0";

  it("follows numbers to 1 and keeps the sequences", async () => {
    const cwd = project("21-collatz");
    const held = await run(cwd, workflow, { numbers: [6, 7] });
    const six = [6, 3, 10, 5, 16, 8, 4, 2, 1];
    expect(held).toMatchObject({ exit: 0, outcome: "HOLDS", outputs: { sequences: { 6: six } } });
    const kept: unknown = JSON.parse(readFileSync(join(cwd, "data/collatz_results.json"), "utf8"));
    expect(kept).toMatchObject({ collatz_results: { all_terminate: true, sequences: { 6: six } } });
  });

  it.each<readonly [JsonObject]>([[{ numbers: [0] }], [{ numbers: ["6"] }], [{ numbers: [] }], [{}]])(
    "does not speak of %j",
    async (payload) => {
      expect(await run(project("21-collatz"), workflow, payload)).toMatchObject({ exit: 1, outcome: "REJECTED" });
    },
  );
});

function withLicences(): string {
  const cwd = project("22-agents");
  mkdirSync(join(cwd, "data"));
  cpSync(join(examples, "22-agents/license_facts.json"), join(cwd, "data/license_facts.json"));
  return cwd;
}

describe("22-agents", () => {
  const workflow = "agents::WF_GOVERN_AGENT_ADMISSION_V0";
  const request = {
    tool_name: "read_file",
    parameters: { path: "/reports/q3" },
    requesting_user_id: "EMP_STD_001",
    domain_context: "finance",
  };

  it("lets an agent do what the licence of its user says, and notes it", async () => {
    const cwd = withLicences();
    const first = await run(cwd, workflow, request);
    expect(first).toMatchObject({ exit: 0, outcome: "AUTHORIZED" });
    expect(first["emitted"]).toEqual(["agents::EV_AGENT_ACTION_AUTHORIZED_V0"]);
    const other = await run(cwd, workflow, { ...request, parameters: { path: "/reports/q4" } });
    expect(other["outputs"], "told otherwise it is another action").not.toEqual(first["outputs"]);
    expect(linesOf(cwd, "governance_audit.jsonl")).toMatchObject([
      { stream_id: "EMP_STD_001", record: { decision: "AUTHORIZED", license_tier: "standard" } },
      { record: { parameters: { path: "/reports/q4" } } },
    ]);
    expect(linesOf(cwd, "governance_actions.jsonl")).toHaveLength(2);
  });

  it.each<readonly [string, JsonObject]>([
    ["UNDECLARED_TOOL", { tool_name: "delete_file" }],
    ["UNAUTHORIZED_ACTOR", { requesting_user_id: "EMP_NOBODY" }],
    ["UNAUTHORIZED_TOOL", { tool_name: "write_file" }],
    ["PARAMETER_VIOLATION", { parameters: {} }],
  ])("denies with %s, and notes it", async (outcome, changed) => {
    const cwd = withLicences();
    const denied = await run(cwd, workflow, { ...request, ...changed });
    expect(denied).toMatchObject({ exit: 1, class: "rejected", outcome, exit_node: `EXIT_${outcome}` });
    expect(denied["emitted"]).toEqual(["agents::EV_AGENT_ACTION_DENIED_V0"]);
    const [noted] = linesOf(cwd, "governance_audit.jsonl");
    expect(noted).toMatchObject({ record: { decision: "DENIED", denial_reason: outcome } });
  });
});

describe("23-identity", () => {
  const workflow = "blockchain::WF_REGISTER_ACTOR_UNVERIFIED_V0";
  const bachi = { first_name: "Bachi", last_name: "Eight", email_registration: "bachi8@yahoo.com" };

  it("knows the same person again, by the published ids", async () => {
    const cwd = project("23-identity");
    const ids = { actor_id: "A_dc6e2a7ae93b8bae", kyc_key: "A_KEY_94cee1398e1662e9" };
    const first = await run(cwd, workflow, { actor_record: bachi });
    expect(first).toMatchObject({ exit: 0, outcome: "REGISTERED", outputs: ids });
    const again = await run(cwd, workflow, { actor_record: bachi });
    expect(again).toMatchObject({ exit: 0, outcome: "KNOWN", outputs: ids });
    expect(linesOf(cwd, "blockchain/identity/registry/actors.jsonl")).toMatchObject([
      { key: ids.actor_id, target_ref: ids.actor_id },
      { key: ids.kyc_key, target_ref: ids.actor_id, target_cs: "CS_APPENDONLY_JSONL_V0" },
    ]);
    expect(linesOf(cwd, "blockchain/identity/events/identity_events.jsonl")).toMatchObject([
      { sequence_number: 1, stream_id: ids.actor_id, record: { payload: { ...bachi, language: "en" } } },
      { sequence_number: 2 },
    ]);
  });

  it("is asked by the published ingress, too, which leaves to the intent what a record is", async () => {
    const cwd = project("23-identity");
    const asked = async (actor_record: JsonObject): Promise<Readonly<Record<string, unknown>>> => {
      const args = ["run", "--ti", "blockchain::TI_HTTP_REGISTER_ACTOR_V0", "--payload", "-", "--json"];
      return documentIn(await called(args, { cwd, stdin: JSON.stringify({ actor_record }) }));
    };
    expect(await asked(bachi)).toMatchObject({ status: 200, body: { outputs: { actor_id: "A_dc6e2a7ae93b8bae" } } });
    expect(await asked({ ...bachi, email_registration: "nope" })).toMatchObject({ status: 422 });
  });

  it.each<readonly [string, JsonObject]>([
    ["a mail address that is none", { actor_record: { ...bachi, email_registration: "nope" } }],
    ["a name that is missing", { actor_record: { first_name: "Bachi" } }],
    ["a record that is a text", { actor_record: "x" }],
  ])("takes in nothing with %s", async (_, payload) => {
    const cwd = project("23-identity");
    expect(await run(cwd, workflow, payload)).toMatchObject({ exit: 1, outcome: "BAD_INPUT" });
    expect(existsSync(join(cwd, "data/blockchain"))).toBe(false);
  });
});

describe("24-wallet", () => {
  const workflow = "wallet::WF_SHOW_ADDRESS_V0";
  const entropy_bytes = `0x${"00".repeat(16)}`;

  it("comes from entropy to the address that everybody knows, and writes down nothing of what is in between", async () => {
    const cwd = project("24-wallet");
    const address = "0x9858EfFD232B4033E47d90003D41EC34EcaEda94";
    expect(await run(cwd, workflow, { entropy_bytes })).toMatchObject({ exit: 0, outputs: { address } });
    const kept = readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.includes("data"))
      .map(({ name, parentPath }) => readFileSync(join(parentPath, name), "latin1"));
    expect(kept.join("").includes(address)).toBe(true);
    // The mnemonic, the seed, and the key of the address.
    const between = ["abandon about", "5eb00bbddcf069084889", "1ab42cc412b618bdea3a"];
    expect(between.filter((secret) => kept.join("").includes(secret))).toEqual([]);
  });

  it("answers as its cases say, and takes nothing that is no entropy", async () => {
    const cwd = project("24-wallet");
    expect((await called(["test"], { cwd })).out).toContain("3 cases, 0 failed");
    expect(await run(cwd, workflow, { entropy_bytes: "0x00" })).toMatchObject({ exit: 1, outcome: "BAD_INPUT" });
  });

  it("opens a wallet, from chance to a registered address, and seals every word and key of it", async () => {
    const cwd = project("24-wallet");
    const payload = { actor_id: "A_dc6e2a7ae93b8bae", challenge: "0xdeadbeef" };
    const opened = await run(cwd, "wallet::WF_OPEN_WALLET_V0", payload);
    expect(opened).toMatchObject({ exit: 0, outcome: "OPENED" });
    const [, address = ""] = /"address":"(0x[\da-fA-F]{40})"/.exec(JSON.stringify(opened["outputs"])) ?? [];
    expect(address).not.toBe("");
    expect(linesOf(cwd, "wallet/registry/wallets.jsonl")).toMatchObject([
      { key: address, target_ref: payload.actor_id },
    ]);
    const id = String(opened["execution"]);
    await called(["receipt", id, "--out", "receipt"], { cwd });
    const log = readFileSync(join(cwd, "receipt/log.jsonl"), "utf8");
    expect(log.match(/"sealed:[\da-f]{64}"/g)).toHaveLength(15);
    expect(await run(cwd, "wallet::WF_OPEN_WALLET_V0", payload)).not.toMatchObject({ outputs: { address } });

    const erased = await called(["secret", "erase", id, "--json"], { cwd });
    expect(documentIn(erased)).toMatchObject({ execution: id, erased: true });
    const replayed = await called(["replay", id], { cwd });
    expect(replayed).toMatchObject({ exit: 3 });
    expect(replayed.err).toContain("SECRET_ERASED the chain holds");
    const parts = ["receipt/receipt.json", "--log", "receipt/log.jsonl", "--key", "receipt/key.pub.pem"];
    expect(await called(["verify", ...parts], { cwd })).toMatchObject({ exit: 0 });
    expect((await called(["show", id], { cwd })).out).toContain(address);
  });

  it("erases nothing of what goes on, or is not there", async () => {
    const cwd = project("24-wallet");
    expect(await called(["secret", "erase", "nobody"], { cwd })).toMatchObject({ exit: 3 });
    expect(await run(cwd, workflow, { entropy_bytes })).toMatchObject({ exit: 0 });
    chmodSync(join(cwd, "data/.omnibase/secrets.key"), 0o644);
    const refused = await called(["run", "--wf", workflow, "--payload", "-"], {
      cwd,
      stdin: JSON.stringify({ entropy_bytes }),
    });
    expect(refused).toMatchObject({ exit: 5 });
    expect(refused.err).toContain("SEALING_KEY_UNUSABLE");
  });

  it.each([
    [
      "is given away",
      "emit: { address: $.results.address.eth_address_hex }",
      "emit: { address: $.results.seed.seed_bytes }",
    ],
    [
      "is given to what takes no secrets",
      "  emit:",
      "    - { as: id, transform: std::CT_PURE_GENERATE_ID_V0, with: { prefix: X, data: $.results.words } }\n  emit:",
    ],
  ])("does not compile when a secret %s", async (_, from, to) => {
    const cwd = project("24-wallet");
    const file = join(cwd, "contracts/CT_ADDRESS_OF_ENTROPY_V0.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
    const checked = await called(["check"], { cwd });
    expect(checked.err).toContain("SECRET_FLOW");
    expect(checked.exit).toBe(4);
  });
});
