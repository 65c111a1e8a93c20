import { foundAmong, leadingTo, oneNode } from "@omnibase/testkit";
import { expect, it } from "vitest";

it("an exit beside a token is noticed", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("DONE", "END")} }
    B: { ${oneNode}, ${leadingTo("DONE")} }
    END: { type: EXIT, reason: EXITED, class: rejected, outcome: END }`;
  expect(foundAmong(nodes, "[A, B]", "join: all,")).toEqual([
    "EXIT_BESIDE_TOKEN WF_ALL_V0:9:5",
    "EXIT_BESIDE_TOKEN WF_ALL_V0:10:5",
  ]);
});

it("an exit that waits ends alone", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("DONE")} }
    B: { ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "[A, B]")).toEqual(["EXIT_BESIDE_TOKEN WF_ALL_V0:9:5"]);
  expect(foundAmong(nodes, "[A, B]", "join: all,")).toEqual([]);
});

it("what follows from tokens that meet is told once", () => {
  const nodes = `    A: { ${oneNode}, ${leadingTo("C")} }
    B: { ${oneNode}, ${leadingTo("C")} }
    C: { ${oneNode}, ${leadingTo("DONE")} }`;
  expect(foundAmong(nodes, "[A, B]")).toEqual(["TOKENS_MEET WF_ALL_V0:9:5"]);
});
