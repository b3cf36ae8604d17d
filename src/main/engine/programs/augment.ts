/**
 * The augmentation program. It takes raw samples [chunk, ...sampleShape] and the random numbers of every sample, and returns the samples as the network
 * sees them: float32, in the data's own units (standardization comes later). It always runs on the processor, on one thread, with chunks of one size, so
 * the preview gives bit for bit what training gets.
 *
 * Inputs: samples; numbers float32 [chunk, width]; keys uint32 [chunk, augmentations]; gates float32 [chunk, augmentations], 1 if it is applied.
 * Output: augmented float32 [chunk, ...sampleShape].
 */
import type { ApplyContext, NoiseSource } from "../../../shared/catalog/augmentations/augmentation.ts";
import { type AugmentationConfig, augmentationDefinition } from "../../../shared/catalog/augmentations/index.ts";
import { SampleRandom } from "../../../shared/catalog/augmentations/sampleRandom.ts";
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { add, cast, greater, mul, reshape, slice, sub, where } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import { keyedNormal, keyedUniform } from "../../../shared/graph/random.ts";
import type { Graph } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import type { DatasetFacts, Standardization } from "../../../shared/recipe/facts.ts";
import { dataTensor, floatTensor, GraphSession, uintTensor } from "../session.ts";

/** Number of samples per call. */
export const CHUNK = 16;

/** Maps values to the units of augmentations: x ↦ (x − offset) · factor, [C, 1, …] or one for all. */
export interface AugmentationDomain {
  readonly shape: readonly number[];
  readonly offset: Float32Array;
  readonly factor: Float32Array;
}

export interface AugmentationSource {
  readonly augmentations: readonly AugmentationConfig[];
  readonly facts: Pick<DatasetFacts, "sampleShape" | "elementType">;
  readonly domain: AugmentationDomain;
  readonly seed: number;
}

/** Rows and signals: 0 is the mean of a feature or channel over the training part, 1 is one standard deviation. */
export function domainOfDeviations({ shape, mean, scale }: Standardization): AugmentationDomain {
  return { shape, offset: mean, factor: scale };
}

/**
 * Images and volumes: 0 is black, 1 white.
 * @param range smallest and largest value of the training part
 */
export function domainOfLight({ sampleShape }: Pick<DatasetFacts, "sampleShape">, [low, high]: readonly [number, number]): AugmentationDomain {
  return { shape: sampleShape.map(() => 1), offset: Float32Array.of(low), factor: Float32Array.of(high > low ? 1 / (high - low) : 1) };
}

export function augmentationGraph({ augmentations, facts, domain }: AugmentationSource): Graph {
  const { sampleShape: shape, elementType } = facts;
  const builder = new GraphBuilder("augment");
  const samples = builder.input("samples", elementType, [CHUNK, ...shape]);
  const numbers = builder.input("numbers", "float32", [CHUNK, Math.max(1, totalWidth(augmentations, shape))]);
  const keys = builder.input("keys", "uint32", [CHUNK, augmentations.length]);
  const gates = builder.input("gates", "float32", [CHUNK, augmentations.length]);
  const broadcast = [CHUNK, ...shape.map(() => 1)];
  const offset = builder.constant(domain.offset, domain.shape, "float32", "domain/offset");
  const factor = builder.constant(domain.factor, domain.shape, "float32", "domain/factor");
  const span = builder.constant(
    domain.factor.map((value) => 1 / value),
    domain.shape,
    "float32",
    "domain/span",
  );

  const raw = cast(samples, "float32");
  let x = mul(sub(raw, offset), factor);
  let any: Value | null = null;
  let column = 0;
  for (const [index, config] of augmentations.entries()) {
    const definition = augmentationDefinition(config);
    const first = column;
    column += definition.width(config, shape);
    const part = (i: number, count: number) => slice(numbers, [first + i], [first + i + count], [1], [1]);
    const context: ApplyContext<AugmentationConfig> = {
      x,
      number: (i) => reshape(part(i, 1), broadcast),
      numbers: part,
      noise: noiseOf(slice(keys, [index], [index + 1], [1], [1])),
      config,
      shape,
      batch: CHUNK,
    };
    const happens = greater(reshape(slice(gates, [index], [index + 1], [1], [1]), broadcast), 0.5);
    const before = x;
    x = builder.scoped(`${index}/${config.type}`, () => where(happens, definition.apply(context), before));
    const gate = slice(gates, [index], [index + 1], [1], [1]);
    any = any === null ? gate : add(any, gate);
  }
  // A sample without any augmentation is returned unchanged, without scaling it there and back.
  const back = add(mul(x, span), offset);
  builder.output(any === null ? raw : where(greater(reshape(any, broadcast), 0.5), back, raw), "augmented");
  return prune(builder.build());
}

