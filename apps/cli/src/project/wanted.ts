import type { Given } from "../program/command.ts";
import type { Wanted } from "./lying.ts";

/** What the options ask of the compiler. */
export const wantedIn = (given: Given): Wanted => ({ workflow: given.text("wf"), strict: given.flag("strict") });
