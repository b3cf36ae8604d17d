/** What a run learned of its data: read back as it was written, and refused where it is sealed but of another shape. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { openSealedJson, sealedJson } from "../../src/main/storage/seal.ts";
import { PREPROCESSING_FILE, type Preprocessing, readPreprocessing, writePreprocessing } from "../../src/main/training/preprocessingFile.ts";
import { isRecord } from "../../src/shared/kit/record.ts";
import { temporaryFolder } from "../history/fixtures.ts";

const learned: Preprocessing = {
  facts: {
    name: "trees",
    length: 12,
    sampleShape: [2],
    elementType: "float32",
    target: { kind: "classification", classes: ["oak", "fir"] },
    givenTest: 0,
    columns: [
      { name: "height", kind: "numeric", missing: 1 },
      { name: "bark", kind: "categorical", missing: 0, categories: ["rough", "smooth"] },
    ],
    readings: { height: { decimal: "comma", unit: "m", missing: ["-"] } },
    leftOutColumns: [{ name: "row", reason: { en: "It counts the rows.", ko: "행의 번호입니다." }, takeIn: "numeric" }],
    guesses: [{ field: "header", said: { en: "A header.", ko: "머리글." }, instead: [{ label: { en: "None", ko: "없음" }, set: { header: false } }] }],
  },
  columns: [{ name: "height", kind: "numeric", missing: 1 }],
  classCounts: [5, 4],
  fills: new Map([["height", 3.5]]),
  kept: new Map([["bark", ["rough"]]]),
  standardization: { shape: [2], mean: Float32Array.of(1, 2), scale: Float32Array.of(0.5, 0.25) },
  targetStandardization: null,
};

it("is read back as it was written", async () => {
  const folder = temporaryFolder();
  expect(await readPreprocessing(folder)).toBeNull();
  await writePreprocessing(folder, learned);
  expect(await readPreprocessing(folder)).toEqual(learned);
});

it("is refused with the place where it does not fit, although its seal is whole", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, PREPROCESSING_FILE);
  await writePreprocessing(folder, learned);
  const opened = openSealedJson(readFileSync(file));
  const value = "value" in opened && isRecord(opened.value) ? opened.value : {};
  for (const [change, place] of [
    [{ format: "descent preprocessing 99" }, "format"],
    [{ fills: [["height", "high"]] }, "fills.0.1"],
    [{ facts: { ...learned.facts, target: { kind: "ranking" } } }, "facts.target.kind"],
    [{ standardization: { shape: [2], mean: null, scale: [1] } }, "standardization.mean"],
  ] as const) {
    writeFileSync(file, sealedJson({ ...value, ...change }));
    await expect(readPreprocessing(folder)).rejects.toThrow(`${place} does not fit`);
  }
});
