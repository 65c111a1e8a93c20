import { foundAmong, leadingTo, oneNode } from "@omnibase/testkit";
import { expect, it } from "vitest";

it("a second token is noticed where it comes first", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("C")} }
    B: { ${oneNode}, ${leadingTo("C")} }
    C: { ${oneNode}, ${leadingTo("D")} }
    D: { ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "[A, B]")).toEqual(["TOKENS_MEET WF_ALL_V0:9:5"]);
  expect(foundAmong(nodes.replace("C: { ", "C: { join: all, "), "[A, B]")).toEqual([]);
  expect(foundAmong(nodes.replace("B: { ", "B: { join: any, "), "A")).toEqual(["GRAPH_UNREACHABLE WF_ALL_V0:8:5"]);
});

it("a token that comes from behind is noticed, too", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("B")} }
    B: { ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "[A, B]", "join: all,")).toEqual(["TOKENS_MEET WF_ALL_V0:8:5"]);
});

it("ways that exclude each other do not meet", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("B", "C")} }
    B: { ${oneNode}, ${leadingTo("C")} }
    C: { ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "A")).toEqual([]);
});

it("nothing is said of tokens where the ways are not known, or lead back", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("C")} }
    B: { ${oneNode}, ${leadingTo("C")} }
    C: { ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "[A, B, X]")).toEqual(["GRAPH_DANGLING_EDGE WF_ALL_V0:6:61"]);
  expect(foundAmong(nodes.replace(leadingTo("DONE"), leadingTo("DONE", "A")), "[A, B]")).toEqual([
    "GRAPH_CYCLE WF_ALL_V0:7:5",
  ]);
});
