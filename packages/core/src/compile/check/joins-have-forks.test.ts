import { foundAmong, leadingTo, oneNode } from "@omnibase/testkit";
import { expect, it } from "vitest";

it("a join to which one token comes is noticed", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("B")} }
    B: { join: all, ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "A")).toEqual(["JOIN_WITHOUT_FORK WF_ALL_V0:8:5"]);
  expect(foundAmong(nodes, "[A, B]")).toEqual([]);
});

it("a join behind a fork of other ways is noticed, too", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("C")} }
    B: { ${oneNode}, ${leadingTo("DONE")} }
    C: { join: all, ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "[A, B]", "join: all,")).toEqual(["JOIN_WITHOUT_FORK WF_ALL_V0:9:5"]);
});

it("nothing is said of a join to which no token comes", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("DONE")} }
    B: { join: all, ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "A")).toEqual(["GRAPH_UNREACHABLE WF_ALL_V0:8:5"]);
});
