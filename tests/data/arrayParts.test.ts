/** Parts of arrays: inside one file, and in files beside each other (fixtures/folders.py). */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { classNamesOf, pairByNames, pairsOf, partner } from "../../src/main/data/arrays/arrayNames.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { withAlternative } from "../../src/shared/recipe/guess.ts";
import { mapPaths } from "../../src/shared/recipe/sources.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const FIXTURES = path.join(import.meta.dirname, "fixtures", "folders");
const fixture = (name: string) => path.join(FIXTURES, name);

beforeAll(() => {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
});

async function dropped(file: string) {
  const source = await detectSource(file);
  const dataset = await openDataset(source);
  expect(await describeSource(source)).toEqual(dataset.facts);
  const { samples, targets } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  await dataset.close();
  return { source, facts: dataset.facts, firsts: Array.from({ length: dataset.length }, (_, i) => samples[6 * i]), targets: [...targets] };
}

describe("inside an HDF5 file", () => {
  it("are found by the groups", async () => {
    const { source, facts, firsts, targets } = await dropped(fixture("groups.h5"));
    expect(source).toEqual({
      type: "hdf5",
      path: fixture("groups.h5"),
      samples: "/train/images",
      labels: "/train/labels",
      testSamples: "/test/images",
      testLabels: "/test/labels",
      task: "classification",
    });
    expect(facts).toEqual({
      name: "groups",
      length: 6,
      sampleShape: [1, 2, 3],
      elementType: "uint8",
      target: { kind: "classification", classes: ["0", "1"] },
      givenTest: 2,
    });
    expect(firsts).toEqual([0, 6, 12, 18, 100, 106]);
    expect(targets).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("are found by the names, the validation part in front of the test part", async () => {
    const { facts, firsts } = await dropped(fixture("three.h5"));
    expect(facts).toMatchObject({ length: 8, givenValidation: 2, givenTest: 2 });
    expect(firsts).toEqual([0, 6, 12, 18, 50, 56, 100, 106]);
    const { source } = await dropped(fixture("kinds-first.h5"));
    expect(source).toMatchObject({ samples: "/images/train", labels: "/labels/train", validationSamples: "/images/dev", validationLabels: "/labels/dev" });
  });

  it("are told where the source does not name them, and one click takes them in", async () => {
    const source = { type: "hdf5", path: fixture("groups.h5"), samples: "train/images", labels: "train/labels", task: "classification" } as const;
    const facts = await describeSource(source);
    expect(facts).toMatchObject({ length: 4, givenTest: 0 });
    expect(facts.guesses?.map(({ said }) => said.en)).toEqual(['The file also holds a test part, "/test/images" with "/test/labels", which is not used.']);
    const [alternative] = facts.guesses?.[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("nothing to click");
    expect(await describeSource(withAlternative(source, alternative))).toMatchObject({ length: 6, givenTest: 2 });
  });

  it("without labels are named", async () => {
    const { facts } = await dropped(fixture("unlabelled.h5"));
    expect(facts).toMatchObject({ length: 4, givenTest: 0 });
    expect(facts.guesses?.map(({ said }) => said.en)).toEqual(['"/test/data" has no labels and is left out.']);
  });

  it("need samples and labels", async () => {
    const source = {
      type: "hdf5",
      path: fixture("groups.h5"),
      samples: "train/images",
      labels: "train/labels",
      testSamples: "test/images",
      task: "classification",
    } as const;
    expect((await faultOf(openDataset(source))).message).toContain("data.source.testLabels: is required with testSamples");
  });
});

describe("in files beside each other", () => {
  it("are two HDF5 files, with the names of the classes in them", async () => {
    const { source, facts, firsts } = await dropped(fixture("train_catvnoncat.h5"));
    expect(source).toMatchObject({ samples: "/train_set_x", testPath: fixture("test_catvnoncat.h5"), testSamples: "/test_set_x", testLabels: "/test_set_y" });
    expect(facts).toMatchObject({ length: 6, givenTest: 2, target: { classes: ["non-cat", "cat"] } });
    expect(firsts).toEqual([0, 6, 12, 18, 100, 106]);
    expect(mapPaths(source, path.basename)).toMatchObject({ path: "train_catvnoncat.h5", testPath: "test_catvnoncat.h5" });
    const folder = path.join(scratch.folder, "course");
    mkdirSync(folder);
    for (const name of ["train_catvnoncat.h5", "test_catvnoncat.h5"]) copyFileSync(fixture(name), path.join(folder, name));
    expect(await detectSource(folder)).toEqual(mapPaths(source, (file) => path.join(folder, path.basename(file))));
    // The test file alone is what it is.
    expect((await dropped(fixture("test_catvnoncat.h5"))).facts).toMatchObject({ length: 2, givenTest: 0 });
  });

  it("are .npy files", async () => {
    const { source, facts } = await dropped(fixture("x_train.npy"));
    expect(source).toEqual({
      type: "npy",
      samples: fixture("x_train.npy"),
      labels: fixture("y_train.npy"),
      validationSamples: fixture("x_valid.npy"),
      validationLabels: fixture("y_valid.npy"),
      testSamples: fixture("x_test.npy"),
      testLabels: fixture("y_test.npy"),
      task: "classification",
    });
    expect(facts).toMatchObject({ length: 8, givenValidation: 2, givenTest: 2 });
    expect(mapPaths(source, path.basename)).toMatchObject({ validationLabels: "y_valid.npy", testSamples: "x_test.npy" });
    expect(await detectSource(fixture("x_test.npy"))).toEqual({
      type: "npy",
      samples: fixture("x_test.npy"),
      labels: fixture("y_test.npy"),
      task: "classification",
    });
    expect(
      (
        await faultOf(
          openDataset({
            type: "npy",
            samples: fixture("x_train.npy"),
            labels: fixture("y_train.npy"),
            testLabels: fixture("y_test.npy"),
            task: "classification",
          }),
        )
      ).message,
    ).toContain("data.source.testSamples: is required with testLabels");
  });

  it("of another shape or damaged are no parts of it", async () => {
    const folder = path.join(scratch.folder, "misfits");
    mkdirSync(folder);
    for (const name of ["x_train.npy", "y_train.npy", "y_test.npy", "y_valid.npy"]) copyFileSync(fixture(name), path.join(folder, name));
    copyFileSync(fixture("y_test.npy"), path.join(folder, "x_test.npy"));
    writeFileSync(path.join(folder, "x_valid.npy"), "cut");
    const { source } = await dropped(path.join(folder, "x_train.npy"));
    expect(Object.keys(source)).toEqual(["type", "samples", "labels", "task"]);
  });

  it("are in an .npz", async () => {
    expect((await dropped(fixture("parts.npz"))).facts).toMatchObject({ length: 8, givenValidation: 2, givenTest: 2 });
  });
});

describe("IDX files of several data sets in one folder", () => {
  const FASHION = path.resolve(import.meta.dirname, "../../resources/datasets/fashion-mnist");

  it("are taken by their names, whatever is in front", async () => {
    const folder = path.join(scratch.folder, "emnist");
    mkdirSync(folder);
    const names = ["digits-test", "digits-train", "letters-test", "letters-train"];
    for (const name of names)
      for (const kind of ["images-idx3-ubyte.gz", "labels-idx1-ubyte.gz"])
        copyFileSync(path.join(FASHION, `t10k-${kind}`), path.join(folder, `emnist-${name}-${kind}`));
    const of = (name: string) => ({
      type: "idx",
      samples: path.join(folder, `emnist-${name}-train-images-idx3-ubyte.gz`),
      labels: path.join(folder, `emnist-${name}-train-labels-idx1-ubyte.gz`),
      testSamples: path.join(folder, `emnist-${name}-test-images-idx3-ubyte.gz`),
      testLabels: path.join(folder, `emnist-${name}-test-labels-idx1-ubyte.gz`),
    });
    expect(await detectSource(folder)).toEqual(of("digits"));
    expect(await detectSource(of("letters").testLabels)).toEqual(of("letters"));
  });
});

describe("names of arrays", () => {
  const named = (...paths: readonly (readonly [string, ...number[]])[]) => paths.map(([path, ...shape]) => ({ path, shape }));

  it("say what is samples and what is labels", () => {
    expect(pairsOf(named(["/data/x", 9, 4], ["/data/y", 9])).train).toEqual({ samples: "/data/x", labels: "/data/y" });
    expect(pairsOf(named(["/images/data", 9, 4, 4], ["/labels/data", 9])).train).toEqual({ samples: "/images/data", labels: "/labels/data" });
    expect(pairsOf(named(["/a", 9, 4], ["/b", 9])).train).toEqual({ samples: "/a", labels: "/b" });
    expect(pairsOf(named(["/a", 9, 4], ["/b", 8])).train).toBeNull();
    expect(pairsOf(named(["/x_train", 9, 4], ["/y_train", 9], ["/x_eval", 3, 4], ["/y_eval", 3], ["/x_dev", 2, 4], ["/y_dev", 2]))).toMatchObject({
      validation: { samples: "/x_dev" },
      test: { samples: "/x_eval" },
    });
    expect(pairByNames(["trainimages", "trainlabels", "testimages", "testlabels"])).toEqual({ samples: "trainimages", labels: "trainlabels" });
    expect(pairByNames(["a", "b"])).toBeNull();
  });

  it("say what is the same array of another part", () => {
    expect(partner(["x", "y", "x_test", "y_test"], "x", "test")).toBe("x_test");
    expect(partner(["trainimages", "testlabels", "testimages"], "trainimages", "test")).toBe("testimages");
    expect(partner(["X_TRAIN", "latest_x", "x_Dev"], "X_TRAIN", "validation")).toBe("x_Dev");
    expect(partner(["train.h5", "contest.h5"], "train.h5", "test")).toBeUndefined();
  });

  it("say the classes", () => {
    expect(classNamesOf(named(["/list_classes", 2], ["/labels", 9]))).toBe("/list_classes");
    expect(classNamesOf(named(["/meta/label_names", 2]))).toBe("/meta/label_names");
    expect(classNamesOf(named(["/labels", 9], ["/classes", 9]))).toBeNull();
  });
});
