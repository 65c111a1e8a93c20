import {
  answers,
  callTo,
  effectWork,
  fact,
  graphOf,
  inGraph,
  oneStep,
  say,
  stepOf,
  testWorld,
} from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { AnswerGiven } from "./command.ts";
import type { ExecutionEvent } from "./events.ts";
import { canonical } from "../value/canonical.ts";
import { digestOf } from "../value/sha256.ts";
import { machineOf } from "./machine.ts";
import { withheld } from "./secrecy.ts";
import { cancelTimer, unborn } from "./state.ts";

const given = inGraph;
const { done, refused, silence } = answers;
const { answer, fire, lose } = say;
const { begun, cancelled, cancelling, ended, failed, fired, incident, lost, settled, silent, started } = fact;
const { failing, idempotent, once, operating, transforming } = stepOf;
const unknown = incident("OUTCOME_UNKNOWN", "REFUSED: no");
const failure = { code: "REFUSED", message: "no" };

describe("a start", () => {
  const start = { ...started, type: "Start" } as const;

  it("asks for an effect that may be repeated without a word in the log", () =>
    given(idempotent).when(start).expect(started));

  it("writes down that it begins an effect which may not be repeated", () =>
    given(once).when(start).expect(started, begun));

  it("takes files in before anything else happens", () => {
    const file = { digest: "sha256:00", file: "keys.jsonl", store: "test::S_V0/KEYS" };
    given(idempotent)
      .when({ ...start, imports: [file] })
      .expect(started, { type: "Imported", atMs: 1_000, ...file });
  });

  it("happens once", () => given(idempotent, started).when(start).refuses({ code: "ALREADY_STARTED" }));

  it("stops where a transform throws and nothing takes the error", () =>
    given(transforming("test.throw@1"))
      .when(start)
      .expect(started, incident("TRANSFORM_ERROR", "test.throw always throws")));

  it("follows the edge ERROR where there is one", () => {
    const edges = { SUCCESS: { to: "END" }, ERROR: { to: "END" } };
    given(transforming("test.throw@1", { edges }))
      .when(start)
      .expect(started, { type: "Passed", steps: [{ place: "WORK", outcome: "ERROR", digest: errorDigest }] }, ended);
  });

  it("stops where a transform answers what is not declared", () =>
    given(transforming("test.undeclared@1"))
      .when(start)
      .expect(started, incident("UNDECLARED_OUTCOME", "SURPRISE is not an outcome of WORK")));

  it("records no words of code that knows secrets", () => {
    const knowing = { answers: {} };
    for (const [name, code] of [
      ["test.throw@1", "TRANSFORM_ERROR"],
      ["test.undeclared@1", "UNDECLARED_OUTCOME"],
    ] as const) {
      given(transforming(name, knowing)).when(start).expect(started, incident(code, withheld));
    }
  });

  it("says of code that knows secrets what the machine itself has to say", () =>
    given(transforming("test.gone@1", { answers: {} }))
      .when(start)
      .expect(started, incident("IMPLEMENTATION_CHANGED", "this engine has no test.gone@1")));

  it("records no words of such code where an edge takes its error, either", () => {
    const declared = { message: { type: "string", required: true } } as const;
    const edges = { SUCCESS: { to: "END" }, ERROR: { to: "END" } };
    const digest = digestOf(testWorld.sha256, canonical({ message: withheld }));
    given(transforming("test.throw@1", { answers: declared, edges }))
      .when(start)
      .expect(started, { type: "Passed", steps: [{ place: "WORK", outcome: "ERROR", digest }] }, ended);
  });

  it("stops where this engine lacks a transform", () =>
    given(transforming("test.gone@1"))
      .when(start)
      .expect(started, incident("IMPLEMENTATION_CHANGED", "this engine has no test.gone@1")));

  it("names what was sealed, so that someone can find it again", () => {
    const world = { ...testWorld, sealedAs: () => "gone@sha256:77" };
    const decision = machineOf(transforming("gone"), world).decide(start, unborn);
    expect(decision).toMatchObject({ value: { events: [started, { detail: "this engine has no gone@sha256:77" }] } });
  });

  it("stops where a required input has no value, whatever every object inherits", () =>
    given(oneStep(callTo(effectWork(), { required: ["to", "toString"] })))
      .when(start)
      .expect(started, incident("INPUT_MISSING", "no value for to, toString")));

  it("goes where a missing input leads", () =>
    given(oneStep(callTo(effectWork(), { required: ["to"], missing: { to: "END" } })))
      .when(start)
      .expect(started, { type: "Passed", steps: [{ place: "WORK", outcome: "INPUT_MISSING" }] }, ended));

  it("records what foreign code throws as Unicode text", () => {
    const transform = (): never => {
      throw thrown;
    };
    const says = (): unknown =>
      machineOf(transforming("test.any@1"), { ...testWorld, transform: () => transform }).decide(start, unborn);
    let thrown: unknown = new Error("half \uD800 a character");
    expect(says()).toMatchObject({
      value: { events: [started, incident("TRANSFORM_ERROR", "half \uFFFD a character")] },
    });
    thrown = "text";
    expect(says()).toMatchObject({ value: { events: [started, { detail: "a transform threw what is no error" }] } });
  });
});

