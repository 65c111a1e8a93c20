import type { PureTransform } from "@omnibase/core";
import { afterAll, describe, expect, it } from "vitest";
import { openIsolation } from "./isolated-code.ts";

const isolation = openIsolation({ timeMsMax: 10_000, memoryMiBMax: 64 });
const hasty = openIsolation({ timeMsMax: 300, memoryMiBMax: 32 });
afterAll(async () => {
  await isolation.close();
  await hasty.close();
});

const body = (text: string): string => `export function execute(input) { ${text} }`;
const code = (text: string, where = isolation): PureTransform => where.code(text, body(text));
const success = (value: string): string => `return { outcome: "SUCCESS", value: ${value} };`;

describe("isolated code", () => {
  it("gets a copy of its input and answers with a copy", () => {
    const input = { list: [1], text: "ü😀" };
    const execute = code(`input.list.push(2); ${success("{ list: input.list, text: input.text }")}`);
    expect([execute(input), execute(input)]).toEqual([
      { outcome: "SUCCESS", value: { list: [1, 2], text: "ü😀" } },
      { outcome: "SUCCESS", value: { list: [1, 2], text: "ü😀" } },
    ]);
    expect(input).toEqual({ list: [1], text: "ü😀" });
  });

  it("may have functions and constants beside execute, and nothing of them outlives a call", () => {
    const source = `const calls = [];
const twice = (n) => n * 2;
export const execute = ({ n }) => {
  calls.push(n);
  return { outcome: "SUCCESS", value: { n: twice(n), calls: calls.length } };
};
`;
    const execute = isolation.code("twice", source);
    expect([execute({ n: 1 }), execute({ n: 2 })]).toMatchObject([
      { value: { n: 2, calls: 1 } },
      { value: { n: 4, calls: 1 } },
    ]);
  });

  it("is not confused with other code of the same thread", () => {
    const [one, two] = [code(success("{ n: 1 }")), code(success("{ n: 2 }"))];
    expect([one({}), two({}), one({})].map(({ value }) => value)).toEqual([{ n: 1 }, { n: 2 }, { n: 1 }]);
  });

  it.each([
    ["process", "process"],
    ["require", "require"],
    ["a clock", "Date"],
    ["another clock", "performance"],
    ["timers", "setTimeout"],
    ["the network", "fetch"],
    ["a console", "console"],
    ["a buffer", "Buffer"],
    ["code from texts", "eval"],
    ["promises", "Promise"],
    ["other languages", "Intl"],
    ["chance", "Math.random"],
    ["what is not the same on every host", "Math.sin"],
    ["anything from outside", "globalThis[Symbol.unscopables]"],
  ])("finds no %s, however it asks", (_, name) => {
    const [first = "", ...rest] = name.split(".");
    const asked = rest.length === 0 ? `typeof ${first}` : `typeof ${name}`;
    expect(code(success(`{ found: ${asked} }`))({}).value).toEqual({ found: "undefined" });
  });

  it.each([
    ["a constructor's text", 'return (() => 1).constructor("return process")();'],
    ["a constructor of what it was given", 'return input.constructor.constructor("return process")();'],
    ["an error's constructor", 'try { null.x; } catch (e) { return e.constructor.constructor("return process")(); }'],
    [
      "a stack that is too deep",
      'const f = () => f(); try { f(); } catch (e) { return e.constructor.constructor("return process")(); }',
    ],
  ])("reaches no platform by way of %s", (_, text) => {
    expect(() => code(text)({})).toThrow("Code generation from strings disallowed");
  });

  it.each([
    ["return undefined;", "a transform answers with an object"],
    ["return { value: {} };", "a transform names its outcome"],
    [success("{ n: NaN }"), "impossible: NaN has no canonical form"],
    [success("{ f: () => 1 }"), "impossible: function has no canonical form"],
    [success("{ m: new Map() }"), "impossible: an instance of a class has no canonical form"],
    [success("{ u: undefined }"), "impossible: undefined has no canonical form"],
    ['throw new TypeError("no");', "no"],
    ["throw 7;", "a transform threw what is no error"],
    ["return (async () => 1)();", "a transform names its outcome"],
  ])("says of %s the same as inline", (text, message) => {
    expect(() => code(text)({})).toThrow(message);
  });

  it("has SUCCESS with nothing as an empty object", () => {
    expect(code('return { outcome: "SUCCESS" };')({})).toEqual({ outcome: "SUCCESS", value: {} });
  });
});

describe("the limits", () => {
  it("end what goes on for ever, and the next call is served by a new thread", () => {
    const endless = code("for (;;);", hasty);
    const honest = code(success("{ n: input.n }"), hasty);
    expect(() => endless({})).toThrow(expect.objectContaining({ name: "TransformFault", retryable: true }));
    expect(honest({ n: 7 })).toEqual({ outcome: "SUCCESS", value: { n: 7 } });
    expect(() => endless({})).toThrow("more than 300 ms or 32 MiB");
  });

  it("end what takes memory without end", () => {
    const greedy = code("const all = []; for (;;) all.push(new Array(1000).fill(all.length));", hasty);
    expect(() => greedy({})).toThrow(expect.objectContaining({ name: "TransformFault" }));
    expect(code(success("{}"), hasty)({})).toEqual({ outcome: "SUCCESS", value: {} });
  });
});

it("begins again after it was closed", async () => {
  const closed = openIsolation();
  const execute = code(success("{}"), closed);
  execute({});
  await closed.close();
  await closed.close();
  expect(execute({})).toEqual({ outcome: "SUCCESS", value: {} });
  await closed.close();
});
