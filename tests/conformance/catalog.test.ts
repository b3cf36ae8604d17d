/**
 * The battery over what every entry of the catalog says of itself, from which form, search space and reference are made: fields are described,
 * defaults and search ranges are values that the entry takes, samples move every field, PyTorch has a counterpart, the committed pages are what the
 * entries say today.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf } from "../../scripts/reference/fields.ts";
import { catalogPages } from "../../scripts/reference/pages.ts";
import { lossSchema, optimizerSchema, scheduleSchema } from "../../scripts/reference/schemas.ts";
import { augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import type { TorchExpression } from "../../src/shared/catalog/common/torch.ts";
import { generators } from "../../src/shared/catalog/generators/index.ts";
import { initializers } from "../../src/shared/catalog/initializers/index.ts";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { pruners } from "../../src/shared/catalog/pruners/index.ts";
import { samplers } from "../../src/shared/catalog/samplers/index.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import type { Words } from "../../src/shared/kit/words.ts";
import { lossDefinition, optimizerDefinition, scheduleDefinition } from "../../src/shared/recipe/definitions.ts";
import { torchOf } from "../../src/shared/recipe/torchModel.ts";
import { planOf } from "../golden/torch/layerCases.ts";

interface Entry {
  readonly title: Words;
  readonly summary: Words;
  readonly schema: z.ZodType;
}

type Config = Readonly<Record<string, unknown>>;

const folders: Readonly<Record<string, Readonly<Record<string, Entry>>>> = { layers, losses, optimizers, schedules };
/** What is held against samples elsewhere: augmentations.test.ts, initializers.test.ts, samplers.test.ts, pruners.test.ts, and the figures of the generators. */
const described: typeof folders = { ...folders, augmentations, generators, initializers, pruners, samplers };

const entriesOf = (all: typeof folders) =>
  Object.entries(all).flatMap(([folder, registry]) => Object.entries(registry).map(([type, entry]) => [folder, type, entry] as const));

/** The samples of an entry: their settings, and what each is in PyTorch; null where a schedule has no counterpart. */
const samplesOf: Readonly<Record<string, (type: string) => readonly { readonly config: Config; readonly torch: TorchExpression | null }[]>> = {
  layers: (type) => entryOf(layers, type).samples.map((sample) => ({ config: sample.config, torch: torchOf(planOf(type, sample)) })),
  losses: (type) => {
    const { samples, task } = lossDefinition(lossSchema.parse({ type }));
    return samples.map(({ config, classes }) => {
      const counted = task === "classification" ? classes : 0;
      const parsed = lossSchema.parse({ ...config, type });
      const counts = Array.from({ length: counted }, (_, i) => 5 + i);
      return { config, torch: lossDefinition(parsed).torch(parsed, counted, counts) };
    });
  },
  optimizers: (type) =>
    [{}, ...optimizerDefinition(optimizerSchema.parse({ type })).samples].map((config) => {
      const parsed = optimizerSchema.parse({ ...config, type });
      return { config, torch: optimizerDefinition(parsed).torch(parsed) };
    }),
  schedules: (type) => scheduleDefinition(scheduleSchema.parse({ type })).samples.map(({ config, torch }) => ({ config, torch })),
};

function entryOf<R extends object>(registry: R, type: string): R[keyof R] {
  const found = Object.entries(registry).find(([name]) => name === type);
  if (found === undefined) throw new Error(`nothing is named ${type}`);
  return found[1];
}

const searchRange = z.tuple([z.number(), z.number()]);

const filledBy =
  (type: string, entry: Entry) =>
  (config: Config = {}) =>
    z.record(z.string(), z.unknown()).parse(entry.schema.parse({ ...config, type }));

