/** The space that is made from ticked fields: conditions come by themselves, ranges are proposed, and what goes takes what depends on it along. */
import { describe, expect, it } from "vitest";
import { getAt } from "../../../src/renderer/forms/path.ts";
import { fractionAt, movedEnd, valueIn, viewOf, withEnd } from "../../../src/renderer/space/scale.ts";
import {
  canTick,
  offersOf,
  parameterAt,
  pathOf,
  type Space,
  stillThere,
  withChanged,
  withField,
  withLayer,
  withOffer,
  without,
} from "../../../src/renderer/space/space.ts";
import { at } from "../../../src/shared/kit/fault.ts";
import { type FieldSchema, fieldAt } from "../../../src/shared/recipe/fields.ts";

const RECIPE = {
  name: "x",
  data: { source: { type: "shipped", name: "iris" } },
  model: {
    layers: [{ type: "dense", name: "fc1", units: 16 }, { type: "relu" }, { type: "dropout", rate: 0.2 }, { type: "dense", units: 3 }],
  },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "momentum", lr: 0.01, momentum: 0.9 },
  batch: { size: 16 },
  budget: { epochs: 10 },
};

const schemaAt = (place: string): FieldSchema => fieldAt(pathOf(place), RECIPE) ?? {};
const tick = (space: Space, place: string): Space => withField(space, RECIPE, pathOf(place), schemaAt(place), getAt(RECIPE, pathOf(place)));
const tickType = (space: Space): Space => withField(space, RECIPE, ["optimizer", "type"], schemaAt("optimizer"), "momentum");
const named = (space: Space, name: string) =>
  at(
    space.filter((parameter) => parameter.name === name),
    0,
  );

describe("a ticked field", () => {
  it("begins with its search range, on its own scale, with the present value inside", () => {
    const [lr, size] = tick(tick([], "optimizer.lr"), "batch.size");
    expect(lr).toMatchObject({ type: "float", name: "optimizer.lr", paths: ["optimizer.lr"], log: true });
    expect(lr?.type === "float" && lr.min < 0.01 && lr.max > 0.01).toBe(true);
    expect(size).toMatchObject({ type: "integer", name: "batch.size" });
  });

  it("is named by its layer, and ticked once", () => {
    const space = tick(tick([], "model.layers[0].units"), "model.layers[0].units");
    expect(space.map(({ name }) => name)).toEqual(["fc1.units"]);
    expect(tick([], "model.layers[2].rate").map(({ name }) => name)).toEqual(["dropout3.rate"]);
    expect(parameterAt(space, pathOf("model.layers[0].units"))?.name).toBe("fc1.units");
  });

  it("is none of the run's name, its data or its device", () => {
    expect(canTick(["name"], { type: "string" })).toBe(false);
    expect(canTick(["device", "threads"], { type: "integer", default: 1 })).toBe(false);
    expect(canTick(["optimizer", "lr"], schemaAt("optimizer.lr"))).toBe(true);
  });
});

describe("a ticked type", () => {
  const space = tickType([]);
  const optimizer = named(space, "optimizer");

  it("has the present type among its choices, and offers the types' own fields", () => {
    expect(optimizer.type === "choice" && optimizer.values.includes("momentum")).toBe(true);
    const offers = offersOf(space, RECIPE, optimizer);
    expect(offers.find(({ path }) => path.at(-1) === "momentum")?.types).toContain("momentum");
    expect(offers.find(({ path }) => path.at(-1) === "momentum")?.types).not.toContain("adam");
  });

  it("conditions a field that only some of its types have, and none that all of them have", () => {
    const offers = offersOf(space, RECIPE, optimizer);
    const momentum = at(
      offers.filter(({ path }) => path.at(-1) === "momentum"),
      0,
    );
    const added = withOffer(space, RECIPE, optimizer, momentum);
    expect(named(added, "optimizer.momentum").when).toEqual({ name: "optimizer", values: ["momentum"] });
    expect(offersOf(added, RECIPE, optimizer).some(({ path }) => path.at(-1) === "momentum")).toBe(false);
    // The same by its own box, and the learning rate, which every type has.
    expect(named(tick(space, "optimizer.momentum"), "optimizer.momentum").when).toEqual({ name: "optimizer", values: ["momentum"] });
    expect(named(tick(space, "optimizer.lr"), "optimizer.lr").when).toBeUndefined();
  });

  it("takes what depends on it along, unless the recipe as written has it", () => {
    const offers = offersOf(space, RECIPE, optimizer);
    const beta = at(
      offers.filter(({ types }) => !types.includes("momentum")),
      0,
    );
    const both = withOffer(tick(space, "optimizer.momentum"), RECIPE, optimizer, beta);
    const left = without(both, RECIPE, "optimizer");
    expect(left.map(({ name, when }) => [name, when])).toEqual([["optimizer.momentum", undefined]]);
  });

  it("loses a choice together with what only that choice has", () => {
    const both = tick(space, "optimizer.momentum");
    const changed = withChanged(both, { ...optimizer, type: "choice", values: ["sgd", "adam"], sets: "value" });
    expect(changed.map(({ name }) => name)).toEqual(["optimizer"]);
  });
});

