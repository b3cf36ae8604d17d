/**
 * The battery over what every entry of the catalog says of itself, from which form, search space and reference are made: fields are described,
 * defaults and search ranges are values that the entry takes; and over the initializers, whose draws have the moments their papers ask for.
 */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { initializers } from "../../src/shared/catalog/initializers/index.ts";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

interface Entry {
  readonly summary: string;
  readonly schema: z.ZodType;
}

const folders: Readonly<Record<string, Readonly<Record<string, Entry>>>> = { layers, losses, optimizers };
const entries = Object.entries(folders).flatMap(([folder, registry]) => Object.entries(registry).map(([type, entry]) => [folder, type, entry] as const));

/** The entry's fields but for its type. */
function fieldsOf({ schema }: Entry) {
  const described = z.toJSONSchema(schema, { io: "input" }).properties ?? {};
  return Object.entries(described).flatMap(([name, field]) => (name === "type" || typeof field === "boolean" ? [] : [{ name, field }]));
}

const searchRange = z.tuple([z.number(), z.number()]);

describe.each(entries)("%s: %s", (_, type, entry) => {
  it("is found under the type that its schema takes, and under no other", () => {
    expect(entry.schema.safeParse({ type }).success).toBe(true);
    expect(entry.schema.safeParse({ type: `${type}2` }).success).toBe(false);
    expect(entry.schema.safeParse({}).success).toBe(false);
  });

  it("refuses a field it does not have", () => {
    expect(entry.schema.safeParse({ type, colour: "red" }).success).toBe(false);
  });

  it("says in a sentence what it is", () => {
    expect(entry.summary).toMatch(/^[A-Z].*\.$/);
  });

  it("describes every field: a title, help, a default that it takes", () => {
    const filled = z.record(z.string(), z.unknown()).parse(entry.schema.parse({ type }));
    for (const { name, field } of fieldsOf(entry)) {
      expect(field.title, name).toBeTruthy();
      expect(field.description, name).toMatch(/\.$|\.\)$|empty/);
      if (field.default === undefined) expect(name, "a field without a default").toBe("name");
      else expect(filled[name]).toEqual(field.default);
    }
  });

  it("has search ranges whose ends it takes, with the default within", () => {
    for (const { name, field } of fieldsOf(entry)) {
      if (field["search"] === undefined) continue;
      const [low, high] = searchRange.parse(field["search"]);
      expect(low, name).toBeLessThan(high);
      if (field["scale"] === "log") expect(low, name).toBeGreaterThan(0);
      for (const end of [low, high]) expect(entry.schema.safeParse({ type, [name]: end }).success, `${name} = ${end}`).toBe(true);
      expect(Number(field.default), name).toBeGreaterThanOrEqual(low);
      expect(Number(field.default), name).toBeLessThanOrEqual(high);
    }
  });
});

describe("initializers", () => {
  const [fanIn, fanOut, count] = [50, 30, 40_000];
  const moments: Readonly<Record<keyof typeof initializers, { readonly mean: number; readonly variance: number; readonly most: number }>> = {
    heNormal: { mean: 0, variance: 2 / fanIn, most: 6 * Math.sqrt(2 / fanIn) },
    glorotUniform: { mean: 0, variance: 2 / (fanIn + fanOut), most: Math.sqrt(6 / (fanIn + fanOut)) },
    zeros: { mean: 0, variance: 0, most: 0 },
    ones: { mean: 1, variance: 0, most: 1 },
  };

  it.each(Object.entries(initializers))("%s has the mean, the variance and the bound of its paper", (name, draw) => {
    const expected = Object.entries(moments).find(([key]) => key === name)?.[1];
    if (expected === undefined) throw new Error(`no moments are known of ${name}`);
    const stream = new RandomStream(5, `initialize/${name}`);
    const draws = Array.from({ length: count }, (_, i) => draw(stream, i, fanIn, fanOut));
    const mean = draws.reduce((sum, value) => sum + value, 0) / count;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    // Four standard errors of the mean, and of a normal's variance.
    expect(Math.abs(mean - expected.mean)).toBeLessThanOrEqual(4 * Math.sqrt(expected.variance / count));
    expect(Math.abs(variance - expected.variance)).toBeLessThanOrEqual(4 * expected.variance * Math.sqrt(2 / count));
    expect(Math.max(...draws.map(Math.abs))).toBeLessThanOrEqual(expected.most);
  });
});
