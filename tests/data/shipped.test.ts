/** The shipped data sets against figures that were computed without Descent (figures.py), and their manifests against the readers. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { shippedDataset, shippedDatasets } from "../../src/main/data/shipped.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { resourcesFolder } from "../../src/main/resources.ts";
import { english } from "../helpers/english.ts";
import figures from "./figures.json" with { type: "json" };
import { faultOf } from "./files.ts";

const everything = (dataset: Dataset) => dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));

function classCounts(targets: ArrayLike<number>, classes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(classes.map((name) => [name, 0]));
  for (const target of Array.from(targets)) counts[classes[target] ?? `class ${target}`] = (counts[classes[target] ?? `class ${target}`] ?? 0) + 1;
  return counts;
}

const total = (values: Iterable<number>) => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

const weighted = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value, i) => sum + (i + 1) * value, 0);

describe("shipped data sets", () => {
  it("are these", () => {
    expect(shippedDatasets().map(({ name }) => name)).toEqual(["breast-cancer", "diabetes", "digits", "fashion-mnist", "iris", "wine"]);
    expect(shippedDatasets().map(({ name }) => name)).toEqual(Object.keys(figures).sort());
  });

  it("are listed with a licence and a source each, in the table of their folder too", () => {
    const table = readFileSync(path.join(resourcesFolder(), "datasets", "README.md"), "utf8");
    for (const { name, title, summary, licence, source } of shippedDatasets()) {
      for (const text of [title, summary, licence, source]) expect(text).not.toBe("");
      const cells = table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
      expect(cells.find((row) => row[1] === `\`${name}\``)?.[4]?.toLowerCase()).toBe(licence.toLowerCase());
    }
  });

  it.each(shippedDatasets().map(({ name }) => name))("%s: the manifest's facts are what the reader finds", async (name) => {
    const { facts, reader } = shippedDataset(name);
    expect(await describeSource(reader)).toEqual(facts);
    expect((await openDataset(reader)).facts).toEqual(facts);
    expect(await describeSource({ type: "shipped", name })).toEqual(facts);
    expect(facts.name).toBe(name);
  });

  it.each(["iris", "wine", "breast-cancer", "digits"] as const)("%s: length, values and class counts", async (name) => {
    const expected = figures[name];
    const dataset = await openDataset({ type: "shipped", name });
    const { samples, targets } = await everything(dataset);
    expect(dataset.length).toBe(expected.length);
    expect(samples).toBeInstanceOf(Float32Array);
    expect(total(samples) / expected.sum).toBeCloseTo(1, 6);
    const middle = await dataset.fetch(Uint32Array.of(Math.floor(dataset.length / 2)));
    expect(weighted(middle.samples) / expected.middle).toBeCloseTo(1, 6);
    if (dataset.target.kind !== "classification") throw new Error("expected a classification");
    expect(classCounts(targets, dataset.target.classes)).toEqual(expected.classes);
    expect(targets).toEqual(await dataset.targets());
  });

  it("diabetes: a regression with its values", async () => {
    const expected = figures.diabetes;
    const dataset = await openDataset({ type: "shipped", name: "diabetes" });
    const { samples, targets } = await everything(dataset);
    expect(targets).toBeInstanceOf(Float32Array);
    expect(dataset.length).toBe(expected.length);
    expect(total(samples) / expected.sum).toBeCloseTo(1, 6);
    expect(total(targets)).toBe(expected.targets.sum);
    expect(targets[Math.floor(dataset.length / 2)]).toBe(expected.targets.middle);
  });

  it("fashion-mnist: 60,000 and then the 10,000 of its test part, as bytes", async () => {
    const expected = figures["fashion-mnist"];
    const dataset = await openDataset({ type: "shipped", name: "fashion-mnist" });
    const { samples, targets } = await everything(dataset);
    expect(samples).toBeInstanceOf(Uint8Array);
    expect(dataset.resident).toBe(true);
    expect(samples.length).toBe(expected.length * 28 * 28);
    expect(total(samples)).toBe(expected.sum);
    const middle = await dataset.fetch(Uint32Array.of(expected.length / 2));
    expect(weighted(middle.samples)).toBe(expected.middle);
    const numbers = Object.keys(expected.classes);
    expect(classCounts(targets, numbers)).toEqual(expected.classes);
    expect(classCounts(targets.slice(-dataset.givenTest), numbers)).toEqual(expected.testClasses);
    expect([...targets.slice(-8)]).toEqual(expected.lastLabels);
  });

  it("an unknown name is a fault that lists the names", async () => {
    const expected =
      'data.source.name: must be one of the data sets that come with Descent: breast-cancer, diabetes, digits, fashion-mnist, iris, wine; received "digit". Did you mean "digits"?';
    expect((await faultOf(openDataset({ type: "shipped", name: "digit" }))).message).toBe(expected);
    expect((await faultOf(describeSource({ type: "shipped", name: "digit" }))).message).toBe(expected);
    expect(english((await faultOf(describeSource({ type: "shipped", name: "imagenet" }))).problems[0]?.remedy)).toBe("Choose one of these.");
  });
});

describe("resourcesFolder", () => {
  it("holds the data sets", () => {
    expect(existsSync(path.join(resourcesFolder(), "datasets", "iris", "iris.csv"))).toBe(true);
  });
});
