/** The plan of a model as a run's row keeps it: JSON, read back through a schema. */
import { z } from "zod";
import { layerSchema } from "../../shared/catalog/layers/index.ts";
import type { BufferSpec } from "../../shared/catalog/layers/layer.ts";
import type { ParameterSpec } from "../../shared/catalog/layers/parameter.ts";
import type { LayerPlan, ModelPlan } from "../../shared/recipe/plan.ts";
import { json } from "./jsonColumn.ts";

const shape = z.array(z.int());
/** What is shown of a parameter; what training needs of it is worked out from the recipe. */
const tensor = z.looseObject({ name: z.string(), shape });
const parameter = z.custom<ParameterSpec>((value) => tensor.safeParse(value).success);
const buffer = z.custom<BufferSpec>((value) => tensor.safeParse(value).success);

const layerPlan: z.ZodType<LayerPlan> = z.lazy(() =>
  z
    .object({
      name: z.string(),
      place: z.string(),
      config: layerSchema,
      inputShape: shape,
      outputShape: shape,
      parameters: z.array(parameter),
      buffers: z.array(buffer).default([]),
      parameterCount: z.number(),
      branches: z.array(z.object({ field: z.string(), layers: z.array(layerPlan), outputShape: shape })).default([]),
    })
    .transform((plan) => ({ ...plan, type: plan.config.type })),
);

const modelPlan: z.ZodType<ModelPlan> = z.object({ inputShape: shape, layers: z.array(layerPlan), outputShape: shape, parameterCount: z.number() });

export const planColumn = json(modelPlan);
