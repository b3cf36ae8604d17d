/**
 * Recipes of earlier versions. The files beside (VERSION-NAME.json) are what those versions really stored: made by their own code, every default
 * filled in.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { loadRecipe } from "../../src/main/hosts/cli/recipeFile.ts";
import { readDraft } from "../../src/renderer/draft/kept.ts";
import { isRecord } from "../../src/shared/kit/record.ts";
import { RECIPE_FORMAT, steps, upgradeRecipe } from "../../src/shared/recipe/migrations/migrations.ts";
import { presetRecipes } from "../../src/shared/recipe/presetRecipes.ts";
import { parseRecipe, requireRecipe } from "../../src/shared/recipe/validate.ts";
import { temporaryFolder } from "../cli/descent.ts";
import { english } from "../helpers/english.ts";
import { openStage, refused } from "../studio/harness.ts";

const FOLDER = path.join(import.meta.dirname, "migrations");
const files = readdirSync(FOLDER).sort();
const textOf = (file: string) => readFileSync(path.join(FOLDER, file), "utf8").trim();
const stored = (file: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(textOf(file));
  if (!isRecord(value)) throw new Error(`${file} is no recipe`);
  return value;
};

describe("recipes of earlier versions", () => {
  it("have a step and a stored recipe for each version, which the step changes", () => {
    for (const [index, step] of steps.entries()) {
      const ofVersion = files.filter((file) => file.startsWith(`${index + 1}-`));
      expect(ofVersion.every((file) => stored(file)["format"] === index + 1)).toBe(true);
      expect(ofVersion.filter((file) => JSON.stringify(step(stored(file))) !== JSON.stringify(stored(file))).length, `of version ${index + 1}`).toBeGreaterThan(
        0,
      );
    }
    expect(files.length).toBeGreaterThanOrEqual(steps.length);
  });

  it.each(files)("%s is read as today's without a problem, and is today's from then on", (file) => {
    const { recipe, problems } = parseRecipe(stored(file));
    expect(problems).toEqual([]);
    expect(recipe?.format).toBe(RECIPE_FORMAT);
    expect(upgradeRecipe(recipe)).toBe(recipe);
    // Everything that the version named and no step has changed is as it was.
    expect(recipe).toMatchObject({ ...stored(file), format: RECIPE_FORMAT, augmentation: recipe?.augmentation });
  });

  it("keep what they meant: ranges about the one number of before, no noise where there was none", () => {
    const recipe = requireRecipe(stored("1-signals.json"));
    expect(recipe.augmentation.slice(0, 5)).toEqual([
      { type: "gain", probability: 1, softest: -12, loudest: 12 },
      { type: "signalNoise", probability: 0.5, lowest: 80, highest: 100 },
      { type: "signalNoise", probability: 0, lowest: 100, highest: 100 },
      { type: "timeShift", probability: 1, share: 0.25, outside: "zeros" },
      { type: "timeStretch", probability: 1, slowest: 0.8, fastest: 1.25, outside: "reflection" },
    ]);
    const weaker = upgradeRecipe({ format: 1, augmentation: [{ type: "signalNoise", ratio: 20 }, { type: "gain", decibels: 0 }, { type: "gain" }, 7] });
    expect(weaker).toEqual({
      format: 2,
      augmentation: [{ type: "signalNoise", lowest: 20, highest: 50 }, { type: "gain", softest: 0, loudest: 0 }, { type: "gain" }, 7],
    });
  });

  it("learn targets as they are where they were stored before that was a choice; what a person wrote has today's default", () => {
    const diabetes = stored("1-diabetes.json");
    expect(requireRecipe(diabetes).data.standardizeTargets).toBe(false);
    const { batch: _, ...written } = diabetes;
    expect(requireRecipe(written).data.standardizeTargets).toBe(true);
    const data = { ...requireRecipe(diabetes).data, standardizeTargets: true };
    expect(requireRecipe({ ...diabetes, data }).data.standardizeTargets).toBe(true);
  });

  it("measure no training samples after epochs where they were stored before that was a choice", () => {
    const diabetes = stored("1-diabetes.json");
    expect(requireRecipe(diabetes).evaluation.training).toBe("none");
    const { batch: _, ...written } = diabetes;
    expect(requireRecipe(written).evaluation.training).toBe("auto");
    expect(requireRecipe({ ...diabetes, evaluation: { testEveryEpoch: true } }).evaluation).toEqual({ training: "none", testEveryEpoch: true });
  });

  it("are refused by name where a value has no successor", () => {
    const recipe = { ...stored("1-signals.json"), augmentation: [{ type: "timeShift", shift: 0.25, outside: "border", probability: 1 }] };
    const { problems } = parseRecipe(recipe);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ place: "augmentation[0].outside", received: '"border"' });
  });

  it("are not touched where they are today's, of no version, or of none that there is", () => {
    for (const { recipe } of presetRecipes()) expect(upgradeRecipe(recipe)).toBe(recipe);
    for (const value of [null, 7, "format", [], {}, { format: 0 }, { format: "1" }, { format: 1.5 }, { format: RECIPE_FORMAT }, { format: 99 }])
      expect(upgradeRecipe(value)).toBe(value);
  });
});

it("a recipe of a later version is refused with what to do, and nothing else is said of it", () => {
  const { recipe, problems } = parseRecipe({ ...stored("1-iris.json"), format: RECIPE_FORMAT + 1, later: true });
  expect(recipe).toBeNull();
  expect(english(problems)).toEqual([
    {
      place: "format",
      expected: `must be at most ${RECIPE_FORMAT}, the newest version of recipes that this Descent reads`,
      received: String(RECIPE_FORMAT + 1),
      remedy: "Open the recipe with the Descent that wrote it, or update this one.",
    },
  ]);
});

describe("every way in reads an earlier recipe", () => {
  it("a file of the command line, whose --set names fields of today", async () => {
    const file = path.join(temporaryFolder(), "old.json");
    writeFileSync(file, textOf("1-signals.json"));
    const recipe = await loadRecipe(file, ["augmentation[0].softest=-3"], () => Promise.reject(new Error("not asked")));
    expect(requireRecipe(recipe).augmentation[0]).toEqual({ type: "gain", probability: 1, softest: -3, loudest: 12 });
  });

  it("the draft of the window", () => {
    const recipe = stored("1-signals.json");
    const { kept, unread } = readDraft(JSON.stringify({ version: 1, recipe, text: null, edited: true, showing: "draft" }));
    expect(unread).toBeNull();
    expect(kept.recipe).toEqual(upgradeRecipe(recipe));
    expect(kept.recipe).not.toEqual(recipe);
  });

  it("a start, a check and the history, where text and hash stay as they were stored", async () => {
    const stage = await openStage();
    const old = stored("1-diabetes.json");
    expect((await stage.client.recipes.check({ recipe: old })).recipe?.data.standardizeTargets).toBe(false);
    const { id } = await stage.client.runs.start({ recipe: old });
    const trainer = await stage.trainer(0);
    expect((await trainer.trainJob()).recipe).toMatchObject({ format: RECIPE_FORMAT, data: { standardizeTargets: false } });
    trainer.finish("halted");
    await expect.poll(async () => (await stage.client.runs.get({ id })).status).toBe("interrupted");

    // The very text: JSON without spaces, as it is stored.
    const text = JSON.stringify(old);
    const hash = createHash("sha256").update(text).digest("hex");
    const database = new Database(`${stage.home}/history.sqlite`);
    database.prepare("UPDATE recipe SET json = ?, hash = ?").run(text, hash);
    const run = await stage.client.runs.get({ id });
    expect(run.recipe).toEqual(requireRecipe(old));
    expect(run.recipeHash).toBe(hash);
    await stage.client.runs.resume({ id });
    expect((await (await stage.trainer(1)).trainJob()).recipe).toEqual(requireRecipe(old));
    expect(database.prepare("SELECT json, hash FROM recipe").all()).toEqual([{ json: text, hash }]);

    // One that a later version stored is listed, and refused where it is needed.
    const later = JSON.stringify({ ...old, format: RECIPE_FORMAT + 1 });
    database.prepare("UPDATE recipe SET json = ?, hash = ?").run(later, createHash("sha256").update(later).digest("hex"));
    database.close();
    expect(await stage.client.runs.list()).toHaveLength(1);
    const { problems } = await refused(stage.client.runs.get({ id }));
    expect(problems[0]).toMatchObject({ place: `run ${id}, format`, received: String(RECIPE_FORMAT + 1) });
  });
});
