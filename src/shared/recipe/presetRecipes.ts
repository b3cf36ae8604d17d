/** Every preset as a normal recipe on a data set that comes with Descent: to train, copy or change. */
import { presets } from "../catalog/presets/index.ts";
import type { PresetDefinition } from "../catalog/presets/preset.ts";
import type { Words } from "../kit/words.ts";
import type { Recipe } from "./recipe.ts";
import { requireRecipe } from "./validate.ts";

export interface PresetRecipe {
  /** `fashion-resnet8` */
  readonly name: string;
  readonly title: Words;
  readonly summary: Words;
  readonly recipe: Recipe;
}

/** A data set with ten classes, and the shape of its samples for presets that need other axes. */
interface Stage {
  readonly prefix: string;
  readonly dataset: string;
  readonly givenTest: boolean;
  readonly sample: readonly number[];
  readonly shape: readonly number[];
}

const CLASSES = 10;
const fashion: Stage = { prefix: "fashion", dataset: "fashion-mnist", givenTest: true, sample: [1, 28, 28], shape: [1, 28, 28] };
const digits = (...shape: readonly number[]): Stage => ({ prefix: "digits", dataset: "digits", givenTest: false, sample: [1, 8, 8], shape });

/** Signals and volumes are reshaped digits, until data of those kinds is included. */
function stageOf({ rank }: PresetDefinition): Stage {
  if (rank === 2) return digits(1, 64);
  if (rank === 4) return digits(1, 4, 4, 4);
  return rank === null ? digits(1, 8, 8) : fashion;
}

export function presetRecipes(): readonly PresetRecipe[] {
  return Object.entries<PresetDefinition>(presets).map(([key, preset]) => {
    const { prefix, dataset, givenTest, sample, shape } = stageOf(preset);
    const name = `${prefix}-${key}`;
    const laidOut = sample.join() === shape.join() ? [] : [{ type: "reshape", shape: [...shape] }];
    const recipe = requireRecipe({
      name,
      description: preset.summary.en,
      data: { source: { type: "shipped", name: dataset }, split: { test: givenTest ? "given" : 0.15 } },
      model: { layers: [...laidOut, ...preset.layers(shape, CLASSES)] },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "adam", lr: 0.002 },
      schedule: { type: "cosine" },
      warmup: { epochs: 0.5 },
      batch: { size: 64 },
      budget: { epochs: 10 },
    });
    return { name, title: { en: `${preset.title.en} on ${dataset}`, ko: `${dataset}에 ${preset.title.ko}` }, summary: preset.summary, recipe };
  });
}
