/** Every synthetic data set, by number of dimensions: points in the plane, a curve, signals, images, volumes. */
import type { z } from "zod";
import { RandomStream } from "../../math/random.ts";
import { blobs } from "./blobs.ts";
import { circles } from "./circles.ts";
import type { Generated, GeneratorDefinition } from "./generator.ts";
import { moons } from "./moons.ts";
import { shapes } from "./shapes.ts";
import { sine } from "./sine.ts";
import { solids } from "./solids.ts";
import { spirals } from "./spirals.ts";
import { waveforms } from "./waveforms.ts";
import { xor } from "./xor.ts";

export const generators = { spirals, moons, circles, blobs, xor, sine, waveforms, shapes, solids };

export type GeneratorName = keyof typeof generators;
export type GeneratorConfig = z.output<(typeof generators)[GeneratorName]["schema"]>;

/** The definition for a configuration. */
export function generatorDefinition({ type }: GeneratorConfig): GeneratorDefinition<GeneratorConfig> {
  return generators[type] as unknown as GeneratorDefinition<GeneratorConfig>;
}

/** The data set of a configuration, which depends only on its fields. */
export function generateSamples(config: GeneratorConfig): Generated {
  return generatorDefinition(config).generate(config, new RandomStream(config.seed, `synthetic/${config.type}`));
}
