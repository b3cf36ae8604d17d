/** The data screen's pure parts: a first recipe for any data set, samples as numbers and pixels, sorting, lists, plots and figures. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suitableFields } from "../../src/renderer/augmentations/list.ts";
import { pairText, strongestPairs } from "../../src/renderer/charts/correlation.ts";
import { markerPath, seriesColor, seriesMarker } from "../../src/renderer/charts/palette.ts";
import { binRange, nearestPoint, neighbour, pixelX, pixelY, spanOf } from "../../src/renderer/charts/plot.ts";
import { innerTicks } from "../../src/renderer/charts/ticks.ts";
import { columnFields, fieldOf, nextSorting, sortColumns } from "../../src/renderer/features/data/columnTable.ts";
import { entriesOf, searchEntries } from "../../src/renderer/features/data/entries.ts";
import { samplesOf, sortProblems } from "../../src/renderer/features/data/problemItems.ts";
import { en } from "../../src/renderer/i18n/en.ts";
import { ko } from "../../src/renderer/i18n/ko.ts";
import { quantileEdges, rangeOf, seriesOf } from "../../src/renderer/samples/projection.ts";
import { histogramOf, middleSlice, pixelsOf, planesOf, valuesOf } from "../../src/renderer/samples/sample.ts";
import { allSamples, cellText, featureNames, labelOf, pageOf, pagesBetween, rowCell, theseSamples } from "../../src/renderer/samples/samples.ts";
import { guessedKind, hasRoles, ignoredOf, kindsOf, withIgnored, withKind } from "../../src/renderer/source/columnRoles.ts";
import { readRecord, showRecord, sourceFields } from "../../src/renderer/source/sourceFields.ts";
import { lastOfPath } from "../../src/renderer/ui/lastOfPath.ts";
import type { DatasetEntry } from "../../src/shared/contract/datasets.ts";
import type { ColumnSummary, DataProblem, NumberSummary, SampleView } from "../../src/shared/contract/inspection.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import { chosenAlternative, recipeFields } from "../../src/shared/recipe/fields.ts";
import { firstRecipe } from "../../src/shared/recipe/firstRecipe.ts";
import { formats } from "../../src/shared/recipe/formats/index.ts";
import { type SourceConfig, sourceSchema } from "../../src/shared/recipe/sources.ts";
import { splitCounts } from "../../src/shared/recipe/split.ts";
import { checkAgainstData, requireRecipe } from "../../src/shared/recipe/validate.ts";

const folder = path.resolve(import.meta.dirname, "../../resources/datasets");
const shipped: readonly DatasetFacts[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => JSON.parse(readFileSync(path.join(folder, name, "dataset.json"), "utf8")).facts);

const twoClasses = { kind: "classification", classes: ["a", "b"] } as const;
const value = { kind: "regression", names: ["score"] } as const;
const base: DatasetFacts = { name: "made", length: 500, sampleShape: [4], elementType: "float32", target: twoClasses, givenTest: 0 };
const source: SourceConfig = { type: "npy", samples: "x.npy", labels: "y.npy", task: "classification" };

/** What the studio says about the first recipe of some data. */
function check(facts: DatasetFacts) {
  const recipe = requireRecipe(firstRecipe(source, facts));
  const { plan, problems } = checkAgainstData(recipe, facts, splitCounts(facts, recipe.data.split).train);
  return { recipe, plan, problems };
}

