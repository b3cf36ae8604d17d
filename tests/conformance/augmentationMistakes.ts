/**
 * Mistakes to plant into an augmentation, made of the entry itself: there is no list of names. Each is one that a person makes: a factor too many, one
 * pixel off, the wrong channel, a draw of another range, a setting that is not heeded, too seldom, half of it.
 */
import type { ApplyContext, DrawContext } from "../../src/shared/catalog/augmentations/augmentation.ts";
import type { AugmentationConfig } from "../../src/shared/catalog/augmentations/index.ts";
import { SampleRandom } from "../../src/shared/catalog/augmentations/sampleRandom.ts";
import { add, concat, mul, slice, sub } from "../../src/shared/graph/functions.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { type Definition, type OracleCase, usesNoise } from "./augmentationOracle.ts";

type Config = AugmentationConfig;

export interface Mistake {
  readonly title: string;
  /** The entry with the mistake in it; null where a case could not show it. */
  plant(definition: Definition, each: OracleCase): Definition | null;
}

/** Every value taken from one place before, along an axis of a batch; the first from the last. */
function rolled(x: Value, axis: number, size: number): Value {
  return concat([slice(x, [size - 1], [size], [axis], [1]), slice(x, [0], [size - 1], [axis], [1])], axis);
}

/** The first along an axis from one value, the others from another. */
const firstOf = (first: Value, others: Value, axis: number, size: number): Value =>
  concat([slice(first, [0], [1], [axis], [1]), slice(others, [1], [size], [axis], [1])], axis);

/** Mistakes of the graph. `y` is what it should be. */
const graphs: Readonly<Record<string, (y: Value, context: ApplyContext<Config>) => Value>> = {
  "a factor too many": (y) => mul(y, 1.01),
  "a little added": (y) => add(y, 0.01),
  "nothing done": (_, { x }) => x,
  "half of it done": (y, { x }) => add(x, mul(sub(y, x), 0.5)),
  "one place off along the last axis": (y, { shape }) => rolled(y, shape.length, at(shape, shape.length - 1)),
  "the last axis's first place left out": (y, { x, shape }) => firstOf(x, y, shape.length, at(shape, shape.length - 1)),
};

/** Mistakes between the channels of what has several, and other axes behind them. */
const channels: typeof graphs = {
  "one place off along the first axis behind the channels": (y, { shape }) => rolled(y, 2, at(shape, 1)),
  "the channels in another order": (y, { shape }) => rolled(y, 1, at(shape, 0)),
  "the first channel alone": (y, { x, shape }) => firstOf(y, x, 1, at(shape, 0)),
};

/** Mistakes of the noise, where there is any. */
const noises: Readonly<Record<string, (noise: ApplyContext<Config>["noise"]) => ApplyContext<Config>["noise"]>> = {
  "noise of another kind": ({ uniform, normal }) => ({ uniform: normal, normal: uniform }),
  "noise that is twice as strong": ({ uniform, normal }) => ({
    uniform: (name, shape) => mul(uniform(name, shape), 2),
    normal: (name, shape) => mul(normal(name, shape), 2),
  }),
};

const elsewhere = new RandomStream(23, "elsewhere");

/** Mistakes of the draw. */
const draws: Readonly<Record<string, (draw: Definition["draw"], context: DrawContext<Config>) => readonly number[] | null>> = {
  "the draws of another sample": (draw, context) => draw({ ...context, random: SampleRandom.at(elsewhere, 1, context.random.key % 1000) }),
  "every number larger": (draw, context) => draw(context)?.map((number) => number * 1.3 + 0.6) ?? null,
};

/** A setting that stays at its default whatever is asked for. */
function unheeded(field: string): Mistake {
  return {
    title: `${field} not heeded`,
    plant: (definition, { config }) => {
      const standard: unknown = Reflect.get(Object(definition.schema.parse({ type: config.type })), field);
      if (Reflect.get(config, field) === standard) return null;
      const instead = at(recipeSchema.shape.augmentation.parse([{ ...config, [field]: standard }]), 0);
      return {
        ...definition,
        width: (_, shape) => definition.width(instead, shape),
        draw: (context) => definition.draw({ ...context, config: instead }),
        apply: (context) => definition.apply({ ...context, config: instead }),
      };
    },
  };
}

const drawsOf = ({ draw }: Definition, { config, shape, randoms }: OracleCase) => randoms.map((random) => draw({ config, shape, random }));

const several = ({ shape }: OracleCase): boolean => at(shape, 0) > 1 && shape.length > 1;

/** The mistakes to plant into an entry. Each must be noticed on one of its cases. */
export function mistakesOf({ schema }: Definition): readonly Mistake[] {
  const changed = (all: typeof graphs, shown: (each: OracleCase) => boolean): readonly Mistake[] =>
    Object.entries(all).map(([title, change]) => ({
      title,
      plant: (definition, each) => (shown(each) ? { ...definition, apply: (context) => change(definition.apply(context), context) } : null),
    }));
  return [
    ...changed(graphs, () => true),
    ...changed(channels, several),
    ...Object.entries(noises).map(
      ([title, change]): Mistake => ({
        title,
        plant: (definition, each) =>
          usesNoise(definition, each) ? { ...definition, apply: (context) => definition.apply({ ...context, noise: change(context.noise) }) } : null,
      }),
    ),
    ...Object.entries(draws).map(
      ([title, change]): Mistake => ({
        title,
        plant: (definition, each) => {
          const planted: Definition = { ...definition, draw: (context) => change(definition.draw, context) };
          // Where nothing is drawn, another sample's draws are the same.
          return JSON.stringify(drawsOf(planted, each)) === JSON.stringify(drawsOf(definition, each)) ? null : planted;
        },
      }),
    ),
    { title: "too seldom", plant: (definition) => ({ ...definition, draw: (context) => (context.random.key % 3 === 0 ? null : definition.draw(context)) }) },
    ...Object.keys(schema.shape)
      .filter((field) => field !== "type" && field !== "probability")
      .map(unheeded),
  ];
}
