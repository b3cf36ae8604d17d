/** What of a recipe's augmentation does not hold together with its data: what is for other samples, or could do nothing to these. */
import { augmentations } from "../catalog/augmentations/index.ts";
import { at, type Problem, quote } from "../kit/fault.ts";
import { type DatasetFacts, type SampleKind, sampleKind } from "./facts.ts";
import { layerDefinition } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

type Entry = Recipe["augmentation"][number];

const WORDS: Readonly<Record<SampleKind, string>> = { tabular: "rows of features", signal: "signals", image: "images", volume: "volumes" };

/** What only colours can be changed by. */
const COLOURS: readonly Entry["type"][] = ["hue", "saturation"];

/** Histograms of fewer pixels have no step of one of the 255 levels to be spread by. */
const LEVELS = 256;

/** Whether the inputs are numbers of words in a dictionary, which mean nothing as quantities. */
function takesWords({ model }: Pick<Recipe, "model">): boolean {
  const first = model.layers[0];
  return first !== undefined && layerDefinition(first).vocabulary !== undefined;
}

/** @param facts of the samples as the network gets them, after encoding */
export function augmentationProblems(recipe: Pick<Recipe, "augmentation" | "model">, { sampleShape }: Pick<DatasetFacts, "sampleShape">): readonly Problem[] {
  if (recipe.augmentation.length > 0 && takesWords(recipe))
    return [
      {
        place: "augmentation",
        expected: "must be empty where the inputs are words, whose numbers cannot be changed a little",
        received: recipe.augmentation.map(({ type }) => quote(type)).join(", "),
        remedy: "Remove them, or use dropout behind the embedding.",
      },
    ];
  return recipe.augmentation.flatMap((entry, index) => {
    const misfit = kindMisfit(entry.type, sampleShape) ?? sizeMisfit(entry.type, sampleShape);
    return misfit === null ? rangeProblems(entry, index) : [{ place: `augmentation[${index}].type`, ...misfit }];
  });
}

/** A range whose ends are the wrong way round. */
function rangeProblems(entry: Entry, index: number): readonly Problem[] {
  if (!("lowest" in entry) || entry.lowest <= entry.highest) return [];
  return [
    {
      place: `augmentation[${index}].lowest`,
      expected: `must not be above the highest, ${entry.highest}`,
      received: String(entry.lowest),
      remedy: "Exchange the two.",
    },
  ];
}

type Misfit = Omit<Problem, "place">;

function kindMisfit(type: Entry["type"], shape: readonly number[]): Misfit | null {
  const kind = sampleKind(shape);
  const kinds: readonly SampleKind[] = augmentations[type].kinds;
  if (kinds.includes(kind)) return null;
  return {
    expected: `must suit the samples, which are ${WORDS[kind]} [${shape.join(", ")}]`,
    received: `${quote(type)}, which is for ${kinds.map((each) => WORDS[each]).join(" and ")}`,
    remedy: `Remove it, or use ${suiting(shape)}.`,
  };
}

/** Of images alone: what would leave every one as it is. */
function sizeMisfit(type: Entry["type"], shape: readonly number[]): Misfit | null {
  const channels = at(shape, 0);
  const pixels = shape.slice(1).reduce((product, size) => product * size, 1);
  if (COLOURS.includes(type) && channels !== 3)
    return {
      expected: "needs colours: images of three channels, red, green and blue",
      received: `${quote(type)} for images of ${channels === 1 ? "one channel" : `${channels} channels`}`,
      remedy: 'Remove it, or use "brightness", "contrast" or "gamma".',
    };
  if (type === "equalize" && pixels < LEVELS)
    return {
      expected: `needs images of at least ${LEVELS} pixels, fewer have no histogram to even out`,
      received: `${quote(type)} for ${shape.slice(1).join("×")}`,
      remedy: 'Remove it, or use "contrast" or "gamma".',
    };
  return null;
}

/** The names of all that suit samples of a shape: "a", "b" or "c". */
function suiting(shape: readonly number[]): string {
  const kind = sampleKind(shape);
  const names = Object.entries(augmentations)
    .filter(([name, { kinds }]) => (kinds as readonly SampleKind[]).includes(kind) && sizeMisfit(name as Entry["type"], shape) === null)
    .map(([name]) => quote(name));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${at(names, names.length - 1)}`;
}
