/** The field `init` of a layer: how its parameters are drawn before the first step, where that is to be another way than usual. */
import { z } from "zod";
import { type InitializerConfig, initializerSchema } from "../initializers/index.ts";

/** By the parameter's name, or what several parameters of a layer are called together. */
export type InitConfig = Readonly<Record<string, InitializerConfig | undefined>>;

export const HE: InitializerConfig = initializerSchema.parse({ type: "he" });
export const GLOROT_UNIFORM: InitializerConfig = initializerSchema.parse({ type: "glorot", distribution: "uniform" });
export const STANDARD_NORMAL: InitializerConfig = initializerSchema.parse({ type: "normal", std: 1 });
export const ZEROS: InitializerConfig = initializerSchema.parse({ type: "zeros" });
export const ONES: InitializerConfig = initializerSchema.parse({ type: "ones" });

/**
 * What a layer's parameters begin with.
 * @param usual by name, what applies where the recipe says nothing. A recipe that says nothing is the same text as before there was the field.
 */
export function initialization<const K extends string>(usual: Readonly<Record<K, InitializerConfig>>) {
  const fields = Object.fromEntries(
    Object.entries<InitializerConfig>(usual).map(([name, config]) => [
      name,
      initializerSchema.optional().meta({
        title: titleOf(name),
        usual: shortly(config),
        description: `What the ${titleOf(name).toLowerCase()} are before the first step. Leave it as it is unless a published recipe asks for something else.`,
      }),
    ]),
  );
  return {
    field: z.strictObject(fields).optional().meta({
      title: "Initialization",
      folded: true,
      description: "How the layer's parameters are drawn before the first step. What is left out is drawn as usual.",
    }),
    of: ({ init }: { readonly init?: InitConfig | undefined }, name: K): InitializerConfig => init?.[name] ?? usual[name],
  };
}

/** `weight` is "Weights", `expandBias` "Expand biases". */
function titleOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${words.endsWith("s") ? "es" : "s"}`;
}

/** `he`, `glorot uniform`, `normal, std 1` */
function shortly(config: InitializerConfig): string {
  if ("distribution" in config) return config.distribution === "normal" ? config.type : `${config.type} ${config.distribution}`;
  return config.type === "normal" ? `normal, std ${config.std}` : config.type;
}
