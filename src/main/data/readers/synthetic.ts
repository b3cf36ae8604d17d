/** Synthetic data sets, generated from their configuration (shared/catalog/generators). */
import os from "node:os";
import type { Generated } from "../../../shared/catalog/generators/generator.ts";
import { generateSamples, generatorDefinition } from "../../../shared/catalog/generators/index.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { shapeText } from "../../../shared/text/shapes.ts";
import { InMemoryDataset } from "../inMemory.ts";
import type { Reader } from "./reader.ts";

type SyntheticSource = Extract<FileSource, { readonly type: "synthetic" }>;

const XOR = { type: "xor", samples: 10, features: 2, noise: 0, seed: 1 } as const;

export const reader: Reader<SyntheticSource> = {
  samples: [
    {
      files: () => ({}),
      source: { type: "synthetic", generator: XOR },
      dropped: null,
      facts: {
        name: "xor",
        length: XOR.samples,
        sampleShape: [2],
        elementType: "float32",
        target: { kind: "classification", classes: ["even", "odd"] },
        givenTest: 0,
      },
      values: Array.from({ length: XOR.samples }, (_, i) => Array.from(generateSamples(XOR).samples.subarray(2 * i, 2 * i + 2))),
      targets: Array.from({ length: XOR.samples }, (_, i) => i % 2),
    },
  ],
  failing: [],

  files: () => [],

  async describe({ generator }) {
    return factsOf(generator);
  },

  async open({ generator }) {
    const facts = factsOf(generator);
    const { samples, targets } = generate(generator, facts);
    return new InMemoryDataset(facts, samples, targets);
  },
};

function factsOf(generator: SyntheticSource["generator"]): DatasetFacts {
  return {
    name: generator.type,
    length: generator.samples,
    ...generatorDefinition(generator).facts(generator),
    elementType: "float32",
    givenTest: 0,
  };
}

function generate(generator: SyntheticSource["generator"], facts: DatasetFacts): Generated {
  // On some systems an array larger than the memory can be allocated, but filling it ends the process.
  if (facts.sampleShape.reduce((product, dim) => product * dim, 4 * facts.length) > os.totalmem()) throw tooLarge(facts);
  try {
    return generateSamples(generator);
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(facts, error) : error;
  }
}

function tooLarge({ sampleShape, length }: DatasetFacts, cause?: RangeError): Fault {
  return new Fault(
    "environment",
    [
      {
        place: "data.source.generator.samples",
        expected: "must fit in memory",
        received: `${length} samples of ${shapeText(sampleShape)} values`,
        remedy: "Use fewer or smaller samples, or a machine with more memory.",
      },
    ],
    { cause },
  );
}
