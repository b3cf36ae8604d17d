/**
 * The battery over every augmentation, from the registry itself: nothing happens at zero strength; the same seed, epoch and sample give the same
 * bits at whatever place of a chunk they stand; the program agrees with the float64 reference to 1e-4; shapes stay; strengths are fed and not compiled;
 * the training program is the one without augmentation, so that nothing can flow back.
 */
import { describe, expect, it } from "vitest";
import {
  AugmentationProgram,
  type AugmentationSource,
  augmentationGraph,
  CHUNK,
  domainOfDeviations,
  domainOfLight,
  drawAugmentations,
  structureOf,
} from "../../src/main/engine/programs/augment.ts";
import { layoutOf, trainingGraph } from "../../src/main/engine/programs/train.ts";
import { type AugmentationConfig, augmentationDefinition, augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { SampleRandom } from "../../src/shared/catalog/augmentations/sampleRandom.ts";
import { printGraph } from "../../src/shared/graph/print.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { sampleKind } from "../../src/shared/recipe/facts.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { classificationBench } from "../helpers/recipes.ts";

const TOLERANCE = 1e-4;
const names = Object.keys(augmentations) as (keyof typeof augmentations)[];

function parse(type: string, config: object, changes: object = {}): AugmentationConfig {
  return at(recipeSchema.shape.augmentation.parse([{ type, ...config, ...changes }]), 0);
}

/** Domains that are no identity, so that scaling there and back is part of every case. */
function sourceOf(list: readonly AugmentationConfig[], shape: readonly number[], elementType: "uint8" | "float32" = "float32"): AugmentationSource {
  const channels = at(shape, 0);
  const along = shape.map((_, axis) => (axis === 0 ? channels : 1));
  const kind = sampleKind(shape);
  const standardization = { shape: along, mean: Float32Array.from({ length: channels }, (_, i) => 1 + i), scale: new Float32Array(channels).fill(0.5) };
  const range = elementType === "uint8" ? ([0, 255] as const) : ([-1, 3] as const);
  return {
    augmentations: list,
    facts: { sampleShape: shape, elementType },
    domain: kind === "tabular" || kind === "signal" ? domainOfDeviations(standardization) : domainOfLight({ sampleShape: shape }, range),
    seed: 7,
  };
}

function samplesOf({ facts: { sampleShape, elementType } }: AugmentationSource, count: number): Uint8Array | Float32Array {
  const size = sampleShape.reduce((a, b) => a * b, 1);
  const random = new RandomStream(3, "samples");
  return elementType === "uint8"
    ? Uint8Array.from({ length: count * size }, (_, i) => random.below(256, i))
    : Float32Array.from({ length: count * size }, (_, i) => -1 + 4 * random.uniform(i));
}

/** The program's output of the whole chunk, native and in float64. */
async function both(source: AugmentationSource, samples: Uint8Array | Float32Array, numbers: readonly number[], epochs: readonly number[]) {
  const program = await AugmentationProgram.compile(source);
  const native = await program.run(source, samples, numbers, epochs);
  await program.dispose();
  const graph = augmentationGraph(source);
  verify(graph);
  const { sampleShape } = source.facts;
  const draws = drawAugmentations(source, numbers, epochs);
  const listed = source.augmentations.length;
  const inputs = new Map([
    ["samples", { shape: [CHUNK, ...sampleShape], data: Float64Array.from(samples) }],
    ["numbers", { shape: [CHUNK, draws.numbers.length / CHUNK], data: Float64Array.from(draws.numbers) }],
    ["keys", { shape: [CHUNK, listed], data: Float64Array.from(draws.keys) }],
    ["gates", { shape: [CHUNK, listed], data: Float64Array.from(draws.gates) }],
  ]);
  const used = new Map([...inputs].filter(([name]) => graph.inputs.includes(name)));
  return { native, reference: evaluate(graph, used).get("augmented") ?? { shape: [], data: new Float64Array() }, draws };
}

const imaged = (shape: readonly number[]): boolean => ["image", "volume"].includes(sampleKind(shape));
const every = Array.from({ length: CHUNK }, (_, i) => i);
const first = every.map(() => 1);

describe.each(names)("%s", (type) => {
  const definition = augmentations[type];

  it("says what it is for, has a default that is no more than a name, and a probability", () => {
    expect(definition.summary.en.length).toBeGreaterThan(10);
    expect(definition.kinds.length).toBeGreaterThan(0);
    expect(parse(type, {})).toMatchObject({ type, probability: expect.any(Number) });
    expect(new Set(definition.samples.map(({ shape }) => sampleKind(shape)))).toEqual(new Set(definition.kinds));
  });

  it.each(
    definition.samples.flatMap((sample) =>
      (imaged(sample.shape) ? (["float32", "uint8"] as const) : (["float32"] as const)).map((elementType) => ({ ...sample, elementType })),
    ),
  )("$config on $shape of $elementType agrees with the reference, and keeps the shape", async ({ config, shape, elementType }) => {
    const source = sourceOf([parse(type, config, { probability: 1 })], shape, elementType);
    const samples = samplesOf(source, CHUNK);
    const { native, reference } = await both(source, samples, every, first);
    expect(native.length).toBe(samples.length);
    expect(native.every(Number.isFinite)).toBe(true);
    expect(
      native.some((value, i) => value !== samples[i]),
      "something happens",
    ).toBe(true);
    const [black, unit] = [at(source.domain.offset, 0), 1 / at(source.domain.factor, 0)];
    if (imaged(shape)) {
      const shades = native.map((value) => (value - black) / unit);
      expect(Math.min(...shades), "an image is no darker than black (0)").toBeGreaterThanOrEqual(-TOLERANCE);
      expect(Math.max(...shades), "an image is no lighter than white (1)").toBeLessThanOrEqual(1 + TOLERANCE);
    }
    expect(reference.data.length).toBe(native.length);
    const farthest = native.reduce((most, value, i) => Math.max(most, Math.abs(value - at(reference.data, i)) / unit), 0);
    expect(farthest).toBeLessThan(TOLERANCE);
  });

  it.each(definition.samples)(
    "$config on $shape gives the same bits at any place, and others in another epoch or for another sample",
    async ({ config, shape }) => {
      const source = sourceOf([parse(type, config, { probability: 1 })], shape);
      const size = shape.reduce((a, b) => a * b, 1);
      const sample = samplesOf(source, 1);
      const program = await AugmentationProgram.compile(source);
      const copies = (count: number) =>
        sample instanceof Uint8Array
          ? Uint8Array.from({ length: count * size }, (_, i) => at(sample, i % size))
          : Float32Array.from({ length: count * size }, (_, i) => at(sample, i % size));
      const alone = await program.run(source, sample, [5], [2]);
      const many = await program.run(
        source,
        copies(CHUNK + 3),
        Array.from({ length: CHUNK + 3 }, (_, i) => (i % 3 === 1 ? 5 : 100 + i)),
        Array.from({ length: CHUNK + 3 }, () => 2),
      );
      for (let row = 1; row < CHUNK + 3; row += 3) expect(many.subarray(row * size, (row + 1) * size)).toEqual(alone);
      const epochs = await program.run(
        source,
        copies(12),
        Array.from({ length: 12 }, () => 5),
        Array.from({ length: 12 }, (_, i) => i + 1),
      );
      await program.dispose();
      if (augmentationDefinition(at(source.augmentations, 0)).width(at(source.augmentations, 0), shape) === 0) return;
      const different = new Set(Array.from({ length: 12 }, (_, row) => Array.from(epochs.subarray(row * size, (row + 1) * size)).join(" ")));
      expect(different.size, "epochs differ").toBeGreaterThan(1);
    },
  );

  it("leaves everything as it is at no strength and at probability 0", async () => {
    for (const { shape } of definition.samples)
      for (const config of [...definition.identities, { probability: 0 }])
        for (const elementType of ["float32", "uint8"] as const) {
          const source = sourceOf([parse(type, { probability: 1, ...config })], shape, elementType);
          const samples = samplesOf(source, CHUNK);
          const program = await AugmentationProgram.compile(source);
          expect(await program.run(source, samples, every, first), JSON.stringify(config)).toEqual(Float32Array.from(samples));
          await program.dispose();
        }
  });

  it("happens to its share of the samples for which anything is drawn", () => {
    const { shape, config } = at(definition.samples, 0);
    const parsed = parse(type, config, { probability: 0.3 });
    const source = sourceOf([parsed], shape);
    const stream = new RandomStream(29, "share");
    const numbers = Array.from({ length: 4096 }, (_, i) =>
      augmentationDefinition(parsed).draw({ config: parsed, shape, random: SampleRandom.at(stream, 1, i) }),
    );
    const drawn = numbers.filter((own) => own !== null).length / 4096;
    let happened = 0;
    for (let start = 0; start < 4096; start += CHUNK) {
      const { gates } = drawAugmentations(
        source,
        every.map((i) => start + i),
        first,
      );
      happened += gates.reduce((a, b) => a + b, 0);
    }
    // Four standard errors of either share.
    expect(Math.abs(happened / 4096 - 0.3 * drawn)).toBeLessThan(0.04);
  });

  it("is fed its strengths: only the fields of its structure are compiled", () => {
    for (const { config, shape } of definition.samples) {
      const parsed = parse(type, config);
      const graph = (list: AugmentationConfig) => printGraph(augmentationGraph(sourceOf([list], shape)));
      for (const other of definition.samples.filter(({ shape: own }) => own.length === shape.length)) {
        const changed = parse(type, other.config);
        if (structureOf([parsed]) === structureOf([changed])) expect(graph(changed)).toBe(graph(parsed));
      }
      expect(definition.structure.every((field) => field in parsed)).toBe(true);
    }
  });
});

it.each(names)("%s is no part of the training program: nothing flows back", (type) => {
  const { config, shape } = at(augmentations[type].samples, 0);
  const list = [parse(type, config)];
  const graph = augmentationGraph(sourceOf(list, shape));
  expect(graph.outputs).toEqual(["augmented"]);
  expect(["samples", "numbers", "keys", "gates"]).toEqual(expect.arrayContaining([...graph.inputs]));
  const training = (augmentation: readonly AugmentationConfig[]) => {
    const { source } = classificationBench({
      layers: [...(shape.length > 1 ? [{ type: "flatten" } as const] : []), { type: "dense", units: 2 }],
      optimizer: { type: "sgd" },
      sampleShape: shape,
      classes: 2,
      rows: 8,
      batchSize: 4,
      recipe: { augmentation: [...augmentation] },
    });
    return printGraph(trainingGraph(source, layoutOf(source), 4));
  };
  expect(training(list)).toBe(training([]));
});

describe("a list", () => {
  it("is applied in its order, each with draws of its own", async () => {
    const shape = [1, 6, 6];
    const noise = parse("gaussianNoise", { deviation: 0.2 });
    const flip = parse("horizontalFlip", { probability: 1 });
    const run = async (list: readonly AugmentationConfig[]) => {
      const source = sourceOf(list, shape);
      const program = await AugmentationProgram.compile(source);
      const result = await program.run(source, samplesOf(source, CHUNK), every, first);
      await program.dispose();
      return result;
    };
    const [one, other] = [await run([noise, flip]), await run([flip, noise])];
    expect(one).not.toEqual(other);
    expect(await run([noise, noise])).not.toEqual(await run([noise]));
    expect(await run([])).toEqual(samplesOf(sourceOf([], shape), CHUNK));
  });

  it("takes any number of samples", async () => {
    const source = sourceOf([parse("gaussianNoise", {})], [1, 3, 3]);
    const program = await AugmentationProgram.compile(source);
    const numbers = Array.from({ length: 37 }, (_, i) => i);
    const whole = await program.run(
      source,
      samplesOf(source, 37),
      numbers,
      numbers.map(() => 4),
    );
    const parts = await program.run(
      source,
      samplesOf(source, 37).subarray(9 * 20),
      numbers.slice(20),
      numbers.slice(20).map(() => 4),
    );
    await program.dispose();
    expect(whole.length).toBe(37 * 9);
    expect(parts).toEqual(whole.subarray(9 * 20));
  });
});

it("every definition is reached by its own name", () => {
  for (const type of names) expect(augmentationDefinition(parse(type, {}))).toBe(augmentations[type]);
});
