import type { Actor } from "./actor.ts";
import type { Contract } from "./contract.ts";
import type { Egress } from "./egress.ts";
import type { Entity } from "./entity.ts";
import type { EventArtifact } from "./event.ts";
import type { Ingress } from "./ingress.ts";
import type { Intent } from "./intent.ts";
import type { RuntimeBinding } from "./runtime-binding.ts";
import type { SideEffect } from "./side-effect.ts";
import type { Structure } from "./structure.ts";
import type { TestData } from "./test-data.ts";
import type { Transform } from "./transform.ts";
import type { Workflow } from "./workflow.ts";

export type Artifact =
  | Workflow
  | Intent
  | Contract
  | Transform
  | SideEffect
  | RuntimeBinding
  | Structure
  | EventArtifact
  | TestData
  | Actor
  | Entity
  | Ingress
  | Egress;

export type ArtifactKind = Artifact["kind"];
