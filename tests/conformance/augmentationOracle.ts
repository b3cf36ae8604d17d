/** An augmentation held against its own `expected`: the graph of `apply`, fed what `draw` gives, in the float64 reference. */
import type { ApplyContext, AugmentationDefinition, ExpectedContext, NoiseSource } from "../../src/shared/catalog/augmentations/augmentation.ts";
import type { AugmentationConfig } from "../../src/shared/catalog/augmentations/index.ts";
import { Sample } from "../../src/shared/catalog/augmentations/plain/sample.ts";
import { SampleRandom } from "../../src/shared/catalog/augmentations/sampleRandom.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { reshape, slice } from "../../src/shared/graph/functions.ts";
import { prune } from "../../src/shared/graph/passes.ts";
import { keyedNormal, keyedUniform } from "../../src/shared/graph/random.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { sampleKind } from "../../src/shared/recipe/facts.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

export type Definition = AugmentationDefinition<AugmentationConfig>;

/** Samples that are drawn for, of each configuration. */
const ROWS = 24;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** The noise of graphs. @param key uint32 [rows, 1] */
const noiseOf = (key: Value): NoiseSource => ({
  uniform: (name, shape) => keyedUniform(key, name, shape),
  normal: (name, shape) => keyedNormal(key, name, shape),
});

/** A configuration on samples of a shape, with draws, and what is expected of every sample. */
export interface OracleCase {
  readonly config: AugmentationConfig;
  readonly shape: readonly number[];
  readonly x: Float64Array;
  readonly randoms: readonly SampleRandom[];
  /** By sample. */
  readonly expected: readonly ArrayLike<number>[];
}

/** Every configuration that an entry lists, with what it expects itself: images in [0, 1]; signals and rows with mean 0 and about deviation 1. */
export function casesOf(type: string, { schema, samples, expected }: Definition): readonly OracleCase[] {
  return samples.map(({ config: given, shape }) => {
    const config = at(recipeSchema.shape.augmentation.parse([schema.parse({ ...given, type })]), 0);
    const [stream, values] = [new RandomStream(17, "oracle/draws"), new RandomStream(19, "oracle/samples")];
    const randoms = Array.from({ length: ROWS }, (_, sample) => SampleRandom.at(stream, 1 + (sample % 3), sample));
    const deviating = ["tabular", "signal"].includes(sampleKind(shape));
    const size = sizeOf(shape);
    const x = Float64Array.from({ length: ROWS * size }, (_, i) => Math.fround(deviating ? 3.4 * (values.uniform(i) - 0.5) : values.uniform(i)));
    const rows = randoms.map((random, row) => {
      const sample = new Sample(x.slice(row * size, (row + 1) * size), shape);
      return expected({ sample, config, random, noise: noiseOfSample(random) }).values;
    });
    return { config, shape, x, randoms, expected: rows };
  });
}

/** What `apply` makes of a case's samples by numbers that were drawn, as a graph. */
function graphOf({ apply, width }: Definition, { config, shape }: OracleCase): Graph {
  const builder = new GraphBuilder("oracle");
  const x = builder.input("x", "float32", [ROWS, ...shape]);
  const numbers = builder.input("numbers", "float32", [ROWS, Math.max(1, width(config, shape))]);
  const key = builder.input("keys", "uint32", [ROWS, 1]);
  const part = (i: number, count: number) => slice(numbers, [i], [i + count], [1], [1]);
  const context: ApplyContext<AugmentationConfig> = {
    x,
    number: (i) => reshape(part(i, 1), [ROWS, ...shape.map(() => 1)]),
    numbers: part,
    noise: noiseOf(key),
    config,
    shape,
    batch: ROWS,
  };
  builder.output(apply(context), "y");
  return prune(builder.build());
}

/** Whether every element has a draw of its own in the graph. */
export function usesNoise(definition: Definition, each: OracleCase): boolean {
  let used = false;
  const asked = (noise: NoiseSource): NoiseSource => {
    used = true;
    return noise;
  };
  graphOf(
    {
      ...definition,
      apply: (context) =>
        definition.apply({
          ...context,
          noise: { uniform: (...of) => asked(context.noise).uniform(...of), normal: (...of) => asked(context.noise).normal(...of) },
        }),
    },
    each,
  );
  return used;
}

/** The noise of one sample, as numbers. */
function noiseOfSample({ key }: SampleRandom): ExpectedContext<AugmentationConfig>["noise"] {
  const of = (which: keyof NoiseSource) => (name: string, shape: readonly number[]) => {
    const builder = new GraphBuilder("noise");
    builder.output(noiseOf(builder.input("key", "uint32", [1, 1]))[which](name, shape), "noise");
    const results = evaluate(builder.build(), new Map([["key", { shape: [1, 1], data: Float64Array.of(key) }]]));
    return results.get("noise")?.data ?? new Float64Array();
  };
  return { uniform: of("uniform"), normal: of("normal") };
}

type Run = (graph: Graph, inputs: ReadonlyMap<string, NdArray>) => ReadonlyMap<string, NdArray> | Promise<ReadonlyMap<string, NdArray>>;

/**
 * How far `draw` and `apply` are from what is expected: the largest difference of a value; Infinity where one is no number or where there are not as many
 * as there should be.
 */
export async function astray(definition: Definition, each: OracleCase, run: Run = evaluate): Promise<number> {
  const { config, shape, randoms, x, expected } = each;
  const [width, size] = [definition.width(config, shape), sizeOf(shape)];
  const numbers = randoms.map((random) => definition.draw({ config, shape, random }));
  if (numbers.some((own) => own !== null && own.length !== width)) return Number.POSITIVE_INFINITY;
  const fed = numbers.flatMap((own) => (width === 0 ? [0] : (own ?? new Array<number>(width).fill(0))));
  const graph = graphOf(definition, each);
  const inputs = new Map<string, NdArray>([
    ["x", { shape: [ROWS, ...shape], data: x }],
    ["numbers", { shape: [ROWS, Math.max(1, width)], data: Float64Array.from(fed) }],
    ["keys", { shape: [ROWS, 1], data: Float64Array.from(randoms, ({ key }) => key) }],
  ]);
  const results = await run(graph, new Map([...inputs].filter(([input]) => graph.inputs.includes(input))));
  const y = results.get("y")?.data ?? [];
  const apart = expected.flatMap((own, row) => {
    const found = numbers[row] === null ? x : y;
    return Array.from(own, (value, i) => Math.abs(value - (found[row * size + i] ?? Number.NaN)));
  });
  if (apart.length !== x.length || y.length !== x.length) return Number.POSITIVE_INFINITY;
  return apart.reduce((most, each) => Math.max(most, Number.isFinite(each) ? each : Number.POSITIVE_INFINITY), 0);
}
