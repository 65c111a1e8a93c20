import { test } from "@omnibase/sdk/test";
import { it } from "vitest";
import { refund } from "./contracts/refund.ts";

const asked = test(refund, { namespace: "shop" }).when({ start: { order: "A-1", cents: 450 } });
const approved = { task: "APPROVE", outcome: "APPROVED", output: { note: "broken" }, as: "shop::AC_MANAGER_V0" } as const;

it("pays once when a manager says so", async () => {
  await asked.when(approved, { answer: "PAY", with: { done: "PAID" } }).expect({
    exit: "REFUNDED",
    outputs: { order: "A-1", cents: 445 },
    emitted: ["EV_REFUNDED_V0"],
    path: ["FEE", "APPROVE", "ONCE", "PAY", "REFUNDED"],
  });
});

it("lets nobody else say so, and not for ever", async () => {
  await asked.when({ ...approved, as: "a clerk" }).expect({ refused: "NOT_AN_ACTOR", status: "WAITING" });
  await asked.when({ advance: "P2D" }).expect({ exit: "DENIED" });
});

it("asks somebody where the bank keeps silent, and pays nothing twice", async () => {
  const silent = asked.when(approved, { answer: "PAY", with: { unknown: "no answer" } });
  await silent.expect({ status: "INCIDENT", problem: "OUTCOME_UNKNOWN", asked: ["PAY"] });
});

it("takes back what it has noted where the bank declines", async () => {
  await asked.when(approved, { answer: "PAY", with: { done: "DECLINED" } }).expect({ exit: "BROKEN", class: "failed" });
});
