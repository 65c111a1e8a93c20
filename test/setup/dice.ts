import { configureGlobal } from "fast-check";

/**
 * Dice look for what nobody thought of, so they fall anew each time. Where a change is judged they fall as they always do
 * (`OMNIBASE_SEED`), because what they find there would be laid to the wrong change.
 */
const seed = process.env["OMNIBASE_SEED"];
if (seed !== undefined) configureGlobal({ seed: Number(seed) });
