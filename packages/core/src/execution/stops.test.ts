import { answers, callTo, effectWork, fact, graphOf, inGraph, oneStep, say, stepOf } from "@omnibase/testkit";
import { describe, it } from "vitest";
import { cancelTimer } from "./state.ts";

const given = inGraph;
const { done, refused, silence } = answers;
const { answer, cancel, fire, lose, resolve } = say;
const { begun, cancelled, cancelling, ended, failed, fired, incident, lost, resolved, settled, silent, started } = fact;
const { idempotent, once, operating, transforming } = stepOf;
const unknown = incident("OUTCOME_UNKNOWN", "REFUSED: no");

describe("a cancellation", () => {
  it("ends at once where nothing is under way", () => {
    given(operating, started).when(cancel).expect(cancelling, cancelled);
    given(idempotent, started, failed(1, 2_000, 2_100))
      .when(cancel)
      .expect(cancelling, cancelled);
    given(transforming("test.throw@1"), started, incident("TRANSFORM_ERROR", "x"))
      .when(cancel)
      .expect(cancelling, cancelled);
    given(graphOf({}), started).when(cancel).expect(cancelling, cancelled);
  });

  it("waits for the answer that is under way, and then for nothing", () => {
    const graph = graphOf({
      WORK: callTo(effectWork(), { edges: { SUCCESS: { to: "NEXT" } } }),
      NEXT: callTo(effectWork()),
    });
    given(graph, started).when(cancel).expect(cancelling);
    given(graph, started, cancelling)
      .when(answer(done))
      .expect({ ...settled, atMs: 3_000 }, cancelled);
    given(graph, started, cancelling).when(answer(refused)).expect(failed(1, 3_000), cancelled);
    given(graph, started, cancelling)
      .when(answer(silence))
      .expect({ ...silent, atMs: 3_000 }, cancelled);
    given(graph, started, cancelling).when(lose()).expect(lost(1, 3_000), cancelled);
  });

  it("waits for a person where nobody knows what happened", () => {
    const graph = once;
    given(graph, started, begun, silent, unknown).when(cancel).expect(cancelling);
    given(graph, started, begun, cancelling)
      .when(answer(silence))
      .expect({ ...silent, atMs: 3_000 }, unknown);
    const held = [started, begun, silent, unknown, cancelling] as const;
    for (const resolution of [
      { kind: "done", outcome: "SUCCESS", value: 1 },
      { kind: "not-done" },
      { kind: "retry" },
    ] as const) {
      given(graph, ...held)
        .when(resolve(resolution))
        .expect(resolved(resolution), cancelled);
    }
  });

  it("gives up waiting at its deadline where the effect may be repeated, and asks a person where not", () => {
    const detail = "no answer came before the deadline of the cancellation";
    given(idempotent, started, cancelling)
      .when(fire(13_000, cancelTimer))
      .expect(fired(13_000, cancelTimer), cancelled);
    given(once, started, begun, cancelling)
      .when(fire(13_000, cancelTimer))
      .expect(fired(13_000, cancelTimer), incident("OUTCOME_UNKNOWN", detail));
    given(once, started, begun, cancelling)
      .when(fire(12_999, cancelTimer))
      .refuses({ code: "NOT_DUE", place: cancelTimer, dueMs: 13_000 });
  });

  it("is asked for once", () =>
    given(idempotent, started, cancelling).when(cancel).refuses({ code: "ALREADY_CANCELLING" }));
});

describe("a person", () => {
  const held = [started, begun, silent, unknown] as const;

  it("may say that it was done, and how it ended", () => {
    const resolution = { kind: "done", outcome: "SUCCESS", value: 1 } as const;
    given(once, ...held)
      .when(resolve(resolution))
      .expect(resolved(resolution), ended);
  });

  it("may have it tried again", () =>
    given(once, ...held)
      .when(resolve({ kind: "retry" }))
      .expect(resolved({ kind: "retry" }), { type: "AttemptStarted", place: "WORK", attempt: 2 }));

  it("may say that it was not done: then it is tried again while attempts are left", () => {
    given(once, ...held)
      .when(resolve({ kind: "not-done" }))
      .expect(resolved({ kind: "not-done" }), { type: "AttemptStarted", place: "WORK", attempt: 2 });
  });

  const spent = effectWork({ idempotent: false, retry: { attemptsMax: 1, backoffMs: 0, factor: 2, backoffMaxMs: 0 } });

  it("may say that it was not done: then it fails when none is left", () =>
    given(oneStep(callTo(spent, { edges: { SUCCESS: { to: "END" }, FAILED: { to: "END" } } })), ...held)
      .when(resolve({ kind: "not-done" }))
      .expect(resolved({ kind: "not-done" }), ended));

  it("is asked again where nothing takes the failure", () => {
    const again = incident("RETRIES_EXHAUSTED", "a person said that it was not done");
    given(oneStep(callTo(spent)), ...held)
      .when(resolve({ kind: "not-done" }))
      .expect(resolved({ kind: "not-done" }), again);
    given(transforming("test.throw@1"), started, incident("TRANSFORM_ERROR", "x"))
      .when(resolve({ kind: "not-done" }))
      .expect(resolved({ kind: "not-done" }), again);
  });

  it("may only name an outcome that has an edge", () =>
    given(once, ...held)
      .when(resolve({ kind: "done", outcome: "toString", value: 1 }))
      .refuses({ code: "UNDECLARED_OUTCOME", place: "WORK", outcome: "toString", declared: ["SUCCESS"] }));

  it("may name no outcome of an exit", () =>
    given(graphOf({}), started, { ...unknown, place: "END" })
      .when(resolve({ kind: "done", outcome: "SUCCESS", value: 1 }, "END"))
      .refuses({ code: "UNDECLARED_OUTCOME", place: "END", outcome: "SUCCESS", declared: [] }));

  it("resolves only what is an incident, where it is", () => {
    given(once, started, begun)
      .when(resolve({ kind: "retry" }))
      .refuses({ code: "NO_INCIDENT", place: "WORK" });
    given(once, ...held)
      .when(resolve({ kind: "retry" }, "END"))
      .refuses({ code: "NO_INCIDENT", place: "END" });
  });
});