const errorDigest = `sha256:${testWorld.sha256('{"message":"test.throw always throws"}')}`;

describe("an answer", () => {
  it("goes where the outcome says", () => given(idempotent, started).when(answer(done)).expect(settled, ended));

  it("is recorded no earlier than what is recorded already", () =>
    given(idempotent, started)
      .when(answer(done, 1, 500))
      .expect({ ...settled, atMs: 1_000 }, ended));

  it("that it was not done waits, each time longer, up to the declared longest", () => {
    const graph = idempotent;
    given(graph, started)
      .when(answer(refused))
      .expect(failed(1, 2_000, 2_100));
    given(graph, started, failed(1, 2_000, 2_100), fired(2_100))
      .when(answer(refused, 2, 2_200))
      .expect(failed(2, 2_200, 2_350));
  });

  it("that it was not done stops after the last declared attempt", () =>
    given(idempotent, started, failed(1, 2_000, 2_100), fired(2_100), failed(2, 2_200, 2_350), fired(2_350))
      .when(answer(refused, 3, 2_400))
      .expect(failed(3, 2_400), incident("RETRIES_EXHAUSTED", "REFUSED: no", 3)));

  it("that will not get better is not tried again", () =>
    given(failing, started)
      .when(answer({ kind: "not-done", failure, retryable: false }))
      .expect(failed(1, 2_000), ended));

  it("that nobody got tries again what may be repeated", () =>
    given(idempotent, started)
      .when(answer(silence))
      .expect({ ...silent, retryAtMs: 2_100 }));

  it("that nobody got never repeats what may not be repeated", () =>
    given(once, started, begun).when(answer(silence)).expect(silent, unknown));

  it("with an outcome that nobody declared is kept, and a person is asked", () => {
    const surprise: AnswerGiven = { kind: "done", outcome: "INPUT_MISSING", value: 1 };
    given(idempotent, started)
      .when(answer(surprise))
      .expect(
        { type: "LateAnswer", atMs: 2_000, place: "WORK", attempt: 1, answer: { ...surprise } },
        incident("UNDECLARED_OUTCOME", "INPUT_MISSING is not an outcome of WORK"),
      );
  });

  it("with an outcome that nobody declared ends a cancellation, for it is known to be done", () => {
    const surprise: AnswerGiven = { kind: "done", outcome: "SURPRISE", value: 1 };
    given(once, started, begun, cancelling)
      .when(answer(surprise))
      .expect({ type: "LateAnswer", atMs: 3_000, place: "WORK", attempt: 1, answer: { ...surprise } }, cancelled);
  });

  it("to a superseded attempt is evidence", () =>
    given(idempotent, started, lost(1))
      .when(answer(refused, 1))
      .expect({
        type: "LateAnswer",
        atMs: 2_000,
        place: "WORK",
        attempt: 1,
        answer: { kind: "not-done", failure },
      }));

  it.each([
    ["an attempt that is still to come", idempotent, [started], answer(done, 2)],
    ["an attempt that was not begun", oneStep(callTo(effectWork(), { required: ["to"] })), [started], answer(done)],
    ["pure work", transforming("test.echo@1"), [started], answer(done)],
    ["our own store about what it did not do", operating, [started], answer(refused)],
  ])("to %s is refused", (_, graph, log: readonly ExecutionEvent[], command) =>
    given(graph, ...log)
      .when(command)
      .refuses({ code: "NOT_WAITING_FOR", place: "WORK", at: ["WORK"] }),
  );

  it.each(["NEXT", "END", "nowhere"])("to a place where nobody was asked yet is refused: %s", (place) =>
    given(
      graphOf({ WORK: callTo(effectWork(), { edges: { SUCCESS: { to: "NEXT" } } }), NEXT: callTo(effectWork()) }),
      started,
    )
      .when({ ...answer(done), place })
      .refuses({ code: "NOT_WAITING_FOR", place, at: ["WORK"] }),
  );

  it("after the end is refused", () =>
    given(idempotent, started, settled, ended).when(answer(done)).refuses({ code: "NOT_RUNNING", phase: "completed" }));
});

