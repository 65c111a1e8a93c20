import { documentsOf, greetProject } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "./compile.ts";

const options = {
  transforms: { "std.generate_id": "std.generate_id@1", "std.passthrough": "std.passthrough@1" },
  handlers: { http: "http@1" },
  grants: { hosts: [] },
};

it("finds nothing wrong with the example", () => {
  expect(compile(documentsOf(greetProject), options).problems).toEqual([]);
});
