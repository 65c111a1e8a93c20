import { cpSync, readFileSync, writeFileSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { join } from "node:path";
import { certifiedLocalhost } from "@omnibase/testkit";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, it } from "vitest";
import { called, documentIn, folderWith, idOf, removeFolders, spawned } from "./testing/cli.ts";

const example = join(import.meta.dirname, "../../../examples/05-mail");
const { certificate, key } = certifiedLocalhost();
const closing: (() => void)[] = [];
const sockets: Socket[] = [];
const hangUp = (): void => {
  for (const socket of sockets.splice(0)) socket.destroy();
};
afterEach(() => {
  for (const close of closing.splice(0)) close();
  removeFolders();
});

/** The example, with another mail server. */
function mailProject(port: string): string {
  const folder = folderWith({ "ca.pem": certificate });
  cpSync(example, folder, { recursive: true });
  for (const file of ["omnibase.yaml", "contracts/RB_CONFIRM_V0.yaml"]) {
    writeFileSync(join(folder, file), readFileSync(join(folder, file), "utf8").replaceAll("2525", port));
  }
  return folder;
}

/** A real mail server on loopback: what it was told as login and message. */
async function postbox({ silent = false } = {}): Promise<{ readonly port: string; readonly heard: readonly string[] }> {
  const heard: string[] = [];
  const server = new SMTPServer({
    key,
    cert: certificate,
    disableReverseLookup: true,
    onAuth: ({ password, username }, _, done) => {
      heard.push(`${String(username)}:${String(password)}`);
      done(null, { user: String(username) });
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (silent) return hangUp();
        heard.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closing.push(() => server.close());
  return { port: portOf(server.server), heard };
}

function portOf(server: Server): string {
  const address = server.address();
  return String(typeof address === "object" && address !== null ? address.port : 0);
}

const confirm = ["run", "--wf", "shop::WF_CONFIRM_V0", "--payload", "order.json", "--json"];

it("a message is sent under a password that nothing of ours writes down", async () => {
  const { heard, port } = await postbox();
  const cwd = mailProject(port);
  const env = { SMTP_PASSWORD: "s3cr3t", NODE_EXTRA_CA_CERTS: join(cwd, "ca.pem") };
  const ran = await spawned([...confirm, "--idempotency-key", "A-17"], { cwd, env });
  expect(documentIn(ran)).toMatchObject({ status: "SUCCESS", outcome: "SENT" });
  expect(heard).toHaveLength(2);
  expect(heard[0]).toBe("shop:s3cr3t");
  expect(heard[1]).toContain("To: ada@example.org");
  const again = await spawned([...confirm, "--idempotency-key", "A-17"], { cwd, env });
  expect([idOf(again), heard.length]).toEqual([idOf(ran), 2]);
  const told = await Promise.all([
    called(["show", idOf(ran)], { cwd }),
    called(["replay", idOf(ran)], { cwd }),
    called(["authority"], { cwd }),
    called(["receipt", idOf(ran), "--out", "proof"], { cwd }),
  ]);
  expect(told.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
  expect(told.map(({ err, out }) => out + err).join("\n")).not.toContain("s3cr3t");
  expect(told[2]?.out).toContain(`smtp://localhost:${port}`);
});

it("without the password nothing is sent, and the outcome says so", async () => {
  const { heard, port } = await postbox();
  const cwd = mailProject(port);
  const ran = await called(confirm, { cwd });
  expect(documentIn(ran)).toMatchObject({ status: "FAILED", outcome: "NOT_CONFIGURED" });
  expect(heard).toEqual([]);
});

it("without a server, too", async () => {
  const cwd = mailProject("2525");
  const file = join(cwd, "contracts/RB_CONFIRM_V0.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/policy:[^]*$/, "policy: {}\n"));
  expect(documentIn(await called(confirm, { cwd }))).toMatchObject({ outcome: "NOT_CONFIGURED" });
});

it.each<readonly [string, string, string, string]>([
  ["a secret that is not granted", "SMTP_PASSWORD: {", "OTHER: {", "CAPABILITY_DENIED"],
  ["a server that is not granted", "smtp://localhost", "smtp://mail.example.org", "CAPABILITY_DENIED"],
  ["a secret from two places", "{ env: SMTP_PASSWORD }", "{ env: A, file: b }", "CONFIG_VALUE"],
  ["a secret from nowhere", "{ env: SMTP_PASSWORD }", "{}", "CONFIG_VALUE"],
  ["a secret from an empty name", "{ env: SMTP_PASSWORD }", '{ env: "" }', "CONFIG_VALUE"],
  ["a secret from a vault", "{ env: SMTP_PASSWORD }", "{ vault: a }", "CONFIG_UNKNOWN_KEY"],
  ["a secret that is a text", "{ env: SMTP_PASSWORD }", "a text", "CONFIG_TYPE"],
])("does not compile with %s", async (_, from, to, code) => {
  const cwd = mailProject("2525");
  const file = join(cwd, "omnibase.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
  const ran = await called(["check"], { cwd });
  expect(ran.exit).toBeGreaterThan(0);
  expect(ran.err).toContain(code);
});

it("a message whose fate nobody knows is an incident, and is not sent again until a person says so", async () => {
  const { heard, port } = await postbox({ silent: true });
  const cwd = mailProject(port);
  const env = { SMTP_PASSWORD: "s3cr3t", NODE_EXTRA_CA_CERTS: join(cwd, "ca.pem") };
  const ran = await spawned(confirm, { cwd, env });
  expect(documentIn(ran)).toMatchObject({
    status: "INCIDENT",
    problems: [{ code: "CONNECTION_LOST" }, { code: "OUTCOME_UNKNOWN" }],
  });
  await called(["resume"], { cwd });
  expect(heard).toEqual(["shop:s3cr3t"]);
  const found = '{"message_id":"<found@example.org>"}';
  const said = ["incident", "resolve", idOf(ran), "--done", "SUCCESS", "--output", "-"];
  const resolved = await called(said, { cwd, stdin: found });
  expect(resolved.err).toBe("");
  expect(documentIn(await called(["show", idOf(ran), "--json"], { cwd }))).toMatchObject({
    outcome: "SENT",
    outputs: { message_id: "<found@example.org>" },
  });
});

it("takes the password from a file, where the project says so", async () => {
  const { heard, port } = await postbox();
  const cwd = mailProject(port);
  const file = join(cwd, "omnibase.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("{ env: SMTP_PASSWORD }", "{ file: secrets/smtp }"));
  cpSync(join(cwd, "ca.pem"), join(cwd, "secrets/smtp"));
  writeFileSync(join(cwd, "secrets/smtp"), "from a file\n");
  const ran = await spawned(confirm, { cwd, env: { NODE_EXTRA_CA_CERTS: join(cwd, "ca.pem") } });
  expect(documentIn(ran)).toMatchObject({ outcome: "SENT" });
  expect(heard[0]).toBe("shop:from a file");
});