describe("a layer", () => {
  it("that may be left out conditions its fields, ticked before or after", () => {
    const path = pathOf("model.layers[2]");
    const before = withLayer(tick([], "model.layers[2].rate"), RECIPE, path, "presence");
    const after = tick(withLayer([], RECIPE, path, "presence"), "model.layers[2].rate");
    for (const space of [before, after]) {
      expect(space.map(({ name }) => name)).toEqual(["dropout3.presence", "dropout3.rate"]);
      expect(named(space, "dropout3.rate").when).toEqual({ name: "dropout3.presence", values: [true] });
    }
    expect(without(after, RECIPE, "dropout3.presence").map(({ when }) => when)).toEqual([undefined]);
  });

  it("may stand there several times", () => {
    expect(withLayer([], RECIPE, pathOf("model.layers[0]"), "repeats")).toMatchObject([
      { type: "integer", name: "fc1.repeats", min: 1, max: 3, sets: "repeats" },
    ]);
  });

  it("that the recipe has no more takes its fields along", () => {
    const space = tick(tick([], "model.layers[2].rate"), "optimizer.lr");
    const shorter = { ...RECIPE, model: { layers: RECIPE.model.layers.slice(0, 2) } };
    expect(stillThere(space, shorter).map(({ name }) => name)).toEqual(["optimizer.lr"]);
    expect(stillThere(space, RECIPE)).toBe(space);
  });
});

describe("the small scale", () => {
  const lr = { type: "float", name: "lr", paths: ["lr"], min: 0.001, max: 0.1, log: true } as const;
  const parameter = { ...lr, paths: ["lr"] };

  it("is wider than the range, within the field's limits, and holds the present value", () => {
    expect(viewOf(parameter, {}, null)).toEqual([0.0001, 1]);
    expect(viewOf(parameter, { maximum: 0.5 }, 1e-6)).toEqual([1e-6, 0.5]);
    expect(viewOf({ ...parameter, log: false, min: 0, max: 1 }, { minimum: 0, maximum: 1 }, null)).toEqual([0, 1]);
  });

  it("goes from values to places and back", () => {
    expect(fractionAt([0.0001, 1], true, 0.01)).toBeCloseTo(0.5, 12);
    expect(valueIn([0.0001, 1], parameter, 0.75)).toBe(0.1);
    expect(valueIn([0, 10], { log: false, type: "integer" }, 0.26)).toBe(3);
  });

  it("moves an end by keys, an integer by at least one", () => {
    expect(movedEnd([0.0001, 1], parameter, 0.01, 1, false)).toBeGreaterThan(0.01);
    const units = { type: "integer" as const, name: "u", paths: ["u"], min: 1, max: 4, log: false, step: 1, sets: "value" as const };
    expect(movedEnd([1, 6], units, 3, 1, false)).toBe(4);
  });

  it("refuses an end beyond the other, and zero on a logarithmic scale", () => {
    expect(withEnd(parameter, "min", 0.2)).toBeNull();
    expect(withEnd(parameter, "min", 0)).toBeNull();
    expect(withEnd(parameter, "max", 0.2)).toMatchObject({ max: 0.2 });
  });
});
