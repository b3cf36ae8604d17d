/** The drawing of a network: what stands where, for every preset and starter. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { formWidth } from "../../src/renderer/features/workbench/formWidth.ts";
import { type Box, type Drawing, drawingOf, INPUT, OUTPUT } from "../../src/renderer/network/layout.ts";
import { fitting, opening } from "../../src/renderer/network/scale.ts";
import { unitsOf } from "../../src/renderer/network/units.ts";
import { boxOf, layerAt, neighbourOf, stopsOf } from "../../src/renderer/network/walk.ts";
import { everyLayer, type ModelPlan, planModel } from "../../src/shared/recipe/plan.ts";
import { presetRecipes } from "../../src/shared/recipe/presetRecipes.ts";
import type { Recipe } from "../../src/shared/recipe/recipe.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";

const RECIPES = path.resolve(import.meta.dirname, "../../resources/recipes");
const starterShapes = { "digits-cnn": [1, 8, 8], "fashion-2c2d": [1, 28, 28], "fashion-cnn": [1, 28, 28], "iris-mlp": [4] };
const OPEN = { on: false, opened: new Set<string>() };
const FOLDED = { on: true, opened: new Set<string>() };

function planOf(recipe: Pick<Recipe, "model">, sampleShape: readonly number[]): ModelPlan {
  const { plan, problems } = planModel(recipe, { sampleShape });
  expect(problems).toEqual([]);
  return plan;
}

function draw(plan: ModelPlan, folding = FOLDED, slot?: () => number): Drawing {
  return drawingOf({ inputShape: plan.inputShape, outputShape: plan.outputShape, units: unitsOf(plan.layers, folding) }, slot);
}

const models: readonly (readonly [name: string, plan: () => ModelPlan])[] = [
  ...presetRecipes().map(({ name, recipe }) => [name, () => planOf(recipe, name.startsWith("fashion") ? [1, 28, 28] : [1, 8, 8])] as const),
  ...Object.entries(starterShapes).map(([name, shape]) => [name, () => planOf(starter(name), shape)] as const),
];

const isLeaf = ({ kind }: Box) => kind !== "frame";
const inside = (point: { readonly x: number; readonly y: number }, { x, y, width, height }: Box) =>
  point.x > x + 0.01 && point.x < x + width - 0.01 && point.y > y + 0.01 && point.y < y + height - 0.01;
const overlap = (a: Box, b: Box) => a.x + a.width > b.x + 0.01 && b.x + b.width > a.x + 0.01 && a.y + a.height > b.y + 0.01 && b.y + b.height > a.y + 0.01;
const holds = (a: Box, b: Box) => a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;

/** What is wrong with a drawing. */
function faultsOf({ width, height, boxes, lines }: Drawing): readonly string[] {
  const sheet = { kind: "input", id: "sheet", shape: [], x: 0, y: 0, width: width + 0.01, height: height + 0.01 } as const;
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const));
  return [
    ...boxes.filter((box) => !holds(sheet, box)).map(({ id }) => `${id} is outside`),
    ...pairs.filter(([a, b]) => overlap(a, b) && !(a.kind === "frame" && holds(a, b))).map(([a, b]) => `${a.id} and ${b.id} overlap`),
    ...lines.flatMap(({ from, to, points }) => {
      const [above, below] = [byId.get(from), byId.get(to)];
      const [start, end] = [points[0], points.at(-1)];
      if (above === undefined || below === undefined || start === undefined || end === undefined) return [`${from} to ${to} leads nowhere`];
      const words = `${from} to ${to}`;
      // Along the straight parts; between rows, where lines turn, there are no boxes to meet.
      const way = points.slice(1).flatMap((point, i) => {
        const before = points[i] ?? point;
        return before.x === point.x ? Array.from({ length: 21 }, (_, k) => ({ x: point.x, y: before.y + ((point.y - before.y) * k) / 20 })) : [];
      });
      return [
        ...(points.some(({ y }, i) => i > 0 && y < (points[i - 1]?.y ?? 0)) || start.y >= end.y ? [`${words} goes upwards`] : []),
        ...(Math.abs(start.y - above.y - above.height) > 0.01 || Math.abs(end.y - below.y) > 0.01 ? [`${words} does not touch its boxes`] : []),
        ...boxes.filter((box) => isLeaf(box) && way.some((point) => inside(point, box))).map(({ id }) => `${words} crosses ${id}`),
      ];
    }),
  ];
}

