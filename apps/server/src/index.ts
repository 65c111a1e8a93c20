export { doorOn, isLoopback, openDoor } from "./listen.ts";
export type { DoorOptions, Listening, OpenDoor, Opened } from "./listen.ts";
export { doorLimits } from "./limits.ts";
export type { DoorLimits } from "./limits.ts";
export type { DoorParts, Evidence, Refusal, Told, Words } from "./port.ts";
export { doorCodes } from "./problem.ts";
