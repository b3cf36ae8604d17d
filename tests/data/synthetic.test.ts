/** Synthetic sources through the reader: facts without making samples, the data set as any other, a split of it. */
import { describe, expect, it } from "vitest";
import { reader as synthetic } from "../../src/main/data/readers/synthetic.ts";
import { splitDataset } from "../../src/main/data/split.ts";
import { generateSamples, generators } from "../../src/shared/catalog/generators/index.ts";
import { sourceSchema } from "../../src/shared/recipe/sources.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { faultOf } from "./files.ts";

function sourceOf(generator: object) {
  const source = sourceSchema.parse({ type: "synthetic", generator });
  if (source.type !== "synthetic") throw new Error("expected a synthetic source");
  return source;
}

describe.each(Object.keys(generators))("%s", (type) => {
  const source = sourceOf({ type, samples: 60 });

  it("opens as what it was described", async () => {
    const facts = await synthetic.describe(source);
    const dataset = await synthetic.open(source);
    expect(dataset.facts).toEqual(facts);
    expect(facts).toMatchObject({ name: type, length: 60, elementType: "float32", givenTest: 0 });
    const { samples, targets } = generateSamples(source.generator);
    expect(await dataset.targets()).toEqual(targets);
    const size = samples.length / 60;
    const batch = await dataset.fetch(Uint32Array.of(59, 0));
    expect(batch.samples).toEqual(Float32Array.of(...samples.subarray(59 * size), ...samples.subarray(0, size)));
    expect(synthetic.files(source)).toEqual([]);
  });

  it("splits as any other", async () => {
    const stratified = (await synthetic.describe(source)).target.kind === "classification";
    const { train, validation, test } = await splitDataset(await synthetic.open(source), splitSchema.parse({ stratified }), 1);
    expect([train.length, validation.length, test.length]).toEqual([42, 9, 9]);
  });
});

it("describes without generating, however much it would be", async () => {
  const source = sourceOf({ type: "solids", samples: 1_000_000, size: 48 });
  expect(await synthetic.describe(source)).toMatchObject({ length: 1_000_000, sampleShape: [1, 48, 48, 48] });
  // 442 GB: more than any machine of the tests has.
  const fault = await faultOf(synthetic.open(source));
  expect(fault.kind).toBe("environment");
  expect(fault.message).toContain("data.source.generator.samples: must fit in memory; received 1000000 samples of 1×48×48×48 values");
});
