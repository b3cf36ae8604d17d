/** Random layers that fit what comes before them: drawn by their schemas, and kept where the plan of the model takes them. */
import { layers } from "../../../src/shared/catalog/layers/index.ts";
import type { LayerDefinition } from "../../../src/shared/catalog/layers/layer.ts";
import { type FieldSchema, fieldAt, typesOf } from "../../../src/shared/recipe/fields.ts";
import { planModel } from "../../../src/shared/recipe/plan.ts";
import { parseRecipe } from "../../../src/shared/recipe/validate.ts";
import { alternativeOf, type Chance, drawField } from "./chance.ts";

type Shape = readonly number[];
type Layer = Readonly<Record<string, unknown>>;

interface Limits {
  readonly depth: number;
  readonly words: number | null;
}

/** Numbers of one sample behind a layer, and trainable numbers of one layer. */
const MOST_VALUES = 1500;
const MOST_PARAMETERS = 6000;
const TRIES = 12;
/** Layers for signals, images and volumes alone: of all layers, few fit a sample's number of axes. */
const spatial = Object.entries<Pick<LayerDefinition, "samples">>(layers).flatMap(([type, { samples }]) =>
  samples.every(({ input }) => input.length > 1) ? [type] : [],
);
/** Share of the lists inside a container that must leave the shape as it is, without which few of them could be joined. */
const SHAPE_KEPT = 0.7;

function anyLayer(): FieldSchema {
  const schema = fieldAt(["model", "layers", 0], { model: { layers: [{}] } });
  if (schema === undefined) throw new Error("a recipe has no layers");
  return schema;
}

/** Whether a field holds layers. */
function holdsLayers({ items }: FieldSchema): boolean {
  return items !== undefined && typesOf(items).includes("dense");
}

/** The output shape of a layer; null where it does not fit or is too large. */
function behind(layer: Layer, shape: Shape): Shape | null {
  const { recipe } = parseRecipe({
    data: { source: { type: "shipped", name: "x" } },
    model: { layers: [layer] },
    loss: { type: "hinge" },
    optimizer: { type: "sgd" },
  });
  if (recipe === null) return null;
  const { plan, problems } = planModel(recipe, { sampleShape: shape });
  const values = plan.outputShape.reduce((a, b) => a * b, 1);
  return problems.length === 0 && values <= MOST_VALUES && values > 0 && plan.parameterCount <= MOST_PARAMETERS ? plan.outputShape : null;
}

function drawLayer(chance: Chance, type: string, shape: Shape, limits: Limits): Layer {
  const schema = alternativeOf(anyLayer(), type);
  const inside = { depth: limits.depth - 1, words: null };
  const own = (field: string, of: FieldSchema) => {
    if (holdsLayers(of)) return { value: limits.depth === 0 ? [] : drawLayers(chance, shape, chance.below(3), inside, chance.happens(SHAPE_KEPT)).layers };
    if (field === "vocabulary" && limits.words !== null) return { value: limits.words };
    // Blocks at the end of a row, or a new order of what there is.
    if (field === "sizes") return { value: [chance.between(1, 3), chance.between(1, 3)] };
    if (field === "shape") return { value: reordered(chance, shape) };
    return undefined;
  };
  const drawn = drawField(schema, chance, { most: 6, own });
  if (typeof drawn !== "object" || drawn === null) throw new Error(`${type} is no object`);
  return { ...drawn };
}

/** As many numbers in another shape. */
function reordered(chance: Chance, shape: Shape): Shape {
  const size = shape.reduce((a, b) => a * b, 1);
  const divisors = Array.from({ length: Math.min(size, 12) }, (_, i) => i + 1).filter((divisor) => size % divisor === 0);
  const first = chance.pick(divisors);
  const rest = size / first;
  const second = chance.pick(divisors.filter((divisor) => rest % divisor === 0));
  return chance.pick([[size], [first, rest], [first, second, rest / second]]);
}

/** At most so many layers one after another. */
export function drawLayers(
  chance: Chance,
  input: Shape,
  count: number,
  limits: Limits,
  keepShape = false,
): { readonly layers: readonly Layer[]; readonly shape: Shape } {
  const types = Object.keys(layers);
  const made: Layer[] = [];
  let shape = input;
  for (let i = 0; i < count; i++) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const wordsFirst = limits.words !== null && i === 0;
      const type = wordsFirst ? "embedding" : chance.pick(shape.length > 1 && chance.happens(0.5) ? spatial : types);
      // Whole numbers come from the data alone: what is rounded on the way jumps.
      if (type === "embedding" && !wordsFirst) continue;
      const layer = drawLayer(chance, type, shape, limits);
      const after = behind(layer, shape);
      if (after === null || (keepShape && after.join() !== shape.join())) continue;
      made.push(layer);
      shape = after;
      break;
    }
  }
  return { layers: made, shape };
}

/** What makes a row of numbers of any shape, and the width that the loss asks for. */
export function drawHead(chance: Chance, shape: Shape, width: number): readonly Layer[] {
  const pools = ["globalAvgPool", "globalMaxPool"].map((name) => ({ type: `${name}${shape.length - 1}d` }));
  const flat = shape.length === 1 ? [] : [chance.pick([{ type: "flatten" }, ...(shape.length <= 4 ? pools : [])])];
  const own = (field: string) => (field === "units" ? { value: width } : undefined);
  const dense = drawField(alternativeOf(anyLayer(), "dense"), chance, { most: 6, own });
  if (typeof dense !== "object" || dense === null) throw new Error("dense is no object");
  return [...flat, { ...dense }];
}
