/** Shared by the element-wise activation layers. */
import type { z } from "zod";
import type { Value } from "../../graph/value.ts";
import type { Words } from "../../kit/words.ts";
import type { TorchModule } from "../common/torch.ts";
import type { ForwardContext, SampleShape } from "./layer.ts";
import type { ParameterSpec } from "./parameter.ts";

interface Activation<S extends z.ZodObject> {
  /** Display name. */
  readonly title: Words;
  readonly summary: Words;
  readonly source: string;
  readonly schema: S;
  readonly forward: (x: Value, config: z.output<S>) => Value;
  /** The PyTorch module. */
  readonly torch: (config: z.output<S>) => string;
  readonly monotone?: boolean;
  /** Further configurations for samples; the defaults are always included. */
  readonly also?: readonly Readonly<Record<string, unknown>>[];
}

export function activation<S extends z.ZodObject>({ title, summary, source, schema, forward, torch, monotone, also = [] }: Activation<S>) {
  type C = z.output<S>;
  return {
    title,
    summary,
    source,
    schema,
    outputShape: (input: SampleShape): SampleShape => input,
    parameters: (): readonly ParameterSpec[] => [],
    forward: ({ x, config }: ForwardContext<C>): Value => forward(x, config),
    ...(monotone === undefined ? {} : { monotone }),
    samples: [{ config: {}, input: [2, 3, 4] }, { config: { name: "bend" }, input: [5] }, ...also.map((config) => ({ config, input: [3, 4] }))],
    misfits: [],
    torch: (_: SampleShape, config: C): TorchModule => ({ make: torch(config) }),
  };
}
