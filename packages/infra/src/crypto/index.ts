export { sha256 } from "../shared/sha256.ts";
export { sha256OfBytes } from "../shared/sha256-of-bytes.ts";
export { keyidOf, readPublicKey, readSigningKey, trustOf } from "./keys.ts";
export type { KeyMalformed, PublicKey, SigningKey } from "./keys.ts";
export { systemEntropy } from "./entropy.ts";
export type { KeyRefusal } from "./key-file.ts";
export { openProjectKey, projectKeyFile } from "./project-key.ts";
export { sealingIn, sealingKeyFile, sealingKeyIn, sealingUnder } from "./sealing.ts";
