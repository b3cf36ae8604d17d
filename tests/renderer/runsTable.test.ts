/** The table of runs, without a page: keys and selection, which columns there is room for, the list of columns, and how fields of recipes read. */
import { describe, expect, it } from "vitest";
import { withColumn, withColumnAt, withoutColumn } from "../../src/renderer/features/runs/columnList.ts";
import { fitColumns, GAP_PIXELS } from "../../src/renderer/features/runs/fit.ts";
import { columnTitle, fullTitle, isNumeric, recipePaths, searchPaths, sortValue, valueText } from "../../src/renderer/features/runs/recipeColumn.ts";
import { destination, movedTo, rangeTo, type Selection, toggled } from "../../src/renderer/features/runs/selection.ts";

const rows = ["a", "b", "c", "d", "e"];
const nothing: Selection = { current: null, anchor: null, selected: new Set() };
const chosen = ({ selected }: Selection) => [...selected].toSorted().join("");

describe("keys", () => {
  it("lead to a row, never past the ends", () => {
    expect([-1, 0, 3, 4].map((from) => destination("ArrowDown", from, 5))).toEqual([0, 1, 4, 4]);
    expect([0, 3].map((from) => destination("ArrowUp", from, 5))).toEqual([0, 2]);
    expect([destination("Home", 3, 5), destination("End", 0, 5), destination("PageDown", 1, 40), destination("PageUp", 20, 40)]).toEqual([0, 4, 16, 5]);
    expect(destination("x", 0, 5)).toBeUndefined();
  });

  it("with Shift select from where the range began, in both directions", () => {
    const started = movedTo(nothing, rows, "c", false);
    expect(chosen(started)).toBe("");
    const down = movedTo(movedTo(started, rows, "d", true), rows, "e", true);
    expect(chosen(down)).toBe("cde");
    expect(chosen(movedTo(down, rows, "b", true))).toBe("bcde");
    expect(down.anchor).toBe("c");
  });

  it("with Space and a click add and take away one row, which the next range begins at", () => {
    const one = toggled(nothing, "b");
    expect(chosen(one)).toBe("b");
    expect(chosen(toggled(one, "b"))).toBe("");
    expect(chosen(rangeTo(one, rows, "d"))).toBe("bcd");
    expect(chosen(rangeTo(nothing, rows, "d"))).toBe("d");
  });
});

describe("columns", () => {
  const columns = [
    { id: "name", least: 100, priority: null },
    { id: "loss", least: 50, priority: 2 },
    { id: "curve", least: 80, priority: 1 },
    { id: "accuracy", least: 50, priority: 3 },
    { id: "time", least: 50, priority: 2 },
  ];
  const shownAt = (width: number) => fitColumns(columns, width).shown.map(({ id }) => id);
  const all = 330 + 5 * GAP_PIXELS;

  it("go where there is no room for them, the least telling first, and of equals the last", () => {
    expect(shownAt(all)).toEqual(["name", "loss", "curve", "accuracy", "time"]);
    expect(shownAt(all - 1)).toEqual(["name", "loss", "accuracy", "time"]);
    expect(shownAt(all - 91)).toEqual(["name", "loss", "accuracy"]);
    expect(fitColumns(columns, 0).hidden.map(({ id }) => id)).toEqual(["curve", "time", "loss", "accuracy"]);
    expect(shownAt(0)).toEqual(["name"]);
  });

  it("are added once, moved and removed", () => {
    expect(withColumn(["a", "b"], "b")).toEqual(["a", "b"]);
    expect(withColumn(["a", "b"], "c")).toEqual(["a", "b", "c"]);
    expect(withColumnAt(["a", "b", "c"], "a", 2)).toEqual(["b", "c", "a"]);
    expect(withColumnAt(["a", "b", "c"], "c", -1)).toEqual(["c", "a", "b"]);
    expect(withColumnAt(["a", "b"], "x", 0)).toEqual(["a", "b"]);
    expect(withoutColumn(["a", "b"], "a")).toEqual(["b"]);
  });
});

describe("a field of the recipe as a column", () => {
  it("is called by its title, and found by path and title in both languages", () => {
    expect(columnTitle("optimizer.lr", "en")).toBe("Learning rate");
    expect(fullTitle("batch.size", "en")).toMatch(/Batch size$/);
    // A choice is called as what is chosen.
    expect(columnTitle("optimizer.type", "en")).toBe("Optimizer");
    expect(searchPaths("optimizer.lr", "en")[0]).toBe("optimizer.lr");
    expect(searchPaths("learning rate", "ko")).toContain("optimizer.lr");
    expect(searchPaths(columnTitle("batch.size", "ko"), "ko")).toContain("batch.size");
    expect(searchPaths("no such thing", "en")).toEqual([]);
    expect(recipePaths.length).toBeGreaterThan(80);
  });

  it("shows false, 0, an empty text and a field that is not there apart", () => {
    const texts = [false, 0, "", undefined].map((value) => valueText("batch.dropLast", value, "en"));
    expect(texts).toEqual(["false", "0", '""', null]);
    expect(new Set(texts).size).toBe(4);
    expect(valueText("optimizer.lr", 0.1 + 0.2, "en")).toBe("0.3");
    expect(valueText("optimizer.lr", 0.00001, "en")).toBe("0.00001");
    expect(valueText("model.layers", ["dense", "relu"], "en")).toBe("dense · relu");
    expect(valueText("optimizer.type", "adamw", "en")).not.toBeNull();
    expect(valueText("batch.size", "full", "en")).not.toBeNull();
  });

  it("sorts numbers as numbers, and what is not there as nothing", () => {
    expect([0.001, false, true, undefined].map((value) => sortValue("x", value, "en"))).toEqual([0.001, 0, 1, undefined]);
    expect(isNumeric("optimizer.lr")).toBe(true);
    expect(isNumeric("batch.size")).toBe(true);
    expect(isNumeric("optimizer.type")).toBe(false);
  });
});
