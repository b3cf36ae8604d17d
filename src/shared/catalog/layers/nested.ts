/**
 * The schema for lists of layers inside a container. It refers to the union of all layers, which includes the containers themselves, so the index of
 * the folder sets it afterwards.
 */
import { z } from "zod";
import { metaOf } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import type { NestedLayer } from "./layer.ts";

let anyLayer: z.ZodType<NestedLayer> | undefined;

/** Called once by the index, with the union of all layers. */
export function closeNested<T extends z.ZodType<NestedLayer>>(union: T): T {
  anyLayer = union;
  return union;
}

const item = z.lazy((): z.ZodType<NestedLayer> => {
  if (anyLayer === undefined) throw new Error("internal: the union of layers is not closed");
  return anyLayer;
});

/** A list of layers in sequence. */
export function nestedLayers(options: { readonly default: readonly NestedLayer[]; readonly title: Words; readonly description: Words }) {
  return z
    .array(item)
    .prefault([...options.default])
    .meta(metaOf({ title: options.title, description: options.description }));
}
