export { loadTransform, sealedJavascript } from "./load-transform.ts";
export { readTransform } from "./read-transform.ts";
export type { UserTransform } from "./read-transform.ts";
