/** The battery over every sampler of the registry. That it notices mistakes is shown in samplerMistakes.test.ts. */
import { describe, it } from "vitest";
import { samplers } from "../../src/shared/catalog/samplers/index.ts";
import type { Definition } from "./samplerCourse.ts";
import { rules } from "./samplerRules.ts";

const entries: readonly (readonly [string, Definition])[] = Object.entries(samplers);

describe.each(entries)("%s", (type, definition) => {
  it.each(Object.entries(rules))("%s", (_, holds) => {
    holds({ type, definition, standard: definition.schema.parse({ type }) });
  });
});
