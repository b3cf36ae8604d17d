/** Fields that every generator has. */
import { integer, real } from "../../kit/schema.ts";

export const sampleCount = (count = 1000) =>
  integer({ default: count, min: 2, max: 1_000_000, scale: "log", title: "Samples", description: "How many samples are made." });

export const noiseField = (noise: number, description: string, max = 2) => real({ default: noise, min: 0, max, step: 0.01, title: "Noise", description });

export const generatorSeed = () =>
  integer({ default: 0, min: 0, max: Number.MAX_SAFE_INTEGER, title: "Seed", description: "Another seed makes another data set of the same kind." });
