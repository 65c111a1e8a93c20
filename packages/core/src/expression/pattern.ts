import { RE2JS } from "re2js";
import { limits } from "../value/limits.ts";
import { err, ok, type Result } from "../value/result.ts";

/** A regular expression that somebody wrote. It is found anywhere in a text, in time linear in the text. */
export interface Pattern {
  test(text: string): boolean;
}

export interface BadPattern {
  readonly code: "PATTERN_UNSUPPORTED" | "PATTERN_TOO_COMPLEX";
  readonly message: string;
}

/** The syntax of RE2: no references back and no look-around, because nobody can match these in linear time. */
export function parsePattern(source: string): Result<Pattern, BadPattern> {
  if (source.length > limits.patternCharsMax) {
    return err({
      code: "PATTERN_TOO_COMPLEX",
      message: `a pattern has at most ${String(limits.patternCharsMax)} characters`,
    });
  }
  try {
    const compiled = RE2JS.compile(source);
    const size = compiled.programSize();
    if (size <= limits.patternStatesMax) return ok({ test: (text) => compiled.test(text) });
    return err({
      code: "PATTERN_TOO_COMPLEX",
      message: `it has ${String(size)} states, and may have ${String(limits.patternStatesMax)}`,
    });
  } catch (error) {
    const message = String(error).replace(/^.*error parsing regexp: /, "");
    return err({ code: message.includes("repeat count") ? "PATTERN_TOO_COMPLEX" : "PATTERN_UNSUPPORTED", message });
  }
}
