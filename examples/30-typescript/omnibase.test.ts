import { test } from "@omnibase/sdk/test";
import { it } from "vitest";
import { greet } from "./omnibase.ts";

it("greets whoever has a name", async () => {
  await test(greet)
    .when({ start: { name: "Ada" } })
    .expect({ exit: "DONE", outputs: { greeting: "Hello, Ada!" }, path: ["HELLO", "DONE"] });
});

it("does not greet nobody", async () => {
  await test(greet).when({ start: { name: "" } }).expect({ exit: "BAD", class: "rejected" });
});
