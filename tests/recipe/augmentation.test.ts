/** What augmentation does not go with which data: over the whole registry, and said in words that name the place and a way out. */
import { describe, expect, it } from "vitest";
import { augmentationDefinition, augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { SampleRandom } from "../../src/shared/catalog/augmentations/sampleRandom.ts";
import { at, describeProblem } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { augmentationProblems } from "../../src/shared/recipe/augmentation.ts";
import { sampleKind } from "../../src/shared/recipe/facts.ts";
import { type Recipe, type RecipeInput, recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { english } from "../helpers/english.ts";
import { starterRecipe } from "./starters.ts";

type Type = keyof typeof augmentations;
const types = Object.keys(augmentations) as Type[];
const digits = starterRecipe("digits-cnn");
const SHAPES = { tabular: [9], signal: [2, 64], image: [3, 20, 21], volume: [1, 9, 10, 11] } as const;
const shapes = Object.values(SHAPES);

function recipeWith(types: readonly string[], layers: RecipeInput["model"]["layers"] = digits.model.layers): Recipe {
  return recipeSchema.parse({ ...digits, augmentation: types.map((type) => ({ type })), model: { layers } });
}

const messages = (recipe: Recipe, sampleShape: readonly number[]) => augmentationProblems(recipe, { sampleShape }).map(describeProblem);

describe.each(types)("%s", (type) => {
  it("is taken for the kinds that it names and refused for all others, at its place in the list", () => {
    const kinds: readonly string[] = augmentations[type].kinds;
    for (const sampleShape of shapes) {
      const problems = augmentationProblems(recipeWith([type]), { sampleShape });
      if (kinds.includes(sampleKind(sampleShape))) expect(problems).toEqual([]);
      else expect(problems.map(({ place }) => place)).toEqual(["augmentation[0].type"]);
    }
  });

  it("says what does not fit with a field that it has, and a way out", () => {
    const [config] = recipeWith([type]).augmentation;
    if (config === undefined) throw new Error("no configuration");
    const kinds: readonly string[] = augmentations[type].kinds;
    for (const shape of [...shapes, [1, 1], [1, 1, 1], [1, 8, 8], [4, 28, 28], [1, 1, 1, 1]].filter((each) => kinds.includes(sampleKind(each))))
      for (const { field, expected, received, remedy } of augmentationDefinition(config).misfits?.(config, shape) ?? []) {
        expect(["", ...Object.keys(config)]).toContain(field);
        expect(english(remedy)).toMatch(/^[A-Z].*\.$/);
        for (const part of [expected, received]) expect(english(part)).toMatch(/^[^.\s].*[^.\s]$/);
      }
  });

  it("is taken for its own samples", () => {
    for (const { shape } of augmentations[type].samples) expect(messages(recipeWith([type]), shape)).toEqual([]);
  });
});

describe("what is refused", () => {
  it("is told with the names of those that suit, and every one of them is taken", () => {
    for (const sampleShape of [...shapes, [1, 8, 8]]) {
      const wrong = at(
        types.filter((type) => !(augmentations[type].kinds as readonly string[]).includes(sampleKind(sampleShape))),
        0,
      );
      const [problem] = augmentationProblems(recipeWith([wrong]), { sampleShape });
      const named = [...english(problem?.remedy ?? "").matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
      expect(named).toEqual(types.filter((type) => augmentationProblems(recipeWith([type]), { sampleShape }).length === 0));
      expect(named.length).toBeGreaterThan(0);
    }
  });

  it("is a range whose ends are the wrong way round", () => {
    const recipe = recipeSchema.parse({ ...digits, augmentation: [{ type: "signalNoise", lowest: 30, highest: 10 }] });
    expect(augmentationProblems(recipe, { sampleShape: [1, 64] }).map(describeProblem)).toEqual([
      "augmentation[0].lowest: must not be above the highest, 10; received 30. Exchange the two.",
    ]);
  });

  it("has the place of its line, one problem a line", () => {
    const problems = augmentationProblems(recipeWith(["horizontalFlip", "gaussianNoise", "verticalFlip"]), { sampleShape: [9] });
    expect(problems.map(({ place }) => place)).toEqual(["augmentation[0].type", "augmentation[1].type", "augmentation[2].type"]);
    expect(describeProblem(at(problems, 0))).toMatch(
      /^augmentation\[0\]\.type: must suit the samples, which are rows of features \[9\]; received "horizontalFlip", which is for images and volumes\. Remove it, or use "/,
    );
  });

  it("is colour where there is none", () => {
    expect(messages(recipeWith(["brightness", "hue", "saturation"]), [1, 28, 28])).toEqual([
      'augmentation[1].type: needs colours: images of three channels, red, green and blue; received "hue" for images of one channel. Remove it, or use "brightness", "contrast" or "gamma".',
      'augmentation[2].type: needs colours: images of three channels, red, green and blue; received "saturation" for images of one channel. Remove it, or use "brightness", "contrast" or "gamma".',
    ]);
    expect(messages(recipeWith(["hue"]), [4, 28, 28])).toHaveLength(1);
    expect(messages(recipeWith(["hue", "saturation"]), [3, 28, 28])).toEqual([]);
  });

  it("is equalizing too few pixels", () => {
    expect(messages(recipeWith(["equalize"]), [1, 8, 8])).toEqual([
      'augmentation[0].type: needs images of at least 256 pixels, because fewer have no histogram to equalize; received "equalize" for 8×8. Remove it, or use "contrast" or "gamma".',
    ]);
    expect(messages(recipeWith(["equalize"]), [3, 16, 16])).toEqual([]);
  });

  it("is anything where the inputs are words", () => {
    const words = recipeWith(["timeShift", "gain"], [{ type: "embedding" }, ...digits.model.layers]);
    expect(messages(words, [1, 64])).toEqual([
      'augmentation: must be empty where the inputs are words, whose numbers cannot be changed a little; received "timeShift", "gain". Remove them, or use dropout behind the embedding.',
    ]);
    expect(messages(recipeWith([], [{ type: "embedding" }]), [64])).toEqual([]);
  });
});

it("what is taken at its defaults does something to some of a thousand samples", () => {
  for (const type of types)
    for (const shape of [...shapes, [1, 8, 8], [1, 16], [2]]) {
      const [config] = recipeWith([type]).augmentation;
      if (config === undefined || messages(recipeWith([type]), shape).length > 0) continue;
      const stream = new RandomStream(1, type);
      const definition = augmentations[type] as unknown as { draw(context: object): readonly number[] | null };
      const some = Array.from({ length: 1000 }, (_, i) => definition.draw({ config, shape, random: SampleRandom.at(stream, 1, i) })).some(
        (drawn) => drawn !== null,
      );
      expect(some, `${type} on ${shape.join("×")}`).toBe(true);
    }
});
