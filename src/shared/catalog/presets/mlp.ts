/** A multi-layer perceptron of two hidden layers. */
import type { PresetDefinition } from "./preset.ts";

export const mlp: PresetDefinition = {
  title: "MLP",
  summary: "Two hidden layers that see all features at once: the first thing to try on a table.",
  source: "Goodfellow, Bengio & Courville 2016, chapter 6",
  rank: null,
  layers: (input, outputs) => [
    ...(input.length > 1 ? [{ type: "flatten" }] : []),
    { type: "dense", units: 64 },
    { type: "relu" },
    { type: "dense", units: 64 },
    { type: "relu" },
    { type: "dense", units: outputs },
  ],
};
