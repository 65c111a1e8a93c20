import { changed, documentsOf, foundIn, mailProject, testOptions, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile/compile.ts";

const RB = "RB_CONFIRM_V0";
const inServer = (to: string): readonly [string, string, string] => [RB, "smtp://localhost:2525", to];

const mistakes: readonly Mistake[] = [
  ["a server is a web page", mailProject, [inServer("https://localhost:2525")], [`ARTIFACT_SCHEMA ${RB}:8:17`]],
  ["a server is a number", mailProject, [inServer("7")], [`ARTIFACT_SCHEMA ${RB}:8:17`]],
  ["a server has no port", mailProject, [inServer("smtp://localhost")], [`ARTIFACT_SCHEMA ${RB}:8:17`]],
  ["a server has a name in it", mailProject, [inServer("smtp://shop@localhost:25")], [`ARTIFACT_SCHEMA ${RB}:8:17`]],
  ["a server is not granted", mailProject, [inServer("smtp://localhost:25")], [`CAPABILITY_DENIED ${RB}:8:17`]],
  ["a password stands there", mailProject, [[RB, "secret://SMTP_PASSWORD", "s3cr3t"]], [`ARTIFACT_SCHEMA ${RB}:11:19`]],
  [
    "a secret is not granted",
    mailProject,
    [[RB, "secret://SMTP_PASSWORD", "secret://OTHER"]],
    [`CAPABILITY_DENIED ${RB}:11:19`],
  ],
  [
    "a password has no name beside it",
    mailProject,
    [[RB, "        user: shop\n", ""]],
    [`ARTIFACT_SCHEMA ${RB}:10:19`],
  ],
  [
    "a name has no password beside it",
    mailProject,
    [[RB, "        password: secret://SMTP_PASSWORD\n", ""]],
    [`ARTIFACT_SCHEMA ${RB}:10:15`],
  ],
  [
    "nobody is the sender",
    mailProject,
    [[RB, "        sender: shop@example.org\n", ""]],
    [`ARTIFACT_SCHEMA ${RB}:8:9`],
  ],
  ["two are the sender", mailProject, [[RB, "shop@example.org", '"a@b.c, d@e.f"']], [`ARTIFACT_SCHEMA ${RB}:9:17`]],
  [
    "there is a sender and no server",
    mailProject,
    [[RB, "        server: smtp://localhost:2525\n", ""]],
    [`ARTIFACT_SCHEMA ${RB}:8:17`],
  ],
  [
    "a key is of no use",
    mailProject,
    [[RB, "        user: shop", "        usr: shop"]],
    [`UNKNOWN_KEY ${RB}:10:9`, `ARTIFACT_SCHEMA ${RB}:11:19`],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits), testOptions, "shop")).toEqual(found);
});

const hostsOf = (edits: Mistake[2]): unknown =>
  compile(documentsOf(changed(mailProject, edits), "shop"), testOptions).compiled?.authority.hosts;

it("is part of what a snapshot may touch, and by TLS from the first byte on is another server", () => {
  expect(hostsOf([])).toEqual(["smtp://localhost:2525"]);
  const other = changed(mailProject, [inServer("smtps://localhost:2525")]);
  expect(foundIn(other, testOptions, "shop")).toEqual([`CAPABILITY_DENIED ${RB}:8:17`]);
});

it("may be empty, and touches nobody then", () => {
  const policy = [RB, "policy:\n        server: smtp://localhost:2525\n", "policy: {}\n"] as const;
  const rest = [RB, "        sender: shop@example.org\n        user: shop\n", ""] as const;
  const last = [RB, "        password: secret://SMTP_PASSWORD\n", ""] as const;
  expect(hostsOf([policy, rest, last])).toEqual([]);
});