describe.each(entriesOf(described))("%s: %s", (_, type, entry) => {
  const filled = filledBy(type, entry);

  it("is found under the type that its schema takes, and under no other", () => {
    expect(entry.schema.safeParse({ type }).success).toBe(true);
    expect(entry.schema.safeParse({ type: `${type}2` }).success).toBe(false);
    expect(entry.schema.safeParse({}).success).toBe(false);
  });

  it("refuses a field it does not have", () => {
    expect(entry.schema.safeParse({ type, colour: "red" }).success).toBe(false);
  });

  it("says in a sentence what it is", () => {
    expect(entry.summary.en).toMatch(/^[A-Z0-9].*\.$/);
  });

  it("describes every field: a title, help of one or two sentences, a default that it takes", () => {
    for (const [name, field] of fieldsOf(entry.schema)) {
      expect(field.title, name).toBeTruthy();
      expect(field.description, name).toMatch(/^["“]?[\p{L}\p{N}].*[.)]$/u);
      // A layer's name and the way it is initialized: nothing is written where nothing is said, so that a recipe stays the text it was.
      if (field.default === undefined) expect(["name", "init"], "fields without a default").toContain(name);
      // What a list of layers holds has defaults of its own.
      else expect(filled()[name]).toEqual(filled({ [name]: field.default })[name]);
    }
  });

  it("has search ranges whose ends it takes, with the default within", () => {
    for (const [name, field] of fieldsOf(entry.schema)) {
      if (field.search === undefined) continue;
      const [low, high] = searchRange.parse(field.search);
      expect(low, name).toBeLessThan(high);
      if (field.scale === "log") expect(low, name).toBeGreaterThan(0);
      for (const end of [low, high]) expect(entry.schema.safeParse({ type, [name]: end }).success, `${name} = ${end}`).toBe(true);
      // "auto" among numbers.
      if (typeof field.default === "string") continue;
      expect(Number(field.default), name).toBeGreaterThanOrEqual(low);
      expect(Number(field.default), name).toBeLessThanOrEqual(high);
    }
  });
});

describe.each(entriesOf(folders))("%s: %s", (folder, type, entry) => {
  const filled = filledBy(type, entry);
  const samples = () => samplesOf[folder]?.(type) ?? [];

  it("has samples that it takes, its defaults among them, and each field moved by some", () => {
    const configs = samples().map(({ config }) => filled(config));
    expect(configs).toContainEqual(filled());
    const differs = (name: string) => configs.some((config) => JSON.stringify(config[name]) !== JSON.stringify(filled()[name]));
    const fields = fieldsOf(entry.schema).map(([name]) => name);
    // `init` changes no graph; initializers.test.ts moves it.
    expect(fields.filter((name) => name !== "name" && name !== "init" && !differs(name))).toEqual([]);
  });

  it("has a counterpart in PyTorch, its definitions whole and unindented", () => {
    const counterparts = samples().flatMap(({ torch }) => (torch === null ? [] : [torch]));
    if (folder !== "schedules") expect(counterparts.length).toBe(samples().length);
    for (const { make, definitions = [] } of counterparts) {
      expect(make.trim()).not.toBe("");
      for (const text of [make, ...definitions]) expect(text).not.toMatch(/undefined|NaN|\[object|\btrue\b|\bfalse\b|\bnull\b/);
      for (const definition of definitions) expect(definition).toMatch(/^(@|class |def |[A-Za-z_]\w* = )/);
    }
  });
});

describe.each(Object.entries(metrics))("metrics: %s", (_, { summary, unit, task }) => {
  it("says in a sentence what it is", () => {
    expect(summary.en).toMatch(/^[A-Z0-9].*\.$/);
    expect(["fraction", "target", "score"]).toContain(unit);
    expect(["classification", "regression"]).toContain(task);
  });
});

describe("the reference in docs/catalog", () => {
  const folder = new URL("../../docs/catalog/", import.meta.url);

  it.each([...Object.keys(folders), "metrics", "augmentations", "generators", "initializers", "data"])(
    "%s.md is what the catalog says today: run `npm run docs` where this fails",
    (name) => {
      expect(readFileSync(new URL(`${name}.md`, folder), "utf8")).toBe(catalogPages().get(`${name}.md`));
    },
  );

  it("has a section of every entry, and no page besides", () => {
    const pages = catalogPages();
    for (const [name, registry] of Object.entries({ ...folders, initializers, metrics }))
      for (const type of Object.keys(registry)) expect(pages.get(`${name}.md`), type).toContain(`\n## ${type}\n`);
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  });
});
