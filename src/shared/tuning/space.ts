/** The parameters of a study: dimensions of its space, each with the fields of the recipe that it sets. */
import { z } from "zod";
import type { Dimension } from "../catalog/samplers/space.ts";
import { choice, metaOf } from "../kit/schema.ts";
import type { Words } from "../kit/words.ts";

const value = z.union([z.number(), z.string(), z.boolean()]);

function titled<T extends z.ZodType>(schema: T, title: Words, description: Words): T {
  return schema.meta(metaOf({ title, description }));
}

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
    .strictObject({
      name: titled(z.string().min(1), { en: "Parameter", ko: "매개변수" }, { en: "The name of an earlier parameter.", ko: "앞선 매개변수의 이름." }),
      values: titled(
        z.array(value).min(1),
        { en: "Its values", ko: "그 값들" },
        { en: "The values of that parameter with which this one exists.", ko: "이 매개변수가 있게 되는, 그 매개변수의 값들." },
      ),
    })
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

const LOWEST = [
  { en: "Lowest value", ko: "최솟값" },
  { en: "Included. Above 0 on a logarithmic scale.", ko: "이 값도 포함합니다. 로그 눈금이면 0보다 커야 합니다." },
] as const;
const HIGHEST = [
  { en: "Highest value", ko: "최댓값" },
  { en: "Included, if a step reaches it.", ko: "간격이 맞으면 이 값도 포함합니다." },
] as const;
const STEP = [
  { en: "Step", ko: "간격" },
  {
    en: "Only the lowest value and values by this step above it; not together with a logarithmic scale.",
    ko: "최솟값에서 이 간격만큼씩 떨어진 값만 씁니다. 로그 눈금과는 함께 쓰지 못합니다.",
  },
] as const;

export const parameterSchema = z.discriminatedUnion("type", [
  titled(
    z.strictObject({
      type: z.literal("float"),
      ...common,
      min: titled(z.number(), ...LOWEST),
      max: titled(z.number(), ...HIGHEST),
      log,
      step: titled(z.number().positive().optional(), ...STEP),
    }),
    { en: "Number", ko: "실수" },
    { en: "Any number of a range, or those by a step.", ko: "범위 안의 실수 또는 일정한 간격의 값." },
  ),
  titled(
    z.strictObject({
      type: z.literal("integer"),
      ...common,
      min: titled(z.int(), ...LOWEST),
      max: titled(z.int(), ...HIGHEST),
      log,
      step: titled(z.int().positive().default(1), ...STEP),
      sets: choice(
        { value: { en: "The fields' value", ko: "필드의 값" }, repeats: { en: "How often a layer stands", ko: "층의 반복 횟수" } },
        {
          default: "value",
          title: { en: "What it sets", ko: "정하는 것" },
          description: {
            en: "The value of its fields; or its path leads to a layer, which stands this many times in its list.",
            ko: "필드의 값. 또는 경로가 층을 가리키고, 그 층이 목록에 이만큼 반복됩니다.",
          },
        },
      ),
    }),
    { en: "Whole number", ko: "정수" },
    { en: "A whole number of a range.", ko: "범위 안의 정수." },
  ),
  titled(
    z.strictObject({
      type: z.literal("choice"),
      ...common,
      values: titled(
        z.array(value).min(1).max(1000),
        { en: "Values", ko: "값들" },
        { en: "Numbers, texts, true or false, in any mixture; all different.", ko: "수, 글, 참·거짓을 섞어 쓸 수 있고 서로 달라야 합니다." },
      ),
      sets: choice(
        { value: { en: "The fields' value", ko: "필드의 값" }, presence: { en: "Whether a layer is there", ko: "층의 유무" } },
        {
          default: "value",
          title: { en: "What it sets", ko: "정하는 것" },
          description: {
            en: "The value of its fields; or its path leads to a layer, which is left out where the value is false.",
            ko: "필드의 값. 또는 경로가 층을 가리키고, 값이 거짓이면 그 층을 뺍니다.",
          },
        },
      ),
    }),
    { en: "Choice", ko: "선택" },
    { en: "One of several values without an order.", ko: "순서 없는 여러 값 중 하나." },
  ),
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
