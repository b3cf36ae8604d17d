/** The catalog entries that a study refers to. */
import { pruners } from "../catalog/pruners/index.ts";
import type { PrunerDefinition } from "../catalog/pruners/pruner.ts";
import { autoReason } from "../catalog/samplers/auto.ts";
import { samplers } from "../catalog/samplers/index.ts";
import type { SamplerDefinition } from "../catalog/samplers/sampler.ts";
import type { Words } from "../kit/words.ts";
import { dimensionOf } from "./space.ts";
import type { Study } from "./study.ts";

export function samplerDefinition({ type }: Study["sampler"]): SamplerDefinition<Study["sampler"]> {
  return samplers[type];
}

/** Why "auto" searches as it does, in one sentence; null for other samplers. */
export function samplerReason({ sampler, space, objectives, trials }: Pick<Study, "sampler" | "space" | "objectives" | "trials">): Words | null {
  return sampler.type === "auto" ? autoReason(space.map(dimensionOf), objectives.length, trials) : null;
}

export function prunerDefinition({ type }: Study["pruner"]): PrunerDefinition<Study["pruner"]> {
  return pruners[type];
}
