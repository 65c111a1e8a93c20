import { defined, type Definition, type Named, type Says } from "./definition.ts";
import type { FieldShapes } from "./fields.ts";

/** Where one may come in to a workflow from outside, and with what. */
export function defineIngress(
  ingress: Named & {
    readonly route: { readonly method: "POST" | "PUT" | "PATCH"; readonly path: `/${string}` };
    readonly workflow: Definition<"workflow">;
    readonly input: FieldShapes;
    readonly egress?: Definition<"egress">;
  },
): Definition<"ingress"> {
  return defined("ingress", ingress, defineIngress);
}

interface ReplyText {
  readonly status: number;
  /** Name → a path into the result. */
  readonly body?: { readonly [name: string]: `$.${string}` };
}

type ExitNames<D> = Says<D> extends { readonly exits: { readonly exit: infer X extends string } } ? X : string;

/** What is said to whoever came in: by the exit that was come to, else by its class. */
export function defineEgress<const D extends Definition<"workflow">>(
  egress: Named & {
    readonly workflow: D;
    readonly outcomes?: { readonly [exit in ExitNames<NoInfer<D>>]?: ReplyText };
    readonly defaults: { readonly [meaning in "completed" | "rejected" | "failed" | "cancelled"]: ReplyText };
  },
): Definition<"egress"> {
  return defined("egress", egress, defineEgress);
}
