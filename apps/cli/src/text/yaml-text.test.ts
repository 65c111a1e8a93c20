import * as fc from "fast-check";
import { isObject, plain, type Json } from "@omnibase/core";
import { readYaml } from "@omnibase/infra/yaml";
import { describe, expect, it } from "vitest";
import { yamlText } from "./yaml-text.ts";

function read(text: string): Json {
  const located = readYaml(text, { file: "said.yaml" });
  if (!located.ok) throw new Error(`${JSON.stringify(located.error)}\n${text}`);
  return plain(located.value);
}

describe("a document as YAML", () => {
  it("is written in blocks, with quotes only where a text could be something else", () => {
    const document = {
      schema: "omnibase-x/1",
      ids: ["a::B", "no", "1"],
      empty: {},
      none: null,
      deep: { list: [[1], []] },
    };
    expect(yamlText(document)).toBe(
      'schema: omnibase-x/1\nids:\n  - a::B\n  - "no"\n  - "1"\nempty: {}\nnone: null\ndeep:\n  list:\n    - - 1\n    - []\n',
    );
  });

  it("is read back as what it was", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("yes", "~", "- a", "a: b", "#", ""),
    );
    const value = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[k1][a-zA-Z 0-9:#-]{0,10}$/), tie("value"), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (document) => {
        fc.pre(isObject(document));
        expect(read(yamlText(document))).toEqual(document);
      }),
      { numRuns: 200 },
    );
  });
});
