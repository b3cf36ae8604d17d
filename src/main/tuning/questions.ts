/** What is computed in a thread of its own, because a model of many trials may take seconds and the host serves windows. */
import type { Belief, SamplerTask } from "../../shared/catalog/samplers/sampler.ts";
import type { Point, Space } from "../../shared/catalog/samplers/space.ts";
import { assertNever } from "../../shared/kit/fault.ts";
import { samplerDefinition } from "../../shared/tuning/definitions.ts";
import { type Importance, importanceOf } from "../../shared/tuning/importance/importance.ts";
import type { Study } from "../../shared/tuning/study.ts";

export interface Questions {
  readonly propose: { readonly task: SamplerTask; readonly config: Study["sampler"] };
  readonly believe: { readonly task: SamplerTask; readonly config: Study["sampler"]; readonly point: Point };
  readonly importance: { readonly space: Space; readonly points: readonly Point[]; readonly values: readonly number[]; readonly seed: number };
}

export interface Answers {
  readonly propose: Point | null;
  readonly believe: Belief | null;
  readonly importance: Importance;
}

export type Question = { readonly [K in keyof Questions]: { readonly type: K } & Questions[K] }[keyof Questions];

export function answer(question: Question): Answers[keyof Answers] {
  switch (question.type) {
    case "propose":
      return samplerDefinition(question.config).propose(question.task, question.config);
    case "believe":
      return samplerDefinition(question.config).believe?.(question.task, question.config, question.point) ?? null;
    case "importance":
      return importanceOf(question.space, question.points, question.values, question.seed);
    default:
      return assertNever(question);
  }
}
