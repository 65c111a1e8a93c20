export { httpHandler } from "./http-handler.ts";
export type { HttpHandlerOptions } from "./http-handler.ts";
