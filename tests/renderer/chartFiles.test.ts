/** What a chart is saved as, and what its legend hides. */
import { describe, expect, it } from "vitest";
import { isolated, toggled } from "../../src/renderer/charts/legendChoice.ts";
import { seriesCsv } from "../../src/renderer/charts/seriesCsv.ts";

describe("curves as CSV", () => {
  it("are a row a step in order, a column a curve, with the epoch of whatever curve knows it", () => {
    const train = [
      { step: 1, epoch: 1, value: 0.1 },
      { step: 10, epoch: 2, value: 1e-9 },
    ];
    const gap = [
      { step: 10, value: -0.25 },
      { step: 9, value: Number.NaN },
    ];
    expect(
      seriesCsv([
        { name: "gap", points: gap },
        { name: "train.loss", points: train },
      ]),
    ).toBe("step,epoch,gap,train.loss\n1,1,,0.1\n9,,NaN,\n10,2,-0.25,1e-9\n");
  });

  it("without a curve are the head alone", () => expect(seriesCsv([])).toBe("step,epoch\n"));
});

describe("the legend", () => {
  const curves = ["train", "validation", "test"];
  it("hides a curve and shows it again", () => {
    expect(toggled([], "train")).toEqual(["train"]);
    expect(toggled(["train", "test"], "train")).toEqual(["test"]);
  });

  it("shows one alone, also one that was hidden, and all again where it is alone", () => {
    expect(isolated([], curves, "train")).toEqual(["validation", "test"]);
    expect(isolated(["train"], curves, "train")).toEqual(["validation", "test"]);
    expect(isolated(["validation", "test"], curves, "train")).toEqual([]);
    expect(isolated(["validation", "test"], curves, "test")).toEqual(["train", "validation"]);
  });
});
