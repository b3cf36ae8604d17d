/** The battery over every pruner of the registry. That it notices mistakes is shown in prunerMistakes.test.ts. */
import { describe, it } from "vitest";
import { pruners } from "../../src/shared/catalog/pruners/index.ts";
import { type Definition, rules } from "./prunerRules.ts";

const entries: readonly (readonly [string, Definition])[] = Object.entries(pruners);

describe.each(entries)("%s", (type, definition) => {
  it.each(Object.entries(rules))("%s", (_, holds) => {
    holds({ type, definition, standard: definition.schema.parse({ type }) });
  });
});
