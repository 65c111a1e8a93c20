export { mailHandler } from "./mail-handler.ts";
export type { MailHandlerOptions } from "./mail-handler.ts";