describe("the first recipe of a data set", () => {
  it.each(shipped.map((facts) => [facts.name, facts] as const))("can be started on %s", (_, facts) => {
    const { recipe, problems } = check(facts);
    expect(problems).toEqual([]);
    expect(recipe.data.split.stratified).toBe(facts.target.kind === "classification");
    expect(recipe.data.split.test).toBe(facts.givenTest > 0 ? "given" : 0.15);
    expect(recipe.data.split.validation).toBe(0.15);
  });

  it("validates and tests on the parts that the data name", () => {
    const { recipe, problems } = check({ ...base, givenTest: 50, givenValidation: 80 });
    expect(problems).toEqual([]);
    expect(recipe.data.split).toMatchObject({ validation: "given", test: "given" });
  });

  it("knows every shipped data set", () => {
    expect(shipped.length).toBeGreaterThanOrEqual(6);
  });

  it.each<readonly [string, Partial<DatasetFacts>, string]>([
    ["signals", { sampleShape: [2, 128] }, "conv1d"],
    ["signals too short to convolve", { sampleShape: [1, 5] }, "dense"],
    ["volumes", { sampleShape: [1, 16, 16, 16] }, "conv3d"],
    ["thin volumes", { sampleShape: [1, 2, 16, 16] }, "dense"],
    ["large colour images", { sampleShape: [3, 256, 200] }, "conv2d"],
    ["images of 8 × 8", { sampleShape: [1, 8, 8] }, "conv2d"],
    ["images of 4 × 4", { sampleShape: [1, 4, 4] }, "dense"],
    ["a regression on rows", { target: value }, "dense"],
    ["a regression on images", { target: { kind: "regression", names: ["x", "y"] }, sampleShape: [3, 32, 32] }, "conv2d"],
    ["a regression on signals", { target: value, sampleShape: [1, 64] }, "conv1d"],
    ["rows with gaps and categories", { columns: [{ name: "city", kind: "categorical", missing: 3, categories: ["x", "y"] }], sampleShape: [1] }, "dense"],
    ["few samples", { length: 12, sampleShape: [1, 64] }, "conv1d"],
    // 100 of them train: one would be left of 3 batches of 33.
    ["a training part that leaves one over", { length: 141, sampleShape: [1, 64], givenTest: 19 }, "conv1d"],
  ])("can be started on %s", (_, facts, layer) => {
    const { recipe, problems, plan } = check({ ...base, ...facts });
    expect(problems).toEqual([]);
    expect(recipe.model.layers.map(({ type }) => type)).toContain(layer);
    expect(plan.outputShape).toEqual([
      (facts.target ?? twoClasses).kind === "classification" ? 2 : (facts.target as { names: readonly string[] }).names.length,
    ]);
  });

  it("never leaves batch normalization a batch of one, however many samples there are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 5000 }), fc.constantFrom<readonly number[]>([1, 32], [1, 8, 8, 8]), (length, sampleShape) => {
        expect(check({ ...base, length, sampleShape }).problems).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("carries the name and the source it was asked for", () => {
    const recipe = firstRecipe(source, base, "cats");
    expect(recipe.name).toBe("cats-mlp");
    expect(recipe.data.source).toBe(source);
  });
});

const view = (change: Partial<SampleView>): SampleView => ({
  sample: 0,
  label: "a",
  place: null,
  shape: [4],
  values: "",
  encoding: "floats",
  low: 0,
  high: 1,
  ...change,
});
const base64 = (bytes: ArrayBuffer | Uint8Array): string => Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).toString("base64");

describe("a sample that came over the contract", () => {
  it("is floats in the data's units, NaN where missing", () => {
    const sent = new Float32Array([1.5, Number.NaN, -3e7, 0.1]);
    expect([...valuesOf(view({ values: base64(sent.buffer) }))]).toEqual([...sent]);
  });

  it("is bytes from its lowest to its highest value", () => {
    const values = valuesOf(view({ shape: [1, 1, 3], encoding: "bytes", low: -1, high: 4, values: base64(new Uint8Array([0, 255, 51])) }));
    expect([...values]).toEqual([-1, 4, 0]);
  });

  it("must have as many values as its shape says", () => {
    expect(() => valuesOf(view({ shape: [5], values: base64(new Float32Array(4).buffer) }))).toThrow("internal: sample 0 has 4 values for the shape 5");
  });

  it("has planes where it is an image or a volume", () => {
    expect(planesOf([7])).toBeNull();
    expect(planesOf([2, 100])).toBeNull();
    expect(planesOf([3, 20, 30])).toEqual({ channels: 3, depth: 1, height: 20, width: 30 });
    const volume = planesOf([1, 5, 20, 30]);
    expect(volume).toEqual({ channels: 1, depth: 5, height: 20, width: 30 });
    expect(volume === null ? -1 : middleSlice(volume)).toBe(2);
  });

  it("is gray where it has one channel, colours where it has three, their mean where it has two", () => {
    const gray = pixelsOf([0, 5, 10, Number.NaN], { channels: 1, depth: 1, height: 2, width: 2 }, 0, 10, 0);
    expect([...gray.rgba]).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
    const colour = pixelsOf([10, 20, 30], { channels: 3, depth: 1, height: 1, width: 1 }, 0, 255, 0);
    expect([...colour.rgba]).toEqual([10, 20, 30, 255]);
    expect([...pixelsOf([0, 100], { channels: 2, depth: 1, height: 1, width: 1 }, 0, 255, 0).rgba]).toEqual([50, 50, 50, 255]);
  });

  it("shows the slice that is asked for, of every channel", () => {
    // Two channels of three slices of one pixel: their means are 15, 25, 35.
    const values = [10, 20, 30, 20, 30, 40];
    const planes = { channels: 2, depth: 3, height: 1, width: 1 };
    expect([0, 1, 2, 9].map((slice) => pixelsOf(values, planes, 0, 255, slice).rgba[0])).toEqual([15, 25, 35, 35]);
  });

  it("of one value only is black and not a division by zero", () => {
    expect([...pixelsOf([3], { channels: 1, depth: 1, height: 1, width: 1 }, 3, 3, 0).rgba]).toEqual([0, 0, 0, 255]);
  });

  it("has its values in equal bins, the largest in the last", () => {
    expect(histogramOf([0, 1, 2, 3, 4, Number.NaN], 4)).toEqual({ low: 0, high: 4, counts: [1, 1, 1, 2] });
    expect(histogramOf([7, 7], 4)).toEqual({ low: 7, high: 7, counts: [2] });
    expect(histogramOf([Number.NaN], 4)).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        expect(histogramOf(values, 13)?.counts.reduce((a, b) => a + b, 0)).toBe(values.length);
      }),
    );
  });

  it("has a label: a class as it is, a value as a figure", () => {
    expect(labelOf({ label: "1.0" }, { target: twoClasses }, "en")).toBe("1.0");
    expect(labelOf({ label: "151.0" }, { target: value }, "en")).toBe("151");
    expect(labelOf({ label: "0.123456" }, { target: value }, "en")).toBe("0.1235");
  });
});

