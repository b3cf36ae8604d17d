/** What an optimizer is: a pure init/update pair in the graph, one file each. */
import type { z } from "zod";
import type { Value } from "../../graph/builder.ts";

export interface UpdateContext<C> {
  readonly parameter: Value;
  /** Shaped like the parameter. */
  readonly gradient: Value;
  /** By the names of {@link OptimizerDefinition.slots}. */
  readonly slots: Readonly<Record<string, Value>>;
  /** float32 scalar: the learning rate of this step. */
  readonly learningRate: Value;
  /** float32 scalar: the number of this step, counted from 1. */
  readonly step: Value;
  readonly config: C;
}

export interface OptimizerDefinition<C = never> {
  readonly summary: string;
  /** Paper and equation. */
  readonly source: string;
  readonly schema: z.ZodType<C>;
  /** State kept for every parameter, shaped like it and zero at the start: `m`, `v` … Address `<parameter>/<slot>`. */
  slots(config: C): readonly string[];
  update(context: UpdateContext<C>): { readonly parameter: Value; readonly slots: Readonly<Record<string, Value>> };
}
