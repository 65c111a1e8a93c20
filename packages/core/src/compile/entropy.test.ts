import { changed, documentsOf, foundIn, testOptions, walletProject, type Edit, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "./compile.ts";

const { "TEST_DATA_CT_ADDRESS_OF_ENTROPY_V0.yaml": _, ...wallet } = walletProject;
const made = compile(documentsOf(wallet, "wallet"), testOptions);
const places = made.compiled?.graphs["wallet::WF_OPEN_WALLET_V0"]?.places ?? {};

it("is drawn by the host, as the answer of an effect that may be repeated until it is recorded", () => {
  expect(made.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(places["CC_OPEN_WALLET/entropy"]).toMatchObject({
    work: { kind: "effect", handler: "@entropy", operation: "DRAW", idempotent: true },
    inputs: { entropy_bits: { kind: "literal", value: 256 } },
    answers: { entropy_bytes: { type: "string", secret: true } },
  });
  expect(Object.keys(made.compiled?.implementations ?? {})).not.toContain("@entropy");
});

it("says of every step that is told a secret what it may answer for all to read, and of no other", () => {
  const names = Object.entries(places).flatMap(([name, place]) => ("answers" in place ? [name] : []));
  const derived = ["words", "seed", "master", "purpose", "coin", "account", "change", "first", "point", "sign"];
  expect(names.toSorted()).toEqual(["entropy", ...derived].map((name) => `CC_OPEN_WALLET/${name}`).toSorted());
});

const chance = (declared: string): Edit => [
  "CT_CHANCE_V0",
  `ct_code: CT_CHANCE_V0\nversion: v0\ncore: ${declared}\nimplementation: { given: entropy }\n`,
];
const bits = "entropy_bits: { type: integer, required: true }";
const bytes = "entropy_bytes: { type: string, required: true, secret: true }";

it("may be declared by a project, too", () => {
  expect(foundIn(changed({}, [chance(`{ inputs: { ${bits} }, outputs: { ${bytes} } }`)]))).toEqual([]);
});

const mistakes: readonly Mistake[] = [
  [
    "what is drawn is for everybody",
    {},
    [chance(`{ inputs: { ${bits} }, outputs: { entropy_bytes: { type: string } } }`)],
    ["ARTIFACT_SCHEMA CT_CHANCE_V0:4:26"],
  ],
  [
    "what is drawn is no text",
    {},
    [chance(`{ inputs: { ${bits} }, outputs: { entropy_bytes: { type: any, secret: true } } }`)],
    ["ARTIFACT_SCHEMA CT_CHANCE_V0:4:26"],
  ],
  [
    "more is wanted than is drawn",
    {},
    [chance(`{ inputs: { ${bits} }, outputs: { ${bytes}, more: { type: string } } }`)],
    ["ARTIFACT_SCHEMA CT_CHANCE_V0:4:26"],
  ],
  [
    "a molecule draws",
    {},
    [
      [
        "CT_MADE_V0",
        `ct_code: CT_MADE_V0
version: v0
core: { inputs: {}, outputs: { words: { type: string, secret: true } } }
molecule:
  steps:
    - { as: chance, transform: std::CT_PURE_GENERATE_ENTROPY_V0, with: { entropy_bits: 128 } }
    - { as: words, transform: std::CT_PURE_ENTROPY_TO_MNEMONIC_V0, with: { entropy_bytes: $.results.chance.entropy_bytes } }
  emit: { words: $.results.words.mnemonic }
`,
      ],
    ],
    ["PURITY_VIOLATION CT_MADE_V0:6:32"],
  ],
];

it.each(mistakes)("is noticed when %s", (_name, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

it.each<readonly [string, Edit, string]>([
  [
    "how often to try",
    [
      "CC_OPEN_WALLET_V0",
      "inputs: { entropy_bits: 256 }",
      "retry: { attempts: 2 }\n      inputs: { entropy_bits: 256 }",
    ],
    "STEP_KEY_NOT_APPLICABLE",
  ],
  ["a size that there is not", ["CC_OPEN_WALLET_V0", "entropy_bits: 256", "entropy_bits: 255"], "INPUT_TYPE_MISMATCH"],
])("is not asked with %s", (_name, edit, code) => {
  const { problems } = compile(documentsOf(changed(wallet, [edit]), "wallet"), testOptions);
  expect(problems.filter(({ severity }) => severity === "error").map((problem) => problem.code)).toEqual([code]);
});
