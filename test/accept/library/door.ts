import { ranNode, suite } from "../judge/programs.ts";
import type { Verdict } from "../judge/verdict.ts";

/** What a door promises holds against friends and strangers, when it is killed, and for as long as it is open. */
export function judgeDoor(): Verdict {
  const door = suite(["test/serve"]);
  // Ten minutes are what is promised; who has less time says so.
  const { OMNIBASE_SOAK_MINUTES: minutes = "10" } = process.env;
  const soaked = soak("--minutes", minutes);
  const figure = (name: string): string => new RegExp(`${name} +(.+)`).exec(soaked.stdout)?.[1] ?? "unknown";
  return {
    pass: door.pass && soaked.status === 0,
    facts: {
      tests: door.passed,
      "soak-minutes": Number(minutes),
      throughput: figure("waited for"),
      memory: figure("memory").replaceAll(" ", ""),
      lost: figure("lost"),
    },
    controls: [
      { name: "a server that keeps what nobody needs", red: soak("--minutes", "1", "--plant", "leak").status === 1 },
      { name: "a start that was acknowledged and lost", red: soak("--minutes", "0.2", "--plant", "loss").status === 1 },
    ],
  };
}

const soak = (...args: readonly string[]): ReturnType<typeof ranNode> => ranNode(["scripts/soak.mjs", ...args]);
