/** Columns that only count or name the rows are no features, and are named with the way to take them in; numbers that happen to differ stay. */
import { describe, expect, it } from "vitest";
import { openDataset } from "../../src/main/data/sources.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

const scratch = scratchFolder();
let files = 0;

/** A table of `count` rows with two features, the given column in front, and a class. */
async function featuresWith(name: string, value: (row: number) => unknown, count = 30, set: object = {}) {
  const rows = Array.from({ length: count }, (_, row) => `${value(row)},${Math.sin(row).toFixed(3)},${(row * 7) % 5},${row % 2 === 0 ? "a" : "b"}`);
  const path = scratch.write(`table${files++}.csv`, `"${name}",x1,x2,kind\n${rows.join("\n")}\n`);
  const source = { type: "csv", path, target: "kind", task: "classification", ...set } satisfies SourceConfig;
  const dataset = await openDataset(source);
  return { dataset, names: dataset.featureColumns?.map((column) => column.name) };
}

describe("columns that number the rows", () => {
  it.each(["Unnamed: 0", "index", "Index", "row", "row_number", "id", "ID", "...1", "level_0", "__index_level_0__", "rownames", "X", "No.", "번호", "序号"])(
    "%s, which counts from 0 or 1, is left out and named",
    async (name) => {
      for (const first of [0, 1]) {
        const { dataset, names } = await featuresWith(name, (row) => row + first, 6);
        expect(names).toEqual(["x1", "x2"]);
        expect(dataset.facts.leftOutColumns).toMatchObject([{ name, takeIn: "numeric" }]);
        expect(english(dataset.problems)).toMatchObject([{ kind: "identifierColumn", severity: "info" }]);
        expect(english(dataset.problems[0]?.remedy)).toContain(`{${JSON.stringify(name)}: "numeric"}`);
      }
    },
  );

  it("whatever they are called, where there are many rows", async () => {
    expect((await featuresWith("eintrag", (row) => row + 1)).names).toEqual(["x1", "x2"]);
    expect((await featuresWith("eintrag", (row) => row + 1, 8)).names).toEqual(["eintrag", "x1", "x2"]);
  });

  it.each(["day", "month", "t", "x", "time_step", "hour", "시간"])("%s stays a feature: it may say something", async (name) => {
    const { dataset, names } = await featuresWith(name, (row) => row + 1);
    expect(names).toEqual([name, "x1", "x2"]);
    expect(dataset.facts.leftOutColumns).toBeUndefined();
  });

  it("is taken in where the source says its kind", async () => {
    const { dataset, names } = await featuresWith("index", (row) => row, 30, { kinds: { index: "numeric" } });
    expect(names).toEqual(["index", "x1", "x2"]);
    expect([dataset.facts.leftOutColumns, dataset.problems]).toEqual([undefined, []]);
  });

  it("the only column beside the target is kept", async () => {
    const path = scratch.write("only.csv", `id,y\n${Array.from({ length: 30 }, (_, row) => `${row},${row * 2.5}`).join("\n")}\n`);
    const dataset = await openDataset({ type: "csv", path, target: "y", task: "regression" });
    expect([dataset.sampleShape, dataset.facts.leftOutColumns]).toEqual([[1], undefined]);
  });
});

describe("whole-number identifiers", () => {
  const shuffled = (row: number) => 1000 + ((row * 17) % 101);

  it.each(["id", "PassengerId", "customerID", "user_id", "uuid", "order_key", "account_number", "customerid", "고객번호", "회원 ID"])(
    "%s is left out where it differs in every row",
    async (name) => {
      const { dataset, names } = await featuresWith(name, shuffled);
      expect(names).toEqual(["x1", "x2"]);
      expect(dataset.facts.leftOutColumns).toMatchObject([{ name, takeIn: "numeric", reason: { en: expect.stringContaining("identifier") } }]);
    },
  );

  it.each(["income", "acid", "bid", "humid", "width", "number", "population"])("%s stays, though it differs in every row", async (name) => {
    expect((await featuresWith(name, shuffled)).names).toEqual([name, "x1", "x2"]);
  });

  it("an identifier that repeats, or a decimal, is a feature", async () => {
    expect((await featuresWith("store_id", (row) => row % 4)).names).toEqual(["store_id", "x1", "x2"]);
    expect((await featuresWith("user_id", (row) => row * 3.5)).names).toEqual(["user_id", "x1", "x2"]);
  });
});
