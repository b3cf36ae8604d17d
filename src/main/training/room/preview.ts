/** Preview of augmentation: one sample and its variants, made by the training program and bit-equal to what the network would get. */
import type { AugmentationPreview } from "../../../shared/contract/augment.ts";
import { at, Fault } from "../../../shared/kit/fault.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import { openedProgram } from "./opened.ts";
import { scaleOf } from "./scale.ts";
import { histogramsOf, viewsOf } from "./views.ts";

/** Larger images are scaled down to this side. */
const SIDE = 256;

export interface PreviewRequest {
  readonly recipe: Recipe;
  /** Number in the data set; null for the first training sample. */
  readonly sample: number | null;
  /** The variants are those of this epoch (from 1) and the following ones. */
  readonly epoch: number;
  readonly count: number;
}

/** What the network would get for one sample in several epochs, float32 [count, ...sampleShape] in the data's own units. */
export async function variantsOf({ recipe, sample, epoch, count }: PreviewRequest) {
  const { program, source, data } = await openedProgram(recipe);
  const { dataset, split } = data;
  const number = sample ?? at(split.train, 0);
  if (number >= dataset.length)
    throw new Fault("input", [
      { place: "sample", expected: `must be from 0 to ${dataset.length - 1}`, received: String(number), remedy: "Choose a sample that the data set has." },
    ]);
  const original = await dataset.fetch(Uint32Array.of(number));
  const copies = original.samples instanceof Uint8Array ? new Uint8Array(count * original.samples.length) : new Float32Array(count * original.samples.length);
  for (let i = 0; i < count; i++) copies.set(original.samples, i * original.samples.length);
  const startedAt = performance.now();
  const variants = await program.run(
    source,
    copies,
    new Uint32Array(count).fill(number),
    Uint32Array.from({ length: count }, (_, i) => epoch + i),
  );
  return { number, original, variants, data, source, milliseconds: performance.now() - startedAt };
}

export async function previewAugmentation(request: PreviewRequest): Promise<AugmentationPreview> {
  const { number, original, variants, data, source, milliseconds } = await variantsOf(request);
  const { dataset } = data;
  const { unit, range, show } = await scaleOf(data, source.domain, [original.samples, variants]);
  const [before, after] = [show(original.samples), show(variants)];
  const place = (index: number) => dataset.place(index);
  const targets = original.targets;
  const repeated = targets instanceof Int32Array ? new Int32Array(request.count * targets.length) : new Float32Array(request.count * targets.length);
  for (let i = 0; i < request.count; i++) repeated.set(targets, i * targets.length);
  return {
    original: at(viewsOf(dataset.facts, { ...original, samples: before, numbers: [number] }, range, SIDE, place), 0),
    variants: viewsOf(dataset.facts, { samples: after, targets: repeated, numbers: new Uint32Array(request.count).fill(number) }, range, SIDE, place),
    ...histogramsOf(before, after),
    unit,
    milliseconds,
  };
}
