/** The starter studies: each is a valid study of a valid recipe, and each of its parameters leads to a field. */
import { expect, it } from "vitest";
import { readStarterStudies } from "../../../src/main/studio/starterStudies.ts";
import { pathOf } from "../../../src/renderer/space/space.ts";
import { fieldAt } from "../../../src/shared/recipe/fields.ts";

it("starter studies search over fields that their recipes have", async () => {
  const starters = await readStarterStudies();
  expect(starters.map(({ name }) => name)).toEqual(["digits-learning-rate", "fashion-architecture", "tumours-folds"]);
  for (const { study, title, summary } of starters) {
    for (const words of [title, summary]) expect(words.en.length * words.ko.length).toBeGreaterThan(0);
    for (const { name, paths } of study.space)
      for (const path of paths) expect([name, fieldAt(pathOf(path), study.recipe) !== undefined]).toEqual([name, true]);
  }
});
