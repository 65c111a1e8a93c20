export { grantedSecrets } from "./granted-secrets.ts";
export type { GrantedSecretsOptions, SecretSource } from "./granted-secrets.ts";
