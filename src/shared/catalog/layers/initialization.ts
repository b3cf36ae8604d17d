/** The field `init` of a layer, which overrides how its parameters are initialized. */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { distributionTitles, type InitializerConfig, initializerDefinition, initializerSchema } from "../initializers/index.ts";

/** By parameter name, or by the common name of several parameters. */
export type InitConfig = Readonly<Record<string, InitializerConfig | undefined>>;

export const HE: InitializerConfig = initializerSchema.parse({ type: "he" });
export const GLOROT_UNIFORM: InitializerConfig = initializerSchema.parse({ type: "glorot", distribution: "uniform" });
export const STANDARD_NORMAL: InitializerConfig = initializerSchema.parse({ type: "normal", std: 1 });
export const ZEROS: InitializerConfig = initializerSchema.parse({ type: "zeros" });
export const ONES: InitializerConfig = initializerSchema.parse({ type: "ones" });

export const WEIGHTS: Words = { en: "Weights", ko: "가중치" };
export const BIASES: Words = { en: "Biases", ko: "편향" };

/** Parameters of a layer: their plural title, and their default initializer. */
interface Initialized {
  readonly title: Words;
  readonly usual: InitializerConfig;
}

/** The initializers of a layer's parameters, by name. The field has no default, so recipes without it keep their text and hash. */
export function initialization<const K extends string>(parameters: Readonly<Record<K, Initialized>>) {
  const fields = Object.fromEntries(
    Object.entries<Initialized>(parameters).map(([name, { title, usual }]) => [
      name,
      initializerSchema.optional().meta(
        metaOf({
          title,
          usual: shortly(usual),
          description: {
            en: `Values of the ${title.en.toLowerCase()} before the first step. Leave it unchanged unless a published recipe asks for something else.`,
            ko: `첫 스텝 전 ${title.ko}의 값. 발표된 레시피가 다른 것을 요구하지 않으면 그대로 두세요.`,
          },
        }),
      ),
    ]),
  );
  return {
    field: z
      .strictObject(fields)
      .optional()
      .meta(
        metaOf({
          title: { en: "Initialization", ko: "초기화" },
          folded: true,
          description: {
            en: "How the layer's parameters are drawn before the first step. Parameters that are not named are drawn as usual.",
            ko: "첫 스텝 전에 층의 매개변수를 뽑는 방법. 따로 정하지 않은 것은 기본 방법으로 뽑습니다.",
          },
        }),
      ),
    of: ({ init }: { readonly init?: InitConfig | undefined }, name: K): InitializerConfig => init?.[name] ?? parameters[name].usual,
  };
}

/** `He (Kaiming)`, `Glorot (Xavier), uniform`, `Normal, standard deviation 1` */
function shortly(config: InitializerConfig): Words {
  const { title } = initializerDefinition(config);
  if ("distribution" in config && config.distribution !== "normal") {
    const { en, ko } = distributionTitles[config.distribution];
    return { en: `${title.en}, ${en.toLowerCase()}`, ko: `${title.ko}, ${ko}` };
  }
  return config.type === "normal" ? { en: `${title.en}, standard deviation ${config.std}`, ko: `${title.ko}, 표준편차 ${config.std}` } : title;
}
