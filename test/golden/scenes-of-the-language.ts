import type { Answer } from "@omnibase/spi";
import type { Scene } from "./world.ts";

const workflow = (code: string): string => `golden::WF_${code}_V0`;

const heard: Promise<Answer> = Promise.resolve({ kind: "done", outcome: "SUCCESS", value: { heard: true } });
const broken: Promise<Answer> = Promise.resolve({ kind: "done", outcome: "BROKEN", value: {} });

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const ten = { at: "2026-11-21T10:00:00.000Z" };

/** What the language has beside the spine: tokens, rounds, waits, words, tasks, children, undoing, and the past. */
export const language: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  "forked-and-met": async (scene) => {
    await scene.start(workflow("FORK"), { name: "Ada" });
    await scene.clock.pass(minuteMs);
  },
  "forked-and-met-without-rest": async (scene) => {
    await scene.start(workflow("FORK"), { name: "Ada" });
    await scene.start(workflow("FORK"), { name: "Ada" });
  },
  "waited-until-told": async (scene) => {
    await scene.start(workflow("WAIT"), ten);
    await scene.clock.pass(hourMs);
    await scene.say("SAID", { word: "now" });
  },
  "told-before-it-waited": async (scene) => {
    await scene.start(workflow("WAIT"), ten);
    await scene.say("SAID", { word: "soon" });
    await scene.restart();
    await scene.clock.pass(hourMs);
  },
  "waited-in-vain": async (scene) => {
    await scene.start(workflow("WAIT"), ten);
    await scene.clock.pass(2 * hourMs);
  },
  "waited-until-no-instant": async (scene) => {
    await scene.start(workflow("WAIT"), { at: "noon" });
    await scene.clock.pass(minuteMs);
  },
  "asked-and-told": async (scene) => {
    await scene.start(workflow("ASK"), { name: "Ada" });
    await scene.settle("FINE", { note: "wéll" });
  },
  "asked-in-vain": async (scene) => {
    await scene.start(workflow("ASK"), { name: "Ada" });
    await scene.clock.pass(dayMs);
  },
  "helped-by-a-child": async (scene) => {
    await scene.start(workflow("CHILD"), { name: "Ada" });
    await scene.goToChild();
    await scene.say("GO", {});
    scene.goBack();
  },
  "the-child-that-helped": async (scene) => {
    await scene.start(workflow("CHILD"), { name: "Ada" });
    await scene.goToChild();
    await scene.say("GO", {});
  },
  "child-called-off": async (scene) => {
    await scene.start(workflow("CHILD"), { name: "Ada" });
    await scene.cancel("nobody wants it any more");
    await scene.clock.pass(minuteMs);
  },
  "rung-for-each": async (scene) => {
    scene.answers.push(heard, heard, heard);
    await scene.start(workflow("EACH"), { texts: ["a", "b", "c"] });
  },
  "rung-in-part-after-a-crash": async (scene) => {
    scene.answers.push(heard, broken);
    await scene.start(workflow("EACH"), { texts: ["a", "b", "c"] });
    await scene.restart();
    await scene.resolve({ kind: "done", outcome: "SUCCESS", value: { heard: true } });
  },
  "rung-for-nobody": (scene) => scene.start(workflow("EACH"), { texts: [] }),
  "rung-for-too-many": (scene) => scene.start(workflow("EACH"), { texts: ["a", "b", "c", "d"] }),
  "looked-until-it-was-time": async (scene) => {
    await scene.start(workflow("AGAIN"), { until: 2 });
    await scene.clock.pass(2 * minuteMs);
  },
  "looked-too-often": async (scene) => {
    await scene.start(workflow("AGAIN"), { until: 7 });
    await scene.clock.pass(2 * minuteMs);
  },
  undone: async (scene) => {
    await scene.start(workflow("FORK"), { name: "Bob" });
    await scene.start(workflow("UNDO"), { first: "Ada", second: "Bob" });
    await scene.clock.pass(minuteMs);
  },
  "undone-when-cancelled": async (scene) => {
    await scene.start(workflow("UNDO"), { first: "Ada", second: "Bob" });
    await scene.cancel("changed their mind");
    await scene.clock.pass(minuteMs);
  },
  "paid-and-said-so": (scene) => scene.start(workflow("PAID"), { name: "Ada" }),
  "let-in": async (scene) => {
    await scene.start(workflow("PAID"), { name: "Ada" });
    await scene.start(workflow("GATE"), { name: "Ada" });
  },
  "not-let-in-twice": async (scene) => {
    await scene.start(workflow("PAID"), { name: "Ada" });
    await scene.start(workflow("GATE"), { name: "Ada" });
    await scene.start(workflow("GATE"), { name: "Ada" });
  },
};
