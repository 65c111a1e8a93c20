import type { Json } from "@omnibase/core";
import type { Answer } from "@omnibase/spi";
import { language } from "./scenes-of-the-language.ts";
import { goldenVersion, openScene, type Golden, type Scene } from "./world.ts";

const greet = "demo::WF_GREET_V0";
const pay = "golden::WF_PAY_V0";
const long = "golden::WF_LONG_V0";

const order = { order: "o-17", cents: 4_200 };
const charged: Promise<Answer> = Promise.resolve(done({ status: 201, body: { receipt: "r-17 ✓" } }));
const rung: Promise<Answer> = Promise.resolve(done({ heard: true }));
const silence: Promise<Answer> = Promise.resolve({
  kind: "unknown",
  failure: { code: "NO_ANSWER", message: "silence" },
});
const refused: Promise<Answer> = Promise.resolve({
  kind: "not-done",
  failure: { code: "CONNECTION_REFUSED", message: "nobody listens" },
  retryable: true,
});

function done(value: Json): Answer {
  return { kind: "done", outcome: "SUCCESS", value };
}

/** An answer that is given when the scene says so. */
function deferred(): { readonly answer: Promise<Answer>; give(answer: Answer): void } {
  let give: ((answer: Answer) => void) | undefined;
  const answer = new Promise<Answer>((resolve) => {
    give = resolve;
  });
  return { answer, give: (given) => give?.(given) };
}

/** The executions of 0.1.0, by the names of their folders. */
const spine: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  "greeted-new": (scene) => scene.start(greet, { name: "Ada" }),
  "greeted-known": async (scene) => {
    await scene.start(greet, { name: "Bächi 👋" });
    await scene.start(greet, { name: "Bächi 👋" });
  },
  "greeted-nobody": (scene) => scene.start(greet, { name: "" }),
  "greeted-from-a-file": async (scene) => {
    // The registry of another project, which already knows this name.
    scene.files.set("registry/greeted.jsonl", await registryWith("Ada"));
    await scene.start(greet, { name: "Ada" });
  },
  paid: async (scene) => {
    scene.answers.push(charged, rung);
    await scene.start(pay, order);
  },
  "paid-at-the-third-try": async (scene) => {
    scene.answers.push(silence, refused, charged, rung);
    await scene.start(pay, order);
    await scene.clock.pass(60_000);
  },
  "paid-after-a-crash": async (scene) => {
    await scene.start(pay, order);
    scene.answers.push(charged, rung);
    await scene.restart();
  },
  "paid-after-a-late-answer": async (scene) => {
    const later = deferred();
    scene.answers.push(later.answer);
    await scene.start(pay, order);
    await scene.clock.pass(10_000);
    later.give(await charged);
    scene.answers.push(charged, rung);
    await scene.clock.pass(60_000);
  },
  "paid-never": async (scene) => {
    scene.answers.push(refused, refused, refused);
    await scene.start(pay, order);
    await scene.clock.pass(60_000);
  },
  "paid-without-a-receipt": async (scene) => {
    scene.answers.push(Promise.resolve(done({ status: 201, body: {} })));
    await scene.start(pay, order);
  },
  "bell-unknown": async (scene) => {
    scene.answers.push(charged, silence);
    await scene.start(pay, order);
  },
  "bell-rung-says-a-person": async (scene) => {
    scene.answers.push(charged, silence);
    await scene.start(pay, order);
    await scene.clock.pass(3_600_000);
    await scene.resolve({ kind: "done", outcome: "SUCCESS", value: { heard: false } });
  },
  "bell-not-rung-says-a-person": async (scene) => {
    scene.answers.push(charged, silence, rung);
    await scene.start(pay, order);
    await scene.resolve({ kind: "not-done" });
    await scene.resolve({ kind: "retry" });
  },
  "bell-again-says-a-person": async (scene) => {
    scene.answers.push(charged, silence, silence, rung);
    await scene.start(pay, order);
    await scene.resolve({ kind: "retry" });
    await scene.resolve({ kind: "retry" });
  },
  "bell-lost-in-a-crash": async (scene) => {
    scene.answers.push(charged);
    await scene.start(pay, order);
    await scene.restart();
  },
  "cancelled-while-paying": async (scene) => {
    const later = deferred();
    scene.answers.push(later.answer);
    await scene.start(pay, order);
    await scene.cancel("ordered twice");
    later.give(await charged);
    await scene.clock.pass(60_000);
  },
  "cancelled-without-an-answer": async (scene) => {
    await scene.start(pay, order);
    await scene.cancel("ordered twice");
    await scene.clock.pass(60_000);
  },
  "thought-for-long": (scene) => scene.start(long, { thought: { a: [1, null, 1e21, "ü"], "": false } }),
};

/** Every set of golden executions that this version makes, by the name of its folder. Together: every kind of record. */
export const sets: { readonly [folder: string]: Readonly<Record<string, (scene: Scene) => Promise<void>>> } = {
  [goldenVersion]: spine,
  [`${goldenVersion}-language`]: language,
};

export async function play(folder: string, name: string): Promise<Golden> {
  const scene = openScene(name);
  await sets[folder]?.[name]?.(scene);
  await scene.clock.pass(0);
  return scene.golden();
}

async function registryWith(name: string): Promise<string> {
  const other = openScene("another");
  await other.start(greet, { name });
  return other.shown(greet);
}
