/** The parameters of a study: dimensions of its space, each with the fields of the recipe that it sets. */
import { z } from "zod";
import type { Dimension } from "../catalog/samplers/space.ts";
import { metaOf } from "../kit/schema.ts";

const value = z.union([z.number(), z.string(), z.boolean()]);

const common = {
  name: z
    .string()
    .min(1)
    .max(200)
    .meta(
      metaOf({
        title: { en: "Name", ko: "이름" },
        description: { en: "How plots and tables call it. Names are distinct.", ko: "그래프와 표에서 부르는 이름. 서로 달라야 합니다." },
      }),
    ),
  paths: z
    .array(z.string().min(1))
    .min(1)
    .max(100)
    .meta(
      metaOf({
        title: { en: "Fields", ko: "필드" },
        description: {
          en: 'The fields of the recipe that it sets: "optimizer.lr", "model.layers[1].units". Several fields are tied: all get the same value.',
          ko: '값을 넣을 레시피의 필드: "optimizer.lr", "model.layers[1].units". 여럿이면 모두 같은 값을 받습니다.',
        },
      }),
    ),
  when: z
    .strictObject({ name: z.string().min(1), values: z.array(value).min(1) })
    .optional()
    .meta(
      metaOf({
        title: { en: "Only when", ko: "조건" },
        description: {
          en: "An earlier parameter and the values with which this one exists: the optimizer's own fields, the width of a layer that may be absent.",
          ko: "앞선 매개변수와, 이 매개변수가 있게 되는 그 값들. 옵티마이저 고유의 필드나, 없을 수도 있는 층의 폭에 씁니다.",
        },
      }),
    ),
};

const log = z
  .boolean()
  .default(false)
  .meta(
    metaOf({
      title: { en: "Logarithmic", ko: "로그 눈금" },
      description: {
        en: "Whether ratios matter, as for a learning rate: 0.001 to 0.01 is then as wide as 0.01 to 0.1.",
        ko: "학습률처럼 비율이 중요한지. 0.001~0.01이 0.01~0.1만큼 넓어집니다.",
      },
    }),
  );

export const parameterSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("float"), ...common, min: z.number(), max: z.number(), log, step: z.number().positive().optional() }),
  z.strictObject({
    type: z.literal("integer"),
    ...common,
    min: z.int(),
    max: z.int(),
    log,
    step: z.int().positive().default(1),
    /** `repeats`: the path leads to a layer, which stands this many times in its list. */
    sets: z.enum(["value", "repeats"]).default("value"),
  }),
  z.strictObject({
    type: z.literal("choice"),
    ...common,
    values: z.array(value).min(1).max(1000),
    /** `presence`: the path leads to a layer, which is left out where the value is false. */
    sets: z.enum(["value", "presence"]).default("value"),
  }),
]);

export type Parameter = z.output<typeof parameterSchema>;

/** A parameter without its fields of the recipe, as samplers see it. */
export function dimensionOf(parameter: Parameter): Dimension {
  const { name, when } = parameter;
  switch (parameter.type) {
    case "float":
      return { type: "float", name, when, min: parameter.min, max: parameter.max, log: parameter.log, step: parameter.step };
    case "integer":
      return { type: "integer", name, when, min: parameter.min, max: parameter.max, log: parameter.log, step: parameter.step };
    case "choice":
      return { type: "choice", name, when, values: parameter.values };
  }
}
