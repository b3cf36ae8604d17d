/** What the Data page says that training does with a column, against what the encoding makes of it. */
import { describe, expect, it } from "vitest";
import { treatmentsOf } from "../../src/renderer/features/data/treatment.ts";
import type { ColumnSummary, NumberSummary } from "../../src/shared/contract/inspection.ts";
import { encodedFeatures, encodingSchema } from "../../src/shared/recipe/encoding.ts";
import type { ColumnFacts, DatasetFacts } from "../../src/shared/recipe/facts.ts";

const numbers = (missing: number): NumberSummary => ({
  count: 40 - missing,
  missing,
  mean: 1,
  deviation: 1,
  min: 0,
  q1: 0,
  median: 1,
  q3: 2,
  max: 2,
  distinct: 3,
  zeros: 1,
  histogram: null,
});
const number = (name: string, missing: number, kind: "numeric" | "time" = "numeric", role: ColumnSummary["role"] = "feature"): ColumnSummary => ({
  name,
  role,
  kind,
  numbers: numbers(missing),
});
const text = (name: string, distinct: number, missing: number): ColumnSummary => ({
  name,
  role: "feature",
  kind: "categorical",
  count: 40 - missing,
  missing,
  distinct,
  categories: [],
});
const category = (name: string, count: number, missing: number): ColumnFacts => ({
  name,
  kind: "categorical",
  missing,
  categories: Array.from({ length: count }, (_, i) => `c${i}`),
});
const facts = (...columns: readonly ColumnFacts[]): DatasetFacts => ({
  name: "people",
  length: 40,
  sampleShape: [columns.length],
  elementType: "float32",
  target: { kind: "classification", classes: ["no", "yes"] },
  givenTest: 0,
  columns,
});

describe("what training does with a column", () => {
  it("is nothing for numbers without gaps", () => {
    expect(treatmentsOf(number("age", 0), facts())).toEqual([]);
  });

  it("fills gaps with the value that the encoding fills them with", () => {
    expect(treatmentsOf(number("age", 12), facts())).toEqual([{ does: "filled", count: 12, by: encodingSchema.parse({}).missing }]);
    expect(treatmentsOf(number("seen", 2, "time"), facts()).map(({ does }) => does)).toEqual(["days", "filled"]);
  });

  it("counts the features that the encoding makes of categories", () => {
    for (const [count, missing] of [
      [3, 0],
      [3, 5],
      [200, 0],
      [200, 7],
    ] as const) {
      const column = category("town", count, missing);
      const { names } = encodedFeatures(facts(column), encodingSchema.parse({}));
      const [first, ...rest] = treatmentsOf(text("town", count, missing), facts(column));
      expect(first).toEqual({ does: "oneHot", count: names.length });
      expect(rest.map(({ does }) => does)).toEqual([...(count > 64 ? ["others"] : []), ...(missing > 0 ? ["missingCategory"] : [])]);
    }
  });

  it("leaves out what is ignored and what is no feature, with the reason", () => {
    const reason = { en: "It counts the rows.", ko: "행을 셉니다." };
    expect(treatmentsOf(number("id", 0, "numeric", "ignored"), facts())).toEqual([{ does: "leftOut", reason: null }]);
    expect(treatmentsOf(number("id", 0, "numeric", "ignored"), { ...facts(), leftOutColumns: [{ name: "id", reason, takeIn: "numeric" }] })).toEqual([
      { does: "leftOut", reason },
    ]);
  });

  it("leaves rows without a target out", () => {
    expect(treatmentsOf(number("price", 3, "numeric", "target"), facts())).toEqual([{ does: "rowsLeftOut", count: 3 }]);
    expect(treatmentsOf(number("price", 0, "numeric", "target"), facts())).toEqual([]);
  });
});