describe("a drawing", () => {
  it.each(models)("of %s shows every layer once, without overlaps, from top to bottom", (_, plan) => {
    const planned = plan();
    const names = [...everyLayer(planned.layers)].map(({ name }) => name);
    for (const folding of [OPEN, FOLDED]) {
      const drawing = draw(planned, folding);
      expect(faultsOf(drawing)).toEqual([]);
      const shown = drawing.boxes.flatMap((box) =>
        box.kind === "fold"
          ? box.fold.layers.map(({ name }) => name)
          : box.kind === "layer" || box.kind === "light" || box.kind === "frame"
            ? [box.layer.name]
            : [],
      );
      expect(shown).toEqual(names);
      expect(reached(drawing, INPUT)).toContain(OUTPUT);
    }
  });

  it("is found at fault where a box is moved", () => {
    const drawing = draw(planOf(preset("fashion-resnet8"), [1, 28, 28]));
    const shift = (id: string, by: number) => ({ ...drawing, boxes: drawing.boxes.map((box) => (box.id === id ? { ...box, x: box.x + by } : box)) });
    expect(faultsOf(shift("residual2/conv2d2", -200))).toContain("residual2/conv2d2 and residual2/shortcut/zeroPadShortcut2d1 overlap");
    expect(faultsOf(shift("residual1/conv2d1", -40)).join()).toMatch(/residual1\/split to residual1\/join crosses residual1\/conv2d1/);
    expect(faultsOf({ ...drawing, lines: drawing.lines.map((line) => ({ ...line, points: line.points.toReversed() })) }).length).toBeGreaterThan(10);
  });

  it("parts and joins what a container holds, an empty shortcut as a line past it", () => {
    const { lines, boxes } = draw(planOf(preset("fashion-resnet8"), [1, 28, 28]));
    const from = (id: string) => lines.filter((line) => line.from === id).map(({ to }) => to);
    expect(from("residual1/split")).toEqual(["residual1/conv2d1", "residual1/join"]);
    expect(from("residual2/split")).toEqual(["residual2/conv2d1", "residual2/shortcut/zeroPadShortcut2d1"]);
    expect(from("residual2/join")).toEqual(["relu3"]);
    expect(boxes.find(({ id }) => id === "relu3")).toMatchObject({ kind: "light" });
  });

  it("draws containers of all kinds inside each other, two empty branches, and a list that is empty", () => {
    const layers = [
      {
        type: "parallel",
        merge: "add",
        branches: [
          { layers: [] },
          { layers: [] },
          { layers: [{ type: "residual", layers: [{ type: "sequence", layers: [{ type: "dense", units: 8 }, { type: "tanh" }] }], shortcut: [] }] },
        ],
      },
      { type: "sequence", layers: [] },
      { type: "dense", units: 2 },
    ];
    const drawing = draw(planOf(recipeOf(layers), [8]));
    expect(faultsOf(drawing)).toEqual([]);
    expect(drawing.lines.filter(({ from, to }) => from === "parallel1/split" && to === "parallel1/join")).toHaveLength(2);
    expect(reached(drawing, INPUT)).toContain(OUTPUT);
  });

  it("makes room for what boxes show besides words", () => {
    const plan = planOf(preset("fashion-resnet8"), [1, 28, 28]);
    const drawing = draw(plan, FOLDED, () => 50);
    expect(faultsOf(drawing)).toEqual([]);
    const added = drawing.boxes.filter(({ kind }) => kind === "layer" || kind === "light").map(({ height }) => height);
    expect(Math.min(...added)).toBeGreaterThan(60);
  });
});

describe("folding", () => {
  it("leaves one of equal blocks and says how many there were", () => {
    const drawing = draw(planOf(preset("fashion-resnet56"), [1, 28, 28]));
    const folds = drawing.boxes.flatMap((box) => (box.kind === "fold" ? [[box.id, box.fold.count, box.fold.parameterCount]] : []));
    // Nine blocks a stage; the first of the second and the third halve the maps.
    expect(folds).toEqual([
      ["residual2…", 8, 8 * (2 * 16 * 16 * 9 + 4 * 16)],
      ["residual12…", 7, 7 * (2 * 32 * 32 * 9 + 4 * 32)],
      ["residual21…", 7, 7 * (2 * 64 * 64 * 9 + 4 * 64)],
    ]);
    const opened = draw(planOf(preset("fashion-resnet56"), [1, 28, 28]), { on: true, opened: new Set(["residual2…"]) });
    expect(opened.boxes.filter(({ kind }) => kind === "fold")).toHaveLength(2);
    expect(opened.boxes.some(({ id }) => id === "residual9")).toBe(true);
  });

  it("keeps layers apart that differ in settings or shapes, whatever their names", () => {
    const dense = (units: number, name?: string) => ({ type: "dense", units, ...(name === undefined ? {} : { name }) });
    const kinds = (layers: readonly unknown[]) => draw(planOf(recipeOf(layers), [8])).boxes.map(({ kind }) => kind);
    expect(kinds([dense(8, "a"), dense(8, "b"), dense(8)])).toEqual(["input", "layer", "fold", "output"]);
    expect(kinds([dense(8), dense(8)])).toEqual(["input", "layer", "layer", "output"]);
    expect(kinds([dense(4), dense(4), dense(4)])).toEqual(["input", "layer", "layer", "layer", "output"]);
  });

  it("folds a long sequence into one box, which opens", () => {
    const layers = [{ type: "sequence", layers: Array.from({ length: 9 }, (_, i) => ({ type: "dense", units: i + 2 })) }];
    const kinds = (folding: typeof FOLDED) => draw(planOf(recipeOf(layers), [8]), folding).boxes.filter(({ kind }) => kind === "frame").length;
    expect([kinds(FOLDED), kinds(OPEN), kinds({ on: true, opened: new Set(["sequence1"]) })]).toEqual([0, 1, 1]);
  });

  it("draws a hundred layers, all of them", () => {
    const layers = Array.from({ length: 100 }, (_, i) => ({ type: "dense", units: 8 + (i % 2) }));
    const drawing = draw(planOf(recipeOf(layers), [8]), OPEN);
    expect(faultsOf(drawing)).toEqual([]);
    expect(drawing.boxes).toHaveLength(102);
  });
});

