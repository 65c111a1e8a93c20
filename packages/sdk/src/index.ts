export { ClientFault } from "./client-fault.ts";
export { createClient } from "./client.ts";
export type { Client, ClientOptions, Execution, OpenTask, ResultOf } from "./client.ts";
export { defineContract } from "./define-contract.ts";
export type { ContractSaid } from "./define-contract.ts";
export { defineEgress, defineIngress } from "./define-doors.ts";
export { defineTransform } from "./define-transform.ts";
export type { TransformSays } from "./define-transform.ts";
export { defineWorkflow } from "./define-workflow.ts";
export type { WorkflowSays } from "./define-workflow.ts";
export {
  defineActor,
  defineEntity,
  defineEvent,
  defineRuntimeBinding,
  defineSideEffect,
  defineStructure,
} from "./define-world.ts";
export type { SideEffectSaid } from "./define-world.ts";
export type { Definition, Says } from "./definition.ts";
export { any, boolean, integer, list, number, object, oneOf, optional, text } from "./fields.ts";
export type { Flat } from "./fields.ts";
export type { LogEvent } from "./follow.ts";
export type { StandardSchema } from "./standard-schema.ts";
export { withSecrets } from "./with-secrets.ts";
