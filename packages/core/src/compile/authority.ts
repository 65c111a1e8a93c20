import type { Graph, TaskWork, Work } from "../graph/graph.ts";
import { publishedStores } from "../dialect/store-file.ts";
import { entropyHandler } from "../graph/entropy.ts";
import { codeNamesOf } from "../graph/molecule.ts";
import { ownValue, present } from "../value/present.ts";
import { anyone, type Authority, type StoreGrant } from "./compiled.ts";
import { stepsIn, type LinkedWorkflow } from "./linked.ts";
import { storeIdentity } from "./lower-work.ts";
import type { CompileOptions } from "./options.ts";

/** The total of what the graphs may touch: what they name, and nothing that is merely declared beside them. */
export function authorityOf(workflows: readonly LinkedWorkflow[], graphs: readonly Graph[]): Authority {
  const hosts = new Set<string>();
  const stores = new Map<string, StoreGrant>();
  for (const workflow of workflows) {
    const { binding } = workflow;
    for (const [store, grant] of workflow.workflow.published === true ? publishedStores(workflow) : []) {
      stores.set(store, grant);
    }
    for (const { step, callable } of stepsIn(workflow)) {
      if (callable?.kind === "endpoint") {
        const { endpoints } = present(present(binding).policies.get(callable.identity)).value;
        hosts.add(present(endpoints.get(present(step.endpoint).value)).value.template.origin);
      }
      if (callable?.kind === "effect") {
        const calls = present(present(binding).policies.get(callable.identity)).value.calls;
        if (calls !== undefined) hosts.add(calls.value);
      }
      if (callable?.kind === "store" && workflow.workflow.published !== true) {
        const name = present(step.store).value;
        const file = present(present(present(binding).structure).stores.entries.get(name)).value;
        stores.set(storeIdentity(name, binding), { kind: callable.store, file });
      }
    }
  }
  return {
    hosts: [...hosts].toSorted(),
    stores: Object.fromEntries(stores),
    ...actorsIn(workflows),
    ...asked(graphs),
  };
}

/** Whoever an intent or a task names. */
function actorsIn(workflows: readonly LinkedWorkflow[]): Pick<Authority, "actors"> {
  const actors = workflows
    .flatMap(({ nodes }) => [...nodes.values()])
    .flatMap((node) => (node.type === "IN" || node.type === "TASK" ? (node.actors ?? []) : []));
  if (actors.length === 0) return {};
  return { actors: Object.fromEntries(actors.map(({ identity, type }) => [identity, type])) };
}

/** Whom the workflows have work done by: each other, and people. */
function asked(graphs: readonly Graph[]): Pick<Authority, "children" | "people"> {
  const works = graphs.flatMap(worksIn);
  const children = works.flatMap((work) => (work.kind === "child" ? [work.workflow] : []));
  const people = works.flatMap((work) => (work.kind === "task" ? namedIn(work) : []));
  return {
    ...(children.length === 0 ? {} : { children: eachOnce(children) }),
    ...(people.length === 0 ? {} : { people: eachOnce(people) }),
  };
}

const namedIn = ({ actors }: TaskWork): readonly string[] => (actors.length === 0 ? [anyone] : actors);

const worksIn = ({ places }: Graph): readonly Work[] =>
  Object.values(places).flatMap((place) => (place.kind === "call" ? [place.work] : []));

const eachOnce = (all: readonly string[]): readonly string[] => [...new Set(all)].toSorted();

/** Which code the graphs name, and its digest or version. */
export function implementationsOf(
  graphs: readonly Graph[],
  options: CompileOptions,
): { readonly [name: string]: string } {
  const works = graphs.flatMap(worksIn);
  return Object.fromEntries(works.flatMap((work) => implementationOf(work, options)));
}

function implementationOf(
  work: Work,
  { transforms, handlers }: CompileOptions,
): readonly (readonly [string, string])[] {
  switch (work.kind) {
    case "transform":
      return codeNamesOf(work).map((name) => [name, present(ownValue(transforms, name))] as const);
    case "effect":
      // What draws is no code that a snapshot could seal.
      if (work.handler === entropyHandler) return [];
      return [[work.handler, present(ownValue(handlers, work.handler))]];
    case "admit":
    case "operate":
    case "wait":
    case "task":
    case "child":
    case "map":
    case "loop":
      return [];
  }
}
