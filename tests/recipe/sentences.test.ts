/** What a recipe's check says: a sentence for every kind of mistake, and never the validator's own text. */
import { describe, expect, it } from "vitest";
import { setAt } from "../../src/renderer/forms/path.ts";
import { describeProblem } from "../../src/shared/kit/fault.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { parseRecipe } from "../../src/shared/recipe/validate.ts";

const RECIPE = {
  data: { source: { type: "csv", path: "a.csv", target: "y" } },
  model: { layers: [{ type: "dense", units: 3 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "adam" },
};
const IMAGES = { type: "images", path: "a" };

/** By zod's code of the issue: the place, what is wrong there, and what is said. */
const cases: readonly (readonly [code: string, path: readonly (string | number)[], value: unknown, said: RegExp])[] = [
  ["invalid_type", ["optimizer", "lr"], "fast", /^optimizer\.lr: must be a number greater than 0 and at most 1000; received "fast"\./],
  ["invalid_type", ["data", "source", "missing"], { age: "x" }, /^data\.source\.missing\.age: must be a list; received "x"\./],
  [
    "invalid_value",
    ["data", "source", "dates"],
    { day: null },
    /^data\.source\.dates\.day: must be "dayFirst", "monthFirst",.* or "unixNanoseconds"; received null\./,
  ],
  [
    "invalid_value",
    ["data", "source", "kinds"],
    { zip: "categorial" },
    /must be "numeric", "categorical" or "time"; received "categorial"\. Did you mean "categorical"\?$/,
  ],
  [
    "invalid_value",
    ["data", "source"],
    { ...IMAGES, folders: { a: "tran" } },
    /must be "train", "validation", "test", "class" or "leaveOut"; received "tran"\. Did you mean "train"\?$/,
  ],
  ["invalid_value", ["metrics"], ["acuracy"], /must be "accuracy", .*; received "acuracy"\. Did you mean "accuracy"\?$/],
  ["invalid_union", ["optimizer"], { type: "adma" }, /^optimizer\.type: must be "sgd", .*; received "adma"\. Did you mean "adam"\?$/],
  ["invalid_union", ["batch", "size"], "ful", /^batch\.size: must be "full" or a whole number from 1 to 1000000; received "ful"\. Did you mean "full"\?$/],
  ["too_small", ["parameterGroups"], [{ match: "" }], /match: must be a text that is not empty; received ""\. Correct it\.$/],
  ["too_small", ["model", "layers"], [], /^model\.layers: must not be empty; received \[\]\. Add an item\.$/],
  [
    "too_small",
    ["model", "layers", 0],
    { type: "conv2d", kernel: 0 },
    /kernel: must be a whole number of at least 1 or a pair of whole numbers of at least 1; received 0\./,
  ],
  ["too_big", ["data", "source", "comment"], "###########", /comment: must be a text of 1 to 8 characters; received "###########"\./],
  ["too_big", ["augmentation"], Array.from({ length: 33 }, () => ({ type: "rotate" })), /^augmentation: must be a list of at most 32 items; received /],
  [
    "invalid_format",
    ["model", "layers", 0, "name"],
    "3 x",
    /name: must start with a letter and contain letters, digits, _ \. -; received "3 x"\. Correct it, or leave it out\.$/,
  ],
  ["invalid_format", ["data", "source"], { ...IMAGES, background: "grey" }, /must be "black", "white" or a colour such as "#8090a0"; received "grey"\./],
  [
    "unrecognized_keys",
    ["optimizer", "learningRate"],
    1,
    /^optimizer\.learningRate: is not a field; the fields here are type, lr, .*; received "learningRate"\./,
  ],
];

describe("a recipe's check", () => {
  it.each(cases)("says %s at %j in a sentence", (code, path, value, said) => {
    const recipe = setAt(RECIPE, path, value);
    // The case is of that kind: what is said is of this very code of the validator. A union's parts have codes of their own.
    const codes = recipeSchema.safeParse(recipe).error?.issues.map((issue) => issue.code) ?? [];
    expect(codes.includes(code as never) || codes.includes("invalid_union")).toBe(true);
    const problems = parseRecipe(recipe).problems.map(describeProblem);
    expect(problems.length).toBe(1);
    expect(problems[0]).toMatch(said);
    expect(problems[0]).not.toMatch(/Invalid|Too (?:big|small)|expected/);
  });

  it("says what is required where nothing is given", () => {
    expect(parseRecipe(setAt(RECIPE, ["parameterGroups"], [{}])).problems.map(describeProblem)).toEqual([
      "parameterGroups[0].match: is required and must be a text that is not empty; received nothing. Add it.",
    ]);
  });
});