describe("the way through a drawing", () => {
  const plan = planOf(preset("fashion-resnet8"), [1, 28, 28]);
  const stops = stopsOf(draw(plan));
  const next = (id: string, key: string) => neighbourOf(stops, id, key)?.id;

  it("comes past every box by one key, and to the branch beside by another", () => {
    const seen = [INPUT];
    for (let id = next(INPUT, "ArrowDown"); id !== undefined; id = next(id, "ArrowDown")) seen.push(id);
    expect(seen).toEqual(stops.map(({ id }) => id));
    expect(next(OUTPUT, "Home")).toBe(INPUT);
    expect(next("relu2", "ArrowUp")).toBe("residual1/batchNorm2");
    expect(next("residual2/shortcut/zeroPadShortcut2d1", "ArrowRight")).toMatch(/^residual2\/(conv2d|batchNorm)/);
    expect(next("residual2/conv2d2", "ArrowLeft")).toBe("residual2/shortcut/zeroPadShortcut2d1");
    expect(next(INPUT, "ArrowLeft")).toBeUndefined();
  });

  it("leads from a place of the recipe to the innermost layer there, and to the box that shows it", () => {
    const at = (place: string) => layerAt(everyLayer(plan.layers), place)?.name;
    expect(at("model.layers[3]")).toBe("residual1");
    expect(at("model.layers[3].layers[1].momentum")).toBe("residual1/batchNorm1");
    expect(at("model.layers[5].shortcut[0].filters")).toBe("residual2/shortcut/zeroPadShortcut2d1");
    expect([at("model"), at("optimizer.lr")]).toEqual([undefined, undefined]);
    const deep = stopsOf(draw(planOf(preset("fashion-resnet56"), [1, 28, 28])));
    expect(boxOf(deep, "residual5/conv2d2")?.id).toBe("residual2…");
    expect(boxOf(deep, "residual1/conv2d2")?.id).toBe("residual1/conv2d2");
  });
});

it("a drawing opens whole where it can be read, and otherwise as wide as the pane", () => {
  const view = { width: 832, height: 632 };
  expect(opening({ width: 256, height: 500 }, view)).toBe(1);
  expect(opening({ width: 256, height: 700 }, view)).toBeCloseTo(600 / 700);
  expect(opening({ width: 256, height: 3000 }, view)).toBe(1);
  expect(opening({ width: 1000, height: 3000 }, view)).toBeCloseTo(0.8);
  expect(fitting({ width: 256, height: 3000 }, view)).toBeCloseTo(0.2);
});

it("the form is as wide as was chosen, as long as the pane beside it keeps its least width", () => {
  expect([formWidth(null, 1440), formWidth(null, 1024), formWidth(null, 0)]).toEqual([446, 424, 424]);
  expect([formWidth(700, 1440), formWidth(700, 1024), formWidth(100, 1440)]).toEqual([700, 584, 340]);
});

function preset(name: string): Recipe {
  const found = presetRecipes().find((each) => each.name === name);
  if (found === undefined) throw new Error(`no preset ${name}`);
  return found.recipe;
}

function starter(name: string): Recipe {
  return requireRecipe(JSON.parse(readFileSync(path.join(RECIPES, `${name}.json`), "utf8")).recipe);
}

function recipeOf(layers: readonly unknown[]): Recipe {
  return requireRecipe({ ...preset("digits-mlp"), model: { layers } });
}

/** Boxes that lines lead to; a light layer goes on with what enters the box above it. */
function reached({ lines, boxes }: Drawing, from: string): ReadonlySet<string> {
  const below = boxes
    .filter(({ kind }) => kind === "light")
    .flatMap((light) =>
      boxes.filter((box) => box.x === light.x && Math.abs(box.y + box.height - light.y) < 0.01).map((box) => ({ from: box.id, to: light.id })),
    );
  const found = new Set([from]);
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const step of [...lines, ...below]) if (found.has(step.from)) found.add(step.to);
  }
  return found;
}
