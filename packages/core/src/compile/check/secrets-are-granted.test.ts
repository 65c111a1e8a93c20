import { changed, chargeProject, documentsOf, foundIn, testOptions, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";
import { diff } from "../diff.ts";

const headers = (text: string): typeof chargeProject =>
  changed(chargeProject, [["RB_CHARGE_V0", "method: POST", `method: POST\n            headers: ${text}`]]);

const mistakes: readonly Mistake[] = [
  [
    "a secret is not granted",
    headers("{ authorization: Bearer secret://PAY_TOKEN }"),
    [],
    ["CAPABILITY_DENIED RB_CHARGE_V0:10:39"],
  ],
  [
    "two secrets in one header are not granted",
    headers("{ x-key: secret://A:secret://B }"),
    [],
    ["CAPABILITY_DENIED RB_CHARGE_V0:10:31", "CAPABILITY_DENIED RB_CHARGE_V0:10:31"],
  ],
  [
    "a secret stands in a list, for a handler of the project's own",
    chargeProject,
    [["RB_CHARGE_V0", "{ tone: high }", "{ tones: [7, secret://BELL] }"]],
    ["CAPABILITY_DENIED RB_CHARGE_V0:13:46"],
  ],
  ["a secret has no name", headers("{ x-key: secret:// }"), [], ["ARTIFACT_SCHEMA RB_CHARGE_V0:10:31"]],
  [
    "a password stands there for everybody",
    headers("{ authorization: Bearer abc, cookie: a=b }"),
    [],
    ["SECRET_FLOW RB_CHARGE_V0:10:39", "SECRET_FLOW RB_CHARGE_V0:10:59"],
  ],
  [
    "a header is the client's own, or none",
    headers('{ host: evil, X-Key: a, "a b": c }'),
    [],
    [
      "ENDPOINT_HEADER_INVALID RB_CHARGE_V0:10:24",
      "ENDPOINT_HEADER_INVALID RB_CHARGE_V0:10:36",
      "ENDPOINT_HEADER_INVALID RB_CHARGE_V0:10:46",
    ],
  ],
  ["a header would be two", headers('{ x-key: "a\\nb" }'), [], ["ENDPOINT_HEADER_INVALID RB_CHARGE_V0:10:31"]],
  [
    "a secret stands in a URL",
    chargeProject,
    [["RB_CHARGE_V0", '{order}"', '{order}?key=secret://PAY_TOKEN"']],
    ["CAPABILITY_DENIED RB_CHARGE_V0:10:18", "SECRET_FLOW RB_CHARGE_V0:10:18"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

const grants = { ...testOptions.grants, secrets: ["PAY_TOKEN", "OTHER"] };
const compiledOf = (project: typeof chargeProject): ReturnType<typeof compile>["compiled"] =>
  compile(documentsOf(project), { ...testOptions, grants }).compiled;

it("seals references, never values, and says which there are", () => {
  const compiled = compiledOf(headers("{ authorization: Bearer secret://PAY_TOKEN, x-shop: demo }"));
  expect(compiled?.authority.secrets).toEqual(["PAY_TOKEN"]);
  expect(JSON.stringify(compiled?.graphs)).toContain(
    '"headers":{"authorization":"Bearer secret://PAY_TOKEN","x-shop":"demo"}',
  );
  const bell = changed(chargeProject, [
    ["RB_CHARGE_V0", "{ tone: high }", "{ tones: [7, secret://OTHER], loud: true }"],
  ]);
  expect(compiledOf(bell)?.authority.secrets).toEqual(["OTHER"]);
  expect(compiledOf(chargeProject)?.authority).not.toHaveProperty("secrets");
});

const told = (changes: ReturnType<typeof diff>): readonly string[] =>
  changes.flatMap(({ allows, message }) => (message.includes("secret") ? [`${allows}: ${message}`] : []));

it("is told by a comparison of two snapshots", () => {
  const [without, withOne] = [compiledOf(chargeProject), compiledOf(headers("{ x-key: secret://PAY_TOKEN }"))];
  if (without === undefined || withOne === undefined) throw new Error("it does not compile");
  expect(told(diff(without, withOne))).toContain("more: may use the secret PAY_TOKEN");
  expect(told(diff(withOne, without))).toContain("less: may not use the secret PAY_TOKEN any more");
});
