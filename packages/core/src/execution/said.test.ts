import { callTo, effectWork, fact, graphOf, inGraph } from "@omnibase/testkit";
import { describe, it } from "vitest";
import type { CallPlace, Graph } from "../graph/graph.ts";
import { limits } from "../value/limits.ts";
import type { Command } from "./command.ts";
import type { ExecutionEvent } from "./events.ts";

const given = inGraph;
const { cancelled, cancelling, ended, started } = fact;

const waitFor = (signal: string, to: string): CallPlace =>
  callTo({ kind: "wait", signal }, { outcomes: ["RECEIVED"], edges: { RECEIVED: { to } } });

const signals: NonNullable<Graph["signals"]> = {
  PAID: { cents: { type: "integer", required: true }, by: { type: "string", required: false, default: "card" } },
  SEEN: {},
};

const waiting: Graph = { ...graphOf({ PAID: waitFor("PAID", "SEEN"), SEEN: waitFor("SEEN", "END") }), signals };

const say = (name: string, value: Command<"Signal">["value"], id = name): Command<"Signal"> => ({
  type: "Signal",
  atMs: 2_000,
  by: "ada",
  id,
  name,
  value,
});

const said = (name: string, value: Command<"Signal">["value"], id = name): ExecutionEvent => ({
  ...say(name, value, id),
  type: "Signalled",
});

const passed = (place: string, value: Command<"Signal">["value"]): ExecutionEvent => ({
  type: "Passed",
  steps: [{ place, outcome: "RECEIVED", digest: digests.get(JSON.stringify(value)) ?? "" }],
});

const digests: ReadonlyMap<string, string> = new Map([
  ["{}", "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"],
]);

describe("what is said to an execution", () => {
  it("is heard where someone waits for it, with defaults", () =>
    given(waiting, started)
      .when(say("PAID", { cents: 5 }))
      .expect(said("PAID", { cents: 5, by: "card" })));

  it("is kept where nobody waits for it yet, and is there when someone does", () => {
    given(waiting, started).when(say("SEEN", {})).expect(said("SEEN", {}));
    given(waiting, started, said("SEEN", {}))
      .when(say("PAID", { cents: 5, by: "cash" }))
      .expect(said("PAID", { cents: 5, by: "cash" }), passed("SEEN", {}), ended);
  });

  it("is said once, however often it comes", () =>
    given(waiting, started, said("SEEN", {}))
      .when(say("SEEN", { other: "value" }))
      .expect());

  it("is refused where the workflow knows no such thing", () => {
    given(waiting, started)
      .when(say("LOST", {}))
      .refuses({ code: "SIGNAL_UNKNOWN", name: "LOST", declared: ["PAID", "SEEN"] });
    given(graphOf({ PAID: waitFor("PAID", "END") }), started)
      .when(say("PAID", {}))
      .refuses({ code: "SIGNAL_UNKNOWN", name: "PAID", declared: [] });
  });

  it("is refused where it is not as declared, and every field is named", () =>
    given(waiting, started)
      .when(say("PAID", { by: 7 }))
      .refuses({
        code: "VALUE_REFUSED",
        nack: [
          { field: "cents", code: "REQUIRED", message: "cents is required" },
          { field: "by", code: "TYPE", message: "by is not of type string" },
        ],
      }));

  it("is refused where it is too large", () =>
    given(waiting, started)
      .when(say("PAID", { cents: 1, by: "x".repeat(limits.signalCharsMax) }))
      .refuses({ code: "VALUE_TOO_LARGE", most: limits.signalCharsMax }));

  it("is refused where too much was said that nobody has waited for", () => {
    const early = Array.from({ length: limits.signalsEarlyMax }, (_, index) => said("SEEN", {}, String(index)));
    given(waiting, started, ...early)
      .when(say("SEEN", {}, "one more"))
      .refuses({ code: "SIGNALS_FULL", most: limits.signalsEarlyMax });
  });

  it("is refused after the end", () =>
    given(waiting, started, cancelling, cancelled)
      .when(say("SEEN", {}))
      .refuses({ code: "NOT_RUNNING", phase: "cancelled" }));
});

const task = (actors: readonly string[], timeoutMs?: number): Graph =>
  graphOf({
    ASK: callTo(
      {
        kind: "task",
        summary: "look",
        actors,
        fields: { note: { type: "string", required: true } },
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      },
      { outcomes: ["YES", "TIMED_OUT"], edges: { YES: { to: "END" }, TIMED_OUT: { to: "END" } } },
    ),
  });

const settle = (outcome: string, value: Command<"SettleTask">["value"], by = "ada"): Command<"SettleTask"> => ({
  type: "SettleTask",
  atMs: 2_000,
  by,
  outcome,
  place: "ASK",
  value,
});

describe("a task", () => {
  it("is settled with what was asked for", () =>
    given(task([]), started)
      .when(settle("YES", { note: "fine" }))
      .expect({ ...settle("YES", { note: "fine" }), type: "TaskSettled" }, ended));

  it("is settled by those whom it is for", () => {
    const manager = "shop::AC_MANAGER_V0";
    given(task([manager]), started)
      .when(settle("YES", { note: "fine" }, `${manager} name=ada`))
      .expect({ ...settle("YES", { note: "fine" }, `${manager} name=ada`), type: "TaskSettled" }, ended);
    given(task([manager]), started)
      .when(settle("YES", { note: "fine" }))
      .refuses({ code: "NOT_AN_ACTOR", place: "ASK", actors: [manager] });
  });

  it.each(["TIMED_OUT", "NO", "toString"])("is not settled with %s", (outcome) =>
    given(task([], 500), started)
      .when(settle(outcome, { note: "fine" }))
      .refuses({ code: "UNDECLARED_OUTCOME", place: "ASK", outcome, declared: ["YES"] }),
  );

  it("is not settled without what was asked for", () =>
    given(task([]), started)
      .when(settle("YES", {}))
      .refuses({ code: "VALUE_REFUSED", nack: [{ field: "note", code: "REQUIRED", message: "note is required" }] }));

  it("ends by itself when its time is over", () =>
    given(task([], 500), started)
      .when({ type: "Fire", atMs: 1_500, place: "ASK" })
      .expect({ type: "TimerFired", atMs: 1_500, place: "ASK" }, ended));

  it("is not settled where nobody asks for it", () =>
    given(waiting, started)
      .when(settle("YES", {}))
      .refuses({ code: "NOT_WAITING_FOR", place: "ASK", at: ["PAID"] }));

  it("is not settled once the end is certain", () => {
    const asking = task([]);
    const graph: Graph = {
      ...asking,
      places: {
        ...asking.places,
        FORK: callTo(effectWork(), { edges: { SUCCESS: { to: "ASK", also: ["WORK"] } } }),
        WORK: callTo(effectWork()),
      },
      start: "FORK",
    };
    const forked: ExecutionEvent = { ...fact.settled, place: "FORK" };
    given(graph, started, forked, cancelling)
      .when(settle("YES", { note: "fine" }))
      .refuses({ code: "ALREADY_CANCELLING" });
  });
});
