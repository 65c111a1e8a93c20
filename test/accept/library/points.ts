import { join } from "node:path";
import { editRefused } from "../judge/edited.ts";
import { command, filesIn, planted, ranNode, root, suite } from "../judge/programs.ts";
import type { Point, Verdict } from "../judge/verdict.ts";
import { judgeDoor } from "./door.ts";
import { judgeEvidence } from "./evidence.ts";
import { judgeNewcomer } from "./newcomer.ts";
import { judgeRetention } from "./retention.ts";

/** The numbered points of "The library and the evidence". */
export const points: readonly Point[] = [
  { number: 1, name: "capabilities", judge: judgeCapabilities },
  { number: 2, name: "trace-and-examine", judge: judgeEvidence },
  { number: 3, name: "http-door", judge: judgeDoor },
  { number: 4, name: "typescript-door", judge: judgeTypescript },
  { number: 5, name: "command-line", judge: judgeCommandLine },
  { number: 6, name: "retention", judge: judgeRetention },
  { number: 7, name: "docs", judge: judgeDocs },
  { number: 8, name: "newcomer", judge: judgeNewcomer },
];

/** Published vectors, operations on stores, mail over a real server, and whole domains; a page for each capability. */
function judgeCapabilities(): Verdict {
  const library = suite([
    ...["transforms", "mail"].map((folder) => `packages/infra/src/${folder}`),
    "packages/core/src/entity",
    ...["library", "mail", "domains", "order", "reference"].map((name) => `apps/cli/src/${name}.test.ts`),
  ]);
  const capabilities = filesIn("contracts", /\.yaml$/);
  const pages = filesIn("docs/reference", /^C[ST]_.*\.md$/);
  const vectors = library.names.filter((name) => /BIP-\d\d|RFC 6979|Ethereum/.test(name));
  const red = editRefused("24-wallet", "TEST_DATA_CT_ADDRESS_OF_ENTROPY_V0.yaml", "0x9858Ef", "0x9858Ee");
  return {
    pass: library.pass && vectors.length > 0 && pages.length === capabilities.length,
    facts: { tests: library.passed, capabilities: capabilities.length, pages: pages.length, vectors: vectors.length },
    controls: [{ name: "a published address with one digit changed", red }],
  };
}

/** Definitions say what files say, in a type that the editor knows; what is wrong with them is found in TypeScript. */
function judgeTypescript(): Verdict {
  const sdk = suite(["packages/sdk", "test/sdk", "apps/cli/src/typescript.test.ts"]);
  const typed = ranNode([join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.test.json"]).status === 0;
  const red = editRefused("30-typescript", "omnibase.ts", /SUCCESS: "\w+"/, 'SUCCESS: "NOWHERE"');
  return {
    pass: sdk.pass && typed,
    facts: { tests: sdk.passed, types: typed ? "hold" : "broken" },
    controls: [{ name: "an edge to no node", red }],
  };
}

/** Every command has an example that can be given, one document for programs, and a page. */
function judgeCommandLine(): Verdict {
  const cli = suite([
    ...["program", "edge", "doctor"].map((folder) => `apps/cli/src/${folder}`),
    ...["init", "dev", "doctor", "json", "settings", "commands"].map((name) => `apps/cli/src/${name}.test.ts`),
  ]);
  const help = ranNode([command, "--help", "--json"]);
  const commands = [...help.stdout.matchAll(/"example":/g)].length;
  const unknown = ranNode([command, "chek", "--json"]);
  return {
    pass: cli.pass && help.status === 0,
    facts: { tests: cli.passed, commands },
    controls: [{ name: "a command that there is not", red: unknown.status === 2 && unknown.stdout.includes("check") }],
  };
}

/** Every block of every page is executed as it stands. */
function judgeDocs(): Verdict {
  const docs = suite(["test/docs"]);
  const pages = [...filesIn("docs", /\.md$/), ...filesIn("docs/guides", /\.md$/)];
  return {
    pass: docs.pass,
    facts: { tests: docs.passed, pages: pages.length },
    controls: planted(docs, /notices a block that does not work/),
  };
}
