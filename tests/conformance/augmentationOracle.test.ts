/**
 * The battery that holds every augmentation to an oracle: its own `expected`, written in plain numbers from the definition. Over the registry itself: an entry
 * without one fails. That the battery bites is shown with mistakes planted into every entry, each of which must be noticed.
 */
import { describe, expect, it } from "vitest";
import { type AugmentationConfig, augmentationDefinition, augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { runNatively } from "../helpers/native.ts";
import { mistakesOf } from "./augmentationMistakes.ts";
import { astray, casesOf, type Definition, type OracleCase } from "./augmentationOracle.ts";

/** Both are float64. */
const EXACT = 1e-9;
/** What float32 stays far below on values of about 1, and no mistake that matters does. */
const NOTICED = 1e-3;

const standardOf = (type: string): AugmentationConfig => at(recipeSchema.shape.augmentation.parse([{ type }]), 0);

describe.each(Object.keys(augmentations))("%s", (type) => {
  const definition: Definition = augmentationDefinition(standardOf(type));
  let made: readonly OracleCase[] | undefined;
  const cases = (): readonly OracleCase[] => {
    expect(definition.expected, `${type} has no \`expected\`: write what becomes of a sample in plain numbers (docs/extending.md)`).toBeTypeOf("function");
    made ??= casesOf(type, definition);
    return made;
  };

  it("makes of every sample what is expected of it", async () => {
    expect(cases().length).toBeGreaterThan(0);
    for (const each of cases()) expect(await astray(definition, each), `${JSON.stringify(each.config)} on [${each.shape.join(", ")}]`).toBeLessThan(EXACT);
  });

  it.each(mistakesOf(definition))("is noticed: $title", async ({ title, plant }) => {
    let shown = 0;
    for (const each of cases()) {
      const planted = plant(definition, each);
      if (planted === null) continue;
      shown++;
      // What the runtime refuses is noticed too.
      if ((await astray(planted, each, runNatively).catch(() => Number.POSITIVE_INFINITY)) > NOTICED) return;
    }
    // Noise, numbers and several channels are not everybody's; but a setting that no sample moves could be wrong unseen.
    expect(shown, title).toBe(0);
    expect(title, "no sample moves this setting").not.toMatch(/not heeded$/);
  });
});
