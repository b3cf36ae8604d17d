/** Checks a recipe's augmentation against its data: entries for other kinds of samples, and entries without any effect on these samples. */
import type { AugmentationMisfit } from "../catalog/augmentations/augmentation.ts";
import { augmentationDefinition, augmentations } from "../catalog/augmentations/index.ts";
import { type Problem, quote } from "../kit/fault.ts";
import { allOf, either, say } from "../kit/say.ts";
import type { Words } from "../kit/words.ts";
import { type DatasetFacts, type SampleKind, sampleKind } from "./facts.ts";
import { layerDefinition } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

type Entry = Recipe["augmentation"][number];

const KINDS: Readonly<Record<SampleKind, Words>> = {
  tabular: say`rows of features`,
  signal: say`signals`,
  image: say`images`,
  volume: say`volumes`,
};

/** Whether training changes its samples: by augmentation, noise or mixing. */
export function changesSamples({ augmentation, regularization }: Pick<Recipe, "augmentation" | "regularization">): boolean {
  const { inputNoise, mixup, cutmix } = regularization;
  return augmentation.some(({ probability }) => probability > 0) || [inputNoise, mixup, cutmix].some((strength) => strength > 0);
}

/** Whether the inputs are word indices. These are not quantities. */
function takesWords({ model }: Pick<Recipe, "model">): boolean {
  const first = model.layers[0];
  return first !== undefined && layerDefinition(first).vocabulary !== undefined;
}

/** @param facts of the encoded samples, as the network gets them */
export function augmentationProblems(recipe: Pick<Recipe, "augmentation" | "model">, { sampleShape }: Pick<DatasetFacts, "sampleShape">): readonly Problem[] {
  if (recipe.augmentation.length > 0 && takesWords(recipe))
    return [
      {
        place: "augmentation",
        expected: say`must be empty where the inputs are words, whose numbers cannot be changed a little`,
        received: recipe.augmentation.map(({ type }) => quote(type)).join(", "),
        remedy: say`Remove them, or use dropout behind the embedding.`,
      },
    ];
  return recipe.augmentation.flatMap((entry, index) => {
    const place = `augmentation[${index}]`;
    const misfit = kindMisfit(entry.type, sampleShape);
    if (misfit !== null) return [{ place: `${place}.type`, ...misfit }];
    return misfitsOf(entry, sampleShape).map(({ field, received, ...rest }) =>
      field === ""
        ? { place: `${place}.type`, received: say`${quote(entry.type)} for ${received}`, ...rest }
        : { place: `${place}.${field}`, received, ...rest },
    );
  });
}

/** Problems that the augmentation itself reports. */
function misfitsOf(entry: Entry, shape: readonly number[]): readonly AugmentationMisfit[] {
  return augmentationDefinition(entry).misfits?.(entry, shape) ?? [];
}

function kindMisfit(type: Entry["type"], shape: readonly number[]): Omit<Problem, "place"> | null {
  const kind = sampleKind(shape);
  const kinds: readonly SampleKind[] = augmentations[type].kinds;
  if (kinds.includes(kind)) return null;
  return {
    expected: say`must suit the samples, which are ${KINDS[kind]} [${shape.join(", ")}]`,
    received: say`${quote(type)}, which is for ${allOf(kinds.map((each) => KINDS[each]))}`,
    remedy: say`Remove it, or use ${suiting(shape)}.`,
  };
}

/** Names of all augmentations that suit samples of a shape with default settings: "a", "b" or "c". */
function suiting(shape: readonly number[]): Words {
  const kind = sampleKind(shape);
  const suitable = Object.entries(augmentations)
    .filter(([type, { kinds, schema }]) => (kinds as readonly SampleKind[]).includes(kind) && misfitsOf(schema.parse({ type }), shape).length === 0)
    .map(([type]) => quote(type));
  return either(suitable);
}
