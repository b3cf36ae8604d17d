/** Names of classes: numbers in their order everywhere, and spellings of one name told and merged with one option. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openGiven } from "../../src/main/data/given/open.ts";
import { compareNames } from "../../src/main/data/nameOrder.ts";
import { nameKey, spellingsOf } from "../../src/main/data/nameSpelling.ts";
import { RED } from "../../src/main/data/readers/sampleImages.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { withAlternative } from "../../src/shared/recipe/guess.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
let files = 0;

function table(rows: readonly string[], set: object = {}) {
  const file = scratch.write(`table${files++}.csv`, `x,colour,kind\n${rows.join("\n")}\n`);
  return { type: "csv", path: file, target: "kind", task: "classification", ...set } satisfies SourceConfig;
}

/** A folder for each class, with as many images as are said. */
function images(classes: Readonly<Record<string, number>>): SourceConfig {
  const folder = path.join(scratch.folder, `images${files++}`);
  for (const [name, count] of Object.entries(classes)) {
    mkdirSync(path.join(folder, name), { recursive: true });
    for (let i = 0; i < count; i++) writeFileSync(path.join(folder, name, `p${i}.png`), RED);
  }
  return { type: "images", path: folder, fit: "stretch", channels: "auto" };
}

const classesOf = async (source: SourceConfig) => {
  const { target } = await describeSource(source);
  return target.kind === "classification" ? target.classes : [];
};

describe("the order of names", () => {
  it("numbers by their numbers, before other names", () => {
    const names = ["b", "10", "2", "a10", "1.5", "-1", "a2", "3 cats", "01", "1", "Z", ""];
    expect(names.toSorted(compareNames)).toEqual(["-1", "01", "1", "1.5", "2", "10", "", "3 cats", "Z", "a10", "a2", "b"]);
  });

  it("of a table's target and categories", async () => {
    const rows = Array.from({ length: 24 }, (_, row) => `${row * 0.7},${["10", "9", "other"][row % 3]},${[10, 2, 1, 33][row % 4]}`);
    const facts = await describeSource(table(rows));
    expect(facts.target).toMatchObject({ classes: ["1", "2", "10", "33"] });
    expect(facts.columns?.find(({ name }) => name === "colour")).toMatchObject({ categories: ["9", "10", "other"] });
  });

  it("of folders of classes", async () => {
    expect(await classesOf(images({ "10": 2, "2": 2, "1": 2, other: 2 }))).toEqual(["1", "2", "10", "other"]);
  });
});

describe("spellings of a name", () => {
  it.each([
    ["setosa", ["Setosa", "SETOSA", " setosa", "setosa ", "setosa.", "se\u00adtosa", "setosa\u00a0"]],
    ["New York", ["new york", "New  York", "NewYork", "New\tYork"]],
    ["U.S.", ["us", "U. S.", "US"]],
    ["caf\u00e9", ["cafe\u0301", "CAF\u00c9"]],
    ["\uac00", ["\u1100\u1161"]],
    ["ABC", ["\uff21\uff22\uff23"]],
    ["stra\u00dfe", ["STRASSE"]],
  ])("%s", (name, others) => {
    for (const other of others) expect([other, nameKey(other)]).toEqual([other, nameKey(name)]);
  });

  it("other names stay apart", () => {
    for (const [a, b] of [
      ["1.5", "15"],
      ["1", "1.0"],
      ["setosa", "setosa2"],
      ["cafe", "caf\u00e9"],
      ["-1", "1"],
      ["a-b", "ab"],
      [".", ".."],
      ["a", "A"],
    ] as const)
      expect([a, b, nameKey(a) === nameKey(b)]).toEqual([a, b, false]);
  });

  it("the most frequent one stands for all", () => {
    expect(spellingsOf(["Setosa ", "iris", "setosa", "setosa."], [1, 9, 5, 2])).toEqual([{ name: "setosa", all: ["Setosa ", "setosa", "setosa."] }]);
    expect(spellingsOf(["Rot ", "rot"], [3, 1])[0]?.name).toBe("Rot");
    expect(spellingsOf(["ab", "AB"], [3, 0])).toEqual([]);
  });
});

