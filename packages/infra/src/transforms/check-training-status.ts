import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";

/** Whether somebody who must be trained may go on. */
export const checkTrainingStatus: PureTransform = ({ training_completed }) =>
  typeof training_completed === "boolean"
    ? success({ is_eligible: training_completed })
    : violation("training_completed", "it must be true or false");