describe("a lost attempt", () => {
  it("is made again where it may be repeated, and uses up no retry", () =>
    given(idempotent, started).when(lose()).expect(lost(1)));

  it("opens an incident where it may not", () =>
    given(once, started, begun)
      .when(lose())
      .expect(lost(1), incident("OUTCOME_UNKNOWN", "the process died before it had an answer")));

  it("stops when it was the fifth in a row", () =>
    given(idempotent, started, lost(1), lost(2), lost(3), lost(4))
      .when(lose(5))
      .expect(lost(5), incident("POISON_EFFECT", "5 attempts in a row ended with the process", 5)));

  it("ends a cancellation where it may be repeated, though it was the fifth", () =>
    given(idempotent, started, lost(1), lost(2), lost(3), lost(4), cancelling)
      .when(lose(5))
      .expect(lost(5, 3_000), cancelled));

  it.each([
    ["another attempt", idempotent, lose(2)],
    ["our own store", operating, lose()],
  ])("of %s is refused", (_, graph, command) =>
    given(graph, started)
      .when(command)
      .refuses({ code: "NOT_WAITING_FOR", place: "WORK", at: ["WORK"] }),
  );
});

describe("a timer", () => {
  const waiting = [started, failed(1, 2_000, 2_100)] as const;

  it("lets the next attempt be made", () =>
    given(idempotent, ...waiting)
      .when(fire(2_100))
      .expect(fired(2_100)));

  it("lets the next attempt be begun where it may not be repeated", () =>
    given(once, started, begun, failed(1, 2_000, 2_100))
      .when(fire(2_200))
      .expect(fired(2_200), { type: "AttemptStarted", place: "WORK", attempt: 2 }));

  it("does nothing before its time", () =>
    given(idempotent, ...waiting)
      .when(fire(2_099))
      .refuses({ code: "NOT_DUE", place: "WORK", dueMs: 2_100 }));

  it.each(["WORK", "END", cancelTimer])("that nobody set is refused: %s", (place) =>
    given(idempotent, started)
      .when(fire(9_000, place))
      .refuses({ code: "NOT_WAITING_FOR", place, at: ["WORK"] }),
  );
});

describe("a machine that is told to go on", () => {
  it("goes on after what the store wrote", () =>
    given(operating, started, settled).when({ type: "Advance" }).expect(ended));

  it("does nothing where someone else must act", () => given(idempotent, started).when({ type: "Advance" }).expect());

  it("does not wait longer than for ever, and not for no number of milliseconds", () => {
    const retry = { attemptsMax: 3, backoffMs: 0, factor: 1e300, backoffMaxMs: 10 };
    const graph = oneStep(callTo(effectWork({ retry: { ...retry, attemptsMax: 9 } })));
    const twice = [failed(1, 2_000, 2_000), fired(2_000), failed(2, 2_000, 2_000), fired(2_000)] as const;
    given(graph, started, ...twice)
      .when(answer(refused, 3))
      .expect(failed(3, 2_000, 2_000));
  });
});

describe("a handler that was told secrets", () => {
  const told = oneStep(
    callTo(effectWork({ retry: { attemptsMax: 1, backoffMs: 0, factor: 1, backoffMaxMs: 0 } }), { answers: {} }),
  );

  it("fails by its code alone", () =>
    given(told, started)
      .when(answer(refused))
      .expect(
        { ...failed(1, 2_000), failure: { code: "REFUSED", message: withheld } },
        incident("RETRIES_EXHAUSTED", `REFUSED: ${withheld}`),
      ));

  it("says nothing in an outcome that nobody declared", () => {
    const value = { kind: "done", outcome: "SURPRISE", value: {} } as const;
    const late = { type: "LateAnswer", atMs: 2_000, place: "WORK", attempt: 1, answer: value } as const;
    given(told, started).when(answer(value)).expect(late, incident("UNDECLARED_OUTCOME", withheld));
  });
});
