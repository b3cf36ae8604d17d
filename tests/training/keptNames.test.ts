/** A run goes on only where its classes, columns and categories mean what they meant as it began. */
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { requireKeptNames } from "../../src/main/training/keptNames.ts";
import { prepareData } from "../../src/main/training/prepare.ts";
import { preprocessingOf } from "../../src/main/training/preprocessing.ts";
import { type Preprocessing, writePreprocessing } from "../../src/main/training/preprocessingFile.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { faultOf, scratchFolder } from "../data/files.ts";
import { english } from "../helpers/english.ts";

const scratch = scratchFolder();

it("other classes, columns or categories are refused, with what became of them", async () => {
  const rows = Array.from({ length: 60 }, (_, row) => `${(row * 0.37).toFixed(2)},${["2", "10", "some"][row % 3]},${[1, 2, 10][(row * 7) % 3]}`);
  const file = scratch.write("runs.csv", `x,size,kind\n${rows.join("\n")}\n`);
  const recipe = requireRecipe({
    data: { source: { type: "csv", path: file, target: "kind" } },
    model: { layers: [{ type: "dense", units: 3 }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "adam" },
  });
  const data = await prepareData(recipe);
  const learned = await preprocessingOf(recipe, data);
  const kept = async (change: (before: Preprocessing) => Partial<Preprocessing>) => {
    const folder = mkdtempSync(path.join(scratch.folder, "run-"));
    await writePreprocessing(folder, { ...learned, ...change(learned) });
    return requireKeptNames(folder, data);
  };
  await kept(() => ({}));
  await requireKeptNames(scratch.folder, data);
  const problemOf = async (change: (before: Preprocessing) => Partial<Preprocessing>) => (await faultOf(kept(change))).problems[0];

  const classes = await problemOf(({ facts }) => ({ facts: { ...facts, target: { kind: "classification", classes: ["1", "10", "2"] } } }));
  expect(english(classes?.expected)).toBe('must have its classes as when the run began: "1", "10", "2"');
  expect(english(classes?.received)).toContain('"1", "2", "10", in another order. Numeric names are now sorted as numbers');
  const categories = await problemOf(({ columns }) => ({
    columns: (columns ?? []).map((column) => (column.kind === "categorical" ? { ...column, categories: ["10", "2", "some"] } : column)),
  }));
  expect(english(categories?.expected)).toBe('must have the categories of "size" as when the run began: "10", "2", "some"');
  const columns = await problemOf(({ columns: before }) => ({ columns: [{ name: "id", kind: "numeric", missing: 0 }, ...(before ?? [])] }));
  expect([columns?.expected, columns?.received]).toEqual([
    'must have its feature columns as when the run began: "id", "x", "size"',
    '"x", "size", other names: the data have changed since, or are read differently now',
  ]);
  await data.close();
});
