/** Tables whose parts are files beside each other: train.csv, val.csv, test.csv. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { mapPaths, type SourceConfig } from "../../src/shared/recipe/sources.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();

let sets = 0;
function set(tables: Readonly<Record<string, string>>): (name: string) => string {
  const root = path.join(scratch.folder, `set${++sets}`);
  mkdirSync(root);
  for (const [name, text] of Object.entries(tables)) writeFileSync(path.join(root, name), text);
  return (name) => path.join(root, name);
}

async function read(source: SourceConfig) {
  const dataset = await openDataset(source);
  expect(await describeSource(source)).toEqual(dataset.facts);
  const { samples } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  await dataset.close();
  return {
    facts: dataset.facts,
    samples: [...samples],
    targets: [...(await dataset.targets())],
    problems: dataset.problems,
    places: Array.from({ length: dataset.length }, (_, i) => dataset.place(i)),
  };
}

const TRAIN = "width,colour,kind\n1,red,a\n2,blue,b\n3,red,a\n4,blue,b\n";

describe("tables beside each other", () => {
  it("are the parts of one set, the test part last", async () => {
    const at = set({ "train.csv": TRAIN, "dev.csv": "width,colour,kind\n5,red,b\n", "test.csv": "kind,colour,width\nb,green,6\na,red,7\n" });
    const source = await detectSource(at("train.csv"));
    expect(source).toMatchObject({ type: "csv", path: at("train.csv"), validationPath: at("dev.csv"), testPath: at("test.csv"), target: "kind" });
    const { facts, samples, targets, problems, places } = await read(source);
    expect(facts).toMatchObject({ length: 7, givenValidation: 1, givenTest: 2, target: { kind: "classification", classes: ["a", "b"] } });
    // Colours by name: blue, green, red.
    expect(samples).toEqual([1, 2, 2, 0, 3, 2, 4, 0, 5, 2, 6, 1, 7, 2]);
    expect(targets).toEqual([0, 1, 0, 1, 1, 1, 0]);
    expect(problems).toEqual([]);
    expect(places.slice(3)).toEqual(["line 5", "dev.csv, line 2", "test.csv, line 2", "test.csv, line 3"]);
    expect(mapPaths(source, path.basename)).toMatchObject({ path: "train.csv", validationPath: "dev.csv", testPath: "test.csv" });
  });

  it.each([
    ["titanic_train.csv", "titanic_test.csv"],
    ["TrainingSet.csv", "TestSet.csv"],
    ["train-00000-of-00001.tsv", "test-00000-of-00001.tsv"],
  ])("%s and %s", async (train, test) => {
    const at = set({ [train]: TRAIN.replaceAll(",", "\t"), [test]: "width\tcolour\tkind\n9\tred\tb\n", "contest.csv": TRAIN, "restaurant.csv": TRAIN });
    const source = await detectSource(at(train));
    expect(source).toMatchObject({ testPath: at(test) });
    expect((await read(source)).facts).toMatchObject({ length: 5, givenTest: 1 });
  });

  it("without a target are no test part, and are named", async () => {
    const at = set({ "train.csv": TRAIN, "test.csv": "width,colour\n6,green\n" });
    const source = await detectSource(at("train.csv"));
    expect(source).not.toHaveProperty("testPath");
    const { facts, problems } = await read(source);
    expect(facts).toMatchObject({ length: 4, givenTest: 0 });
    expect(problems.map(({ severity, title, remedy }) => [severity, title, remedy])).toEqual([
      [
        "info",
        '"test.csv" next to it is not used',
        "If its rows have the target, name it in data.source.testPath. If they have none, predict them after training.",
      ],
    ]);
    expect((await faultOf(openDataset({ ...source, testPath: at("test.csv") } as SourceConfig))).message).toBe(
      `${at("test.csv")}: must have the columns of train.csv; received no column "kind". Without the target it cannot be a test part: leave data.source.testPath out, and predict these rows after training.`,
    );
  });

  it("keep the rows that have a target, and what is wrong in them is told of the right file", async () => {
    const at = set({ "train.csv": `${TRAIN},red,a\n5,red,\n`, "test.csv": "width,colour,kind\n6,red,\n7,blue,a\n" });
    const { facts, problems } = await read(await detectSource(at("train.csv")));
    expect(facts).toMatchObject({ length: 6, givenTest: 1 });
    expect(problems.map(({ kind, items }) => [kind, ...items.map(({ detail }) => detail)])).toEqual([["missingValues", "line 7", "test.csv, line 2"]]);
  });

  it("are Parquet files as well", async () => {
    const at = set({});
    mkdirSync(path.dirname(at("x")), { recursive: true });
    for (const name of ["train.parquet", "test.parquet"]) copyFileSync(path.join(import.meta.dirname, "fixtures", "tables", "plain.parquet"), at(name));
    const source = await detectSource(at("train.parquet"));
    expect(source).toMatchObject({ type: "parquet", testPath: at("test.parquet") });
    const { facts } = await read(source);
    expect(facts.givenTest).toBe(facts.length / 2);
  });
});