describe("lists of samples", () => {
  it("come in pages", () => {
    expect(pageOf(allSamples(25), 2, 10)).toEqual([20, 21, 22, 23, 24]);
    expect(pageOf(theseSamples([5, 9, 11]), 0, 2)).toEqual([5, 9]);
    expect(pageOf(allSamples(20), 2, 10)).toEqual([]);
    expect(pagesBetween(18, 41, 10)).toEqual([1, 2, 3, 4]);
    expect(pagesBetween(0, -1, 10)).toEqual([]);
  });

  it("of a table have names for features and for categories", () => {
    const facts: DatasetFacts = {
      ...base,
      sampleShape: [2],
      columns: [
        { name: "age", kind: "numeric", missing: 1 },
        { name: "city", kind: "categorical", missing: 0, categories: ["Seoul", "Busan"] },
      ],
    };
    expect(featureNames(facts, null)).toEqual(["age", "city"]);
    expect(featureNames({ ...base, sampleShape: [3] }, null)).toEqual(["0", "1", "2"]);
    const table = { ...base, sampleShape: [2], keys: ["id", "length", "kind", "width"] };
    const source = { type: "csv", path: "t.csv", target: "kind", task: "classification" } as const;
    expect(featureNames(table, null, { ...source, ignore: ["id"] })).toEqual(["length", "width"]);
    expect(featureNames(table, null, source)).toEqual(["0", "1"]);
    expect(cellText(1, facts.columns?.[1], "en")).toBe("Busan");
    expect(cellText(Number.NaN, facts.columns?.[1], "en")).toBeNull();
    expect(cellText(1234.5, facts.columns?.[0], "en")).toBe("1234.5");
    // 7 o'clock on the second day of 2020, as a sample has it.
    const dated = { ...base, sampleShape: [2], times: ["when"] };
    expect(rowCell(Float32Array.of(0.5, 18263 + 7 / 24), 1, "when", dated, "en")).toBe("2020-01-02");
    expect(rowCell(Float32Array.of(0.5, 18263), 0, "what", dated, "en")).toBe("0.5");
  });
});

const numbers = (change: Partial<NumberSummary>): NumberSummary => ({
  count: 10,
  missing: 0,
  mean: 0,
  deviation: 1,
  min: 0,
  q1: 0,
  median: 0,
  q3: 0,
  max: 0,
  distinct: 1,
  zeros: 0,
  histogram: null,
  ...change,
});
const columns: readonly ColumnSummary[] = [
  { name: "x10", role: "feature", kind: "numeric", numbers: numbers({ mean: 5, missing: 10 }) },
  { name: "city", role: "feature", kind: "categorical", count: 15, missing: 5, distinct: 3, categories: [] },
  { name: "x9", role: "ignored", kind: "numeric", numbers: numbers({ mean: null }) },
  { name: "y", role: "target", kind: "numeric", numbers: numbers({ mean: -2 }) },
];
const sorted = (field: (typeof columnFields)[number], descending: boolean) => sortColumns(columns, { field, descending }).map(({ name }) => name);