function totalWidth(augmentations: readonly AugmentationConfig[], shape: readonly number[]): number {
  return augmentations.reduce((sum, config) => sum + augmentationDefinition(config).width(config, shape), 0);
}

/** @param key uint32 [batch, 1] */
function noiseOf(key: Value): NoiseSource {
  return { uniform: (name, shape) => keyedUniform(key, name, shape), normal: (name, shape) => keyedNormal(key, name, shape) };
}

/** The inputs of one chunk besides its samples. */
export interface Draws {
  readonly numbers: Float32Array;
  readonly keys: Uint32Array;
  readonly gates: Float32Array;
}

/**
 * The random numbers for some samples in one epoch. They depend only on the seed, the epoch, the sample's number in the data set and the list.
 * @param samples numbers in the data set, at most {@link CHUNK}; the rest of the chunk is not changed
 * @param epochs from 1, one per sample
 */
export function drawAugmentations({ augmentations, facts, seed }: AugmentationSource, samples: ArrayLike<number>, epochs: ArrayLike<number>): Draws {
  const { sampleShape: shape } = facts;
  const width = Math.max(1, totalWidth(augmentations, shape));
  const numbers = new Float32Array(CHUNK * width);
  const keys = new Uint32Array(CHUNK * augmentations.length);
  const gates = new Float32Array(CHUNK * augmentations.length);
  let column = 0;
  for (const [index, config] of augmentations.entries()) {
    const definition = augmentationDefinition(config);
    const stream = new RandomStream(seed, `augment/${index}/${config.type}`);
    for (let row = 0; row < samples.length; row++) {
      const random = SampleRandom.at(stream, at(epochs, row), at(samples, row));
      keys[row * augmentations.length + index] = random.key;
      if (random.uniform("happens") >= config.probability) continue;
      const drawn = definition.draw({ config, shape, random });
      if (drawn === null) continue;
      gates[row * augmentations.length + index] = 1;
      numbers.set(drawn, row * width + column);
    }
    column += definition.width(config, shape);
  }
  return { numbers, keys, gates };
}

/** Identifies what is built into the graph; equal texts mean the same program. */
export function structureOf(augmentations: readonly AugmentationConfig[]): string {
  return JSON.stringify(
    augmentations.map((config) => {
      const fields = new Set<string>(["type", ...augmentationDefinition(config).structure]);
      return Object.fromEntries(Object.entries(config).filter(([name]) => fields.has(name)));
    }),
  );
}

export class AugmentationProgram {
  readonly #session: GraphSession;
  readonly #facts: AugmentationSource["facts"];

  private constructor(session: GraphSession, facts: AugmentationSource["facts"]) {
    this.#session = session;
    this.#facts = facts;
  }

  static async compile(source: AugmentationSource): Promise<AugmentationProgram> {
    return new AugmentationProgram(await GraphSession.compile(augmentationGraph(source), { threads: 1 }), source.facts);
  }

  /**
   * Augments any number of samples, chunk by chunk.
   * @param source the list with its present strengths; its structure must be the compiled one
   * @param samples raw, [count, ...sampleShape]
   * @param numbers sample numbers in the data set
   * @param epochs from 1, one per sample
   * @returns [count, ...sampleShape]
   */
  async run(
    source: AugmentationSource,
    samples: Uint8Array | Float32Array,
    numbers: ArrayLike<number>,
    epochs: ArrayLike<number>,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { sampleShape } = this.#facts;
    const size = sampleShape.reduce((product, dim) => product * dim, 1);
    const count = numbers.length;
    const augmented = new Float32Array(count * size);
    const chunk = samples instanceof Uint8Array ? new Uint8Array(CHUNK * size) : new Float32Array(CHUNK * size);
    const width = Math.max(1, totalWidth(source.augmentations, sampleShape));
    const listed = source.augmentations.length;
    for (let start = 0; start < count; start += CHUNK) {
      const rows = Math.min(CHUNK, count - start);
      const of = (values: ArrayLike<number>) => Array.from({ length: rows }, (_, row) => at(values, start + row));
      const draws = drawAugmentations(source, of(numbers), of(epochs));
      chunk.set(samples.subarray(start * size, (start + rows) * size));
      const outputs = await this.#session.run({
        samples: dataTensor(chunk, [CHUNK, ...sampleShape]),
        numbers: floatTensor(draws.numbers, [CHUNK, width]),
        keys: uintTensor(draws.keys, [CHUNK, listed]),
        gates: floatTensor(draws.gates, [CHUNK, listed]),
      });
      augmented.set(outputs.floats("augmented").subarray(0, rows * size), start * size);
    }
    return augmented;
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}
