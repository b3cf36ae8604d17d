/** The threads that augment: on a machine of many cores as on one of two, and when one of them is gone. */
import os from "node:os";
import { describe, expect, it, vi } from "vitest";
import { Augmenter } from "../../src/main/engine/augmenter.ts";
import { AugmentationProgram, type AugmentationSource } from "../../src/main/engine/programs/augment.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

const SIZE = 12;

const source: AugmentationSource = {
  augmentations: recipeSchema.shape.augmentation.parse([{ type: "rotate" }, { type: "gaussianNoise" }, { type: "cutout" }]),
  facts: { sampleShape: [1, 3, 4], elementType: "uint8" },
  domain: { shape: [1, 1, 1], offset: Float32Array.of(0), factor: Float32Array.of(1 / 255) },
  seed: 3,
};

/** The bytes and the number of every sample. */
function samples(count: number) {
  const stream = new RandomStream(1, "bytes");
  return {
    bytes: Uint8Array.from({ length: count * SIZE }, (_, i) => stream.below(256, i)),
    numbers: Uint32Array.from({ length: count }, (_, i) => (i * 37) % 101),
  };
}

describe.each([2, 6, 64])("an augmenter on %i cores", (cores) => {
  it.each([1, 16, 17, 100])("gives %i samples what the program gives them, in their order", async (count) => {
    const parallelism = vi.spyOn(os, "availableParallelism").mockReturnValue(cores);
    const augmenter = new Augmenter(source);
    parallelism.mockRestore();
    const { bytes, numbers } = samples(count);
    const program = await AugmentationProgram.compile(source);
    const expected = await program.run(source, bytes, numbers, new Uint32Array(count).fill(4));
    await program.dispose();
    expect(expected).not.toEqual(Float32Array.from(bytes));
    // Two at once, as in training: the next call is asked for while one is under way.
    const [first, second] = await Promise.all([augmenter.run(bytes.slice(), numbers, 4), augmenter.run(bytes.slice(), numbers, 5)]);
    await augmenter.close();
    expect(first).toEqual(expected);
    expect(second).not.toEqual(expected);
  });
});

it("a call of threads that have ended is refused, those under way as well", async () => {
  const augmenter = new Augmenter(source);
  const { bytes, numbers } = samples(20);
  await augmenter.run(bytes.slice(), numbers, 1);
  const underWay = augmenter.run(bytes.slice(), numbers, 1).then(
    () => "answered",
    (error: unknown) => String(error),
  );
  await augmenter.close();
  expect(await underWay).toMatch(/answered|an augmenting thread ended/);
  await expect(augmenter.run(bytes.slice(), numbers, 2)).rejects.toThrow("an augmenting thread ended");
});