describe("the table of columns", () => {
  it("sorts by figures, what has none at the end either way", () => {
    expect(sorted("mean", true)).toEqual(["x10", "y", "city", "x9"]);
    expect(sorted("mean", false)).toEqual(["y", "x10", "city", "x9"]);
    expect(sorted("missing", true)).toEqual(["x10", "city", "x9", "y"]);
  });

  it("sorts names as people count, and gives the file's order back", () => {
    expect(sorted("name", false)).toEqual(["city", "x9", "x10", "y"]);
    expect(sortColumns(columns, null)).toBe(columns);
  });

  it("says the share of missing values of all rows", () => {
    expect(columns.map((column) => fieldOf(column, "missing"))).toEqual([0.5, 0.25, 0, 0]);
    for (const column of columns) for (const field of columnFields) expect(fieldOf(column, field)).not.toBeUndefined();
  });

  it("turns through largest first, smallest first and none", () => {
    const first = nextSorting(null, "mean");
    expect(first).toEqual({ field: "mean", descending: true });
    const second = nextSorting(first, "mean");
    expect(second).toEqual({ field: "mean", descending: false });
    expect(nextSorting(second, "mean")).toBeNull();
    expect(nextSorting(second, "name")).toEqual({ field: "name", descending: false });
  });
});

describe("the order of problems", () => {
  it("is the gravest first, then the most samples", () => {
    const problem = (severity: DataProblem["severity"], total: number): DataProblem => ({
      kind: "outliers",
      severity,
      title: "",
      remedy: "",
      total,
      items: [],
    });
    const order = sortProblems([problem("info", 900), problem("error", 1), problem("warning", 3), problem("error", 7)]);
    expect(order.map(({ severity, total }) => `${severity} ${total}`)).toEqual(["error 7", "error 1", "warning 3", "info 900"]);
  });
});

describe("the samples of a problem's item", () => {
  it("are its own and the one that it repeats", () => {
    expect(samplesOf({ sample: 5, detail: "in the test part, looks like sample 27804 in the training part" })).toEqual([5, 27804]);
    expect(samplesOf({ sample: 5, detail: { en: "the same as sample 3 (line 5)", ko: "표본 3 (line 5)와 같음" } })).toEqual([5, 3]);
    expect(samplesOf({ sample: 5, detail: "age is empty" })).toEqual([5]);
    expect(samplesOf({ sample: 5, detail: "sample 5" })).toEqual([5]);
    expect(samplesOf({ sample: null, detail: "sample 5" })).toEqual([]);
  });
});

describe("the list of data sets", () => {
  const iris: DatasetEntry = {
    name: "iris",
    title: { en: "Iris", ko: "붓꽃" },
    summary: { en: "150 flowers", ko: "꽃 150송이" },
    licence: "",
    source: "",
    facts: base,
  };
  const entries = entriesOf([{ id: "7", name: "My cats", source, addedAt: 1 }], [iris]);

  it("has one's own first, with the keys of the address", () => {
    expect(entries.map(({ key, own }) => [key, own])).toEqual([
      ["own:7", "7"],
      ["shipped:iris", null],
    ]);
  });

  it("is searched by every word, in names, summaries and paths", () => {
    const found = (text: string) => searchEntries(entries, text).map(({ name }) => name);
    expect(found("FLOWERS 150")).toEqual(["iris"]);
    expect(found("y.npy")).toEqual(["My cats"]);
    expect(found("cats iris")).toEqual([]);
    expect(found("  ")).toEqual(["My cats", "iris"]);
  });

  it("names a path by its end", () => {
    expect(["/home/ada/cats/", "C:\\data\\iris.csv", "x"].map(lastOfPath)).toEqual(["cats", "iris.csv", "x"]);
  });
});

