export { readYaml } from "./read-yaml.ts";
export type { ReadYamlOptions } from "./read-yaml.ts";
