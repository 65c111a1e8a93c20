export { certifiedLocalhost } from "./certificate.ts";
export type { Certified } from "./certificate.ts";
export { greetingCompiled, greetingLog, logOf } from "./greeting.ts";
export type { Greeting } from "./greeting.ts";
export { sha256, testKey } from "./keys.ts";
export type { TestKey } from "./keys.ts";
export { conformsToStore } from "./store-conformance.ts";
export type { Runner } from "./store-conformance.ts";
export type { StoreBench } from "./store/bench.ts";
export { locatedYaml } from "./located-yaml.ts";
export { billProject } from "./bill.ts";
export { chargeProject } from "./charge.ts";
export { constructsProject } from "./constructs.ts";
export { foundAmong, leadingTo, oneNode } from "./found-among.ts";
export {
  admissionProject,
  changed,
  documentsOf,
  foundIn,
  greetProject,
  mailProject,
  oneFileProject,
  standardLibrary,
  testOptions,
  walletProject,
} from "./project.ts";
export type { Edit, Mistake, Project } from "./project.ts";
export {
  publishedCompiled,
  publishedDocuments,
  publishedFound,
  publishedGraph,
  publishedOptions,
  tellStep,
} from "./published.ts";
export { gatewayEdit, startingEdits } from "./published-starting.ts";
export { begin, calm, newChaos, serve, turn } from "./chaos.ts";
export type { Chaos } from "./chaos.ts";
export {
  answer,
  charge,
  child,
  equal,
  examinedAs,
  executed,
  fire,
  firstOf,
  found,
  go,
  greet,
  line,
  paid,
  refusal,
  task,
  undoingProject,
  violation,
} from "./examining.ts";
export type { Case, Says } from "./examining.ts";
export { played } from "./played.ts";
export type { Play, Played } from "./played.ts";
export { seededDice } from "./dice.ts";
export type { Dice } from "./dice.ts";
export { cameAfter } from "./gated.ts";
export { specify } from "./given.ts";
export type { Decider, Expected, Given } from "./given.ts";
export { buildGraph } from "./graph-builder.ts";
export { anyGraph, callTo, constructs, constructsIn, effectWork, graphOf, oneStep } from "./graphs.ts";
export { live } from "./life.ts";
export type { Fate, Life } from "./life.ts";
export { answers, fact, inGraph, say, stepOf } from "./one-step.ts";
export { newOwner } from "./owner.ts";
export type { Moment, Owner, Settling } from "./owner.ts";
export { secretField, secretly, testSealer } from "./secrets.ts";
export { testTransforms, testWorld } from "./test-world.ts";
export { deskProject } from "./project.ts";
export { mutants } from "./mutants.ts";
export type { Mutant } from "./mutant.ts";