describe("the fields of a source", () => {
  it("are those of its format, tuples as lists, without the type", () => {
    const images = sourceFields({ type: "images", path: "cats" });
    expect([...Object.keys(images?.schema.properties ?? {}), ...(images?.records ?? [])].sort()).toEqual(
      Object.keys(formats.images.schema.shape)
        .filter((field) => field !== "type")
        .sort(),
    );
    expect(images?.schema.properties?.["size"]?.items?.type).toBe("integer");
    expect(sourceFields({ type: "csv" })?.records).toContain("kinds");
    expect(sourceFields({ type: "nothing" })).toBeNull();
  });

  it("leave out what has a control elsewhere", () => {
    const [all, some] = [sourceFields({ type: "synthetic" }), sourceFields({ type: "synthetic" }, "noise")].map(
      (fields) => fields?.schema.properties?.["generator"]?.oneOf?.flatMap(({ properties }) => Object.keys(properties ?? {})) ?? [],
    );
    expect(all).toContain("noise");
    expect(some).not.toContain("noise");
    expect(some).toContain("samples");
  });

  it("with a value for each name are written line by line", () => {
    const kinds = { zip: "categorical", "a: b": "numeric" };
    expect(readRecord(showRecord(kinds))).toEqual(kinds);
    expect(readRecord("folds: 5\nname: x\n\nlist: [1, 2]")).toEqual({ folds: 5, name: "x", list: [1, 2] });
    expect(readRecord(" \n")).toBeUndefined();
    const read = sourceSchema.safeParse({ type: "csv", path: "a.csv", target: "y", kinds: readRecord("zip: categorical") });
    expect(read.success).toBe(true);
  });
});

describe("the columns of a table that is being added", () => {
  const table: DatasetFacts = { ...base, sampleShape: [3], keys: ["id", "when", "city", "kind"], times: ["when"] };
  const csv = { type: "csv", path: "t.csv", target: "kind", task: "classification" };

  it("are set line by line where they are those of a table, and not too many", () => {
    expect(hasRoles(table, csv)).toBe(true);
    expect(hasRoles({ ...table, sampleShape: [1, 2, 2] }, csv)).toBe(false);
    expect(hasRoles({ ...table, keys: Array.from({ length: 201 }, (_, i) => String(i)) }, csv)).toBe(false);
    expect(hasRoles(table, { type: "labelledImages" })).toBe(false);
    const listed = sourceFields(csv, "", true);
    expect(Object.keys(listed?.schema.properties ?? {})).toEqual(expect.arrayContaining(["path", "target", "task", "sampleShape"]));
    for (const name of ["ignore", "kinds"])
      expect([listed?.schema.properties?.[name], sourceFields(csv)?.all[name]?.title]).toEqual([undefined, expect.any(String)]);
    expect(listed?.records).not.toContain("kinds");
  });

  it("are ignored and used again, and leave nothing behind in the recipe", () => {
    expect(ignoredOf(csv)).toEqual([]);
    const ignored = withIgnored(ignoredOf({ ...csv, ignore: ["when"] }), "id", true);
    expect(ignored).toEqual(["when", "id"]);
    expect(withIgnored(["id"], "id", false)).toBeUndefined();
    expect(kindsOf({ ...csv, kinds: { id: "categorical", city: "something" } })).toEqual({ id: "categorical" });
    expect(withKind({ id: "categorical" }, "city", "numeric")).toEqual({ id: "categorical", city: "numeric" });
    expect(withKind({ id: "categorical" }, "id", "")).toBeUndefined();
  });

  it("say what they were taken for", () => {
    const known: DatasetFacts = { ...table, columns: [{ name: "city", kind: "categorical", missing: 0, categories: ["a"] }] };
    expect(["when", "city", "id"].map((name) => guessedKind(known, name))).toEqual(["time", "categorical", null]);
    expect(["when", "id"].map((name) => guessedKind(table, name))).toEqual(["time", "numeric"]);
    expect(guessedKind({ ...table, sampleShape: [2] }, "id")).toBeNull();
  });
});

describe("the fields of an augmentation", () => {
  const shown = (kind: "image" | "volume" | null) => {
    const rotate = chosenAlternative(recipeFields.properties?.["augmentation"]?.items ?? {}, { type: "rotate" });
    return suitableFields(rotate?.properties ?? {}, kind).map(([name]) => name);
  };

  it("are those that say something about the samples: an image has no planes that could tilt", () => {
    expect(shown("volume")).toEqual(["probability", "angle", "tilt", "outside"]);
    expect(shown("image")).toEqual(["probability", "angle", "outside"]);
    expect(shown(null)).toEqual(shown("volume"));
  });
});

