/** The catalog entries that a study refers to. */
import { pruners } from "../catalog/pruners/index.ts";
import type { PrunerDefinition } from "../catalog/pruners/pruner.ts";
import { samplers } from "../catalog/samplers/index.ts";
import type { SamplerDefinition } from "../catalog/samplers/sampler.ts";
import type { Study } from "./study.ts";

export function samplerDefinition({ type }: Study["sampler"]): SamplerDefinition<Study["sampler"]> {
  return samplers[type];
}

export function prunerDefinition({ type }: Study["pruner"]): PrunerDefinition<Study["pruner"]> {
  return pruners[type];
}