describe("in a table", () => {
  const KINDS = ["setosa", "setosa", "Setosa", "virginica", "virginica", "setosa.", "Virginica"];
  const COLOURS = ["red", "red", "RED", "blue", "blue", "Blue"];
  const rows = Array.from({ length: 70 }, (_, row) => `${(row * 0.37).toFixed(2)},${COLOURS[row % 6]},${KINDS[row % 7]}`);

  it("they are told of the target and of features, and merged by one click each", async () => {
    const source = table(rows);
    const dataset = await openDataset(source);
    expect(dataset.target).toMatchObject({ classes: ["Setosa", "Virginica", "setosa", "setosa.", "virginica"] });
    const told = dataset.problems.filter(({ kind }) => kind === "similarNames");
    expect(told.map(({ severity, title }) => [severity, english(title).split(":")[0]])).toEqual([
      ["warning", 'Column "kind"'],
      ["warning", 'Column "colour"'],
    ]);
    expect(told[0]?.items[0]).toMatchObject({ place: "setosa", detail: '"Setosa", "setosa", "setosa."' });
    const guesses = dataset.guesses.filter(({ field }) => field === "mergeNames");
    expect(guesses.map(({ instead }) => instead[0]?.set)).toEqual([{ mergeNames: ["kind"] }, { mergeNames: ["colour"] }]);
    const [first] = guesses.flatMap(({ instead }) => instead);
    if (first === undefined) throw new Error("no alternative");
    const merged = await openDataset(withAlternative(source, first));
    expect(merged.target).toMatchObject({ classes: ["setosa", "virginica"] });
    expect([...(await merged.targets())].slice(0, 7)).toEqual([0, 0, 0, 1, 1, 0, 1]);
    expect(merged.guesses.map(({ instead }) => instead[0]?.set)).toEqual([{ mergeNames: ["kind", "colour"] }]);
    const both = await openDataset(table(rows, { mergeNames: ["kind", "colour"] }));
    expect([both.guesses, both.problems]).toEqual([[], []]);
    expect(both.columns).toMatchObject([{ name: "x" }, { name: "colour", categories: ["blue", "red"] }]);
  });

  it("other spellings in what is predicted later are known", async () => {
    const source = table(rows, { mergeNames: ["kind", "colour"] });
    const dataset = await openDataset(source);
    const later = scratch.write("later.csv", "colour,x,kind\nBLUE.,1,SETOSA\nred,2,virginica\ngreen,3,?\n");
    const given = await openGiven(later, { source, facts: dataset.facts, columns: dataset.featureColumns ?? null });
    const { samples } = await given.fetch(Uint32Array.of(0, 1, 2));
    expect([...samples]).toEqual([1, 0, 2, 1, 3, 2]);
    expect([given.truth(0), given.truth(1)]).toEqual(["setosa", "virginica"]);
    await given.close();
  });

  it("a column that is not there is told", async () => {
    const fault = await faultOf(openDataset(table(rows, { mergeNames: ["colours"] })));
    expect(english(fault.problems)).toMatchObject([{ place: "data.source.mergeNames", remedy: 'Did you mean "colour"?' }]);
  });
});

describe("in folders of classes", () => {
  it("they are told, and merged with one click", async () => {
    const source = images({ cats: 2, "Cats.": 1, dogs: 2 });
    const facts = await describeSource(source);
    expect(facts.target).toMatchObject({ classes: ["Cats.", "cats", "dogs"] });
    const [guess] = facts.guesses ?? [];
    expect([guess?.field, guess?.instead[0]?.set]).toEqual(["mergeNames", { mergeNames: true }]);
    const merged = await openDataset({ ...source, mergeNames: true } as SourceConfig);
    expect([merged.target, merged.length, merged.guesses]).toMatchObject([{ classes: ["cats", "dogs"] }, 5, []]);
    await merged.close();
  });

  it("in a table of labels too", async () => {
    const source = images({ all: 4 });
    if (source.type !== "images") throw new Error("no images");
    const labels = scratch.write("labels.csv", "file,kind\np0,cat\np1,Cat\np2,dog\np3,cat\n");
    const labelled = { ...source, type: "labelledImages", labels, file: "file", target: "kind", task: "classification" } as const;
    expect((await describeSource(labelled)).guesses).toMatchObject([{ field: "mergeNames", instead: [{ set: { mergeNames: true } }] }]);
    expect(await classesOf({ ...labelled, mergeNames: true })).toEqual(["cat", "dog"]);
  });
});