describe("a plot", () => {
  const box = { left: 50, top: 10, width: 200, height: 100 };

  it("puts low at the left and at the bottom", () => {
    expect([pixelX(0, [0, 10], box), pixelX(10, [0, 10], box), pixelY(0, [0, 10], box), pixelY(10, [0, 10], box)]).toEqual([50, 250, 110, 10]);
    expect(pixelX(3, [3, 3], box)).toBe(150);
    expect(spanOf(2, 2)).toEqual([1.8, 2.2]);
    expect(spanOf(0, 0)).toEqual([-1, 1]);
  });

  it("has ticks inside its range", () => {
    expect(innerTicks(4.3, 7.9, 4, false)).toEqual([5, 6, 7]);
    expect(innerTicks(-0.04, 1.04, 5, false)).toEqual([0, 0.5, 1]);
  });

  it("finds the nearest point within reach, and goes from point to point", () => {
    const points = [
      { x: 0, y: 30 },
      { x: 10, y: 20 },
      { x: 5, y: 10 },
    ];
    expect(nearestPoint(points, 9, 19, 5)).toBe(1);
    expect(nearestPoint(points, 100, 100, 5)).toBeNull();
    expect(neighbour(points, null, "x", 1)).toBe(0);
    expect(neighbour(points, 0, "x", 1)).toBe(2);
    expect(neighbour(points, 1, "x", 1)).toBe(1);
    expect(neighbour(points, 0, "y", -1)).toBe(1);
    expect(neighbour([], null, "x", 1)).toBeNull();
  });

  it("knows the ends of a bin", () => {
    const histogram = { low: 0.1, high: 0.7, counts: [1, 2, 3] };
    expect(binRange(histogram, 2)[1]).toBe(0.7);
    expect(at(binRange(histogram, 1), 0)).toBeCloseTo(0.3, 12);
  });

  it("tells 70 series apart by colour and marker together", () => {
    expect(new Set(Array.from({ length: 70 }, (_, i) => `${seriesColor(i)} ${seriesMarker(i)}`)).size).toBe(70);
    for (let i = 0; i < 7; i++) expect(markerPath(seriesMarker(i), 3, 4, 2)).toMatch(/^M[-\d. LaZ]+Z$/);
  });
});

describe("correlations", () => {
  const matrix = [
    [1, 0.2, -0.9],
    [0.2, 1, null],
    [-0.9, null, 1],
  ];

  it("give the strongest pairs either way, each once", () => {
    expect(strongestPairs(matrix, 5)).toEqual([
      [0, 2],
      [0, 1],
    ]);
    expect(pairText(["a", "b", "c"], matrix, [0, 2])).toBe("a × c: −0.900");
    expect(pairText(["a", "b", "c"], matrix, [1, 2])).toBe("b × c: –");
  });
});

describe("a projection", () => {
  const name = (sample: number) => `#${sample}`;

  it("has a series a class", () => {
    const { series, points } = seriesOf(
      { points: [{ sample: 4, x: 1, y: 2, target: 1 }], explained: [0.6, 0.2] },
      {
        kind: "classification",
        classes: [
          { name: "a", count: 1 },
          { name: "b", count: 2 },
        ],
        entropy: 0.9,
      },
      name,
      String,
    );
    expect(series.map((one) => one.name)).toEqual(["a", "b"]);
    expect(points).toEqual([{ x: 1, y: 2, series: 1, name: "#4" }]);
  });

  it("has a series for each sixth of a value, in ascending order", () => {
    const points = Array.from({ length: 60 }, (_, i) => ({ sample: i, x: i, y: 0, target: 60 - i }));
    const drawn = seriesOf({ points, explained: [1, 0] }, { kind: "regression", values: [] }, name, String);
    expect(drawn.series).toHaveLength(6);
    expect(drawn.points[0]).toMatchObject({ series: 5, name: "#0, 60" });
    expect(drawn.points.at(-1)).toMatchObject({ series: 0 });
    const counts = drawn.series.map((_, index) => drawn.points.filter(({ series }) => series === index).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it("bears values that are all alike", () => {
    expect(quantileEdges([2, 2, 2], 6)).toEqual([2, 2]);
    expect(rangeOf(2, [2, 2])).toBe(0);
  });
});

describe("the words in Korean", () => {
  it("take the same values as those in English", () => {
    const holes = (words: unknown): unknown =>
      typeof words === "string"
        ? [...words.matchAll(/\{\{(\w+)/g)].map(([, hole]) => hole).sort()
        : Object.entries(words ?? {}).map(([key, inner]) => [key, holes(inner)]);
    expect(holes(ko.data)).toEqual(holes(en.data));
  });
});
