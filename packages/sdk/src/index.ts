export { defineTransform } from "./define-transform.ts";
export type { TransformSays } from "./define-transform.ts";
export { defineWorkflow } from "./define-workflow.ts";
export type { WorkflowSays } from "./define-workflow.ts";
export type { Definition, Says } from "./definition.ts";
export { any, boolean, integer, list, number, object, oneOf, optional, text } from "./fields.ts";
export type { Flat } from "./fields.ts";
export type { StandardSchema } from "./standard-schema.ts";
