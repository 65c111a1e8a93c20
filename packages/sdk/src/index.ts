export { defineTransform } from "./define-transform.ts";
export { defineWorkflow } from "./define-workflow.ts";
export { any, boolean, integer, list, number, object, oneOf, optional, text } from "./fields.ts";
