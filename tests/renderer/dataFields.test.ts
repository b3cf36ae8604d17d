/** Fields of the data that have nothing to say are left out, and come back as soon as they have. */
import { describe, expect, it } from "vitest";
import { columnOptions, idleFields } from "../../src/renderer/features/workbench/dataFields.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";

const IMAGES: DatasetFacts = {
  name: "digits",
  length: 100,
  sampleShape: [1, 8, 8],
  elementType: "uint8",
  target: { kind: "classification", classes: ["0", "1"] },
  givenTest: 0,
};
const ROWS: DatasetFacts = {
  ...IMAGES,
  sampleShape: [1],
  elementType: "float32",
  columns: [{ name: "colour", kind: "categorical", missing: 0, categories: ["red", "blue"] }],
  keys: ["patient", "day"],
};
const plain = { data: { source: { type: "shipped", name: "digits" }, split: {} } };
const problem = (place: string) => ({ place, expected: "must fit", received: "what does not", remedy: "Change it." });

describe("fields of the data", () => {
  it.each<[string, unknown, DatasetFacts | null, string | null, readonly string[]]>([
    ["images have no columns", plain, IMAGES, null, ["data.encoding", "data.split.group", "data.standardizeTargets"]],
    ["rows with categories have", plain, ROWS, null, ["data.standardizeTargets"]],
    ["values can be standardized, classes cannot", plain, { ...ROWS, target: { kind: "regression", names: ["price"] } }, null, []],
    ["unknown data may have", plain, null, null, []],
    ["what is set is shown", { data: { encoding: { missing: "zero" }, split: { group: "x" } } }, IMAGES, null, ["data.standardizeTargets"]],
    [
      "the defaults written out are not set",
      { data: { encoding: { missing: "median" }, split: { group: "" } } },
      IMAGES,
      null,
      ["data.encoding", "data.split.group", "data.standardizeTargets"],
    ],
    ["what is wrong is shown", plain, IMAGES, "data.encoding.missing", ["data.split.group", "data.standardizeTargets"]],
    ["what is no recipe is all shown but the group", { data: { encoding: 7 } }, IMAGES, null, ["data.split.group", "data.standardizeTargets"]],
  ])("%s", (_, recipe, facts, wrong, idle) => {
    expect(idleFields(recipe, facts, wrong === null ? [] : [problem(wrong)])).toEqual(idle);
  });

  it("name columns where the data have any", () => {
    const columns = [
      { value: "patient", label: "patient" },
      { value: "day", label: "day" },
    ];
    expect(columnOptions("data.split.method.column", ["patient", "day"], "none")).toEqual(columns);
    expect(columnOptions("data.split.group", ["patient", "day"], "none")).toEqual([{ value: "", label: "none" }, ...columns]);
    expect(columnOptions("data.split.group", [], "none")).toBeNull();
    expect(columnOptions("name", ["patient"], "none")).toBeNull();
  });
});
