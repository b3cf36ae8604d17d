/** `--set path=value`: every field can be addressed, nothing else changes, and a wrong path says what is there. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { setField } from "../../src/shared/recipe/set.ts";
import { parseRecipe } from "../../src/shared/recipe/validate.ts";
import { english } from "../helpers/english.ts";
import { starterFile, starterNames } from "./starters.ts";

const digits = starterFile("digits-cnn").recipe;

function get(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((here, key) => Reflect.get(Object(here), key), value);
}

/** The path of every value inside, with the value. */
function leaves(value: unknown, path: readonly (string | number)[] = []): readonly (readonly [readonly (string | number)[], unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

const bracketed = (path: readonly (string | number)[]) => path.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("");

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner);
  return value;
}

function message(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) {
      expect(error.kind).toBe("usage");
      return error.message;
    }
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("values", () => {
  test.each([
    ["optimizer.lr=0.01", ["optimizer", "lr"], 0.01],
    ["optimizer.lr = 1e-3", ["optimizer", "lr"], 0.001],
    ["model.layers[0].filters=16", ["model", "layers", 0, "filters"], 16],
    ["model.layers.0.filters=16", ["model", "layers", 0, "filters"], 16],
    ["model.layers[0].kernel=[3,5]", ["model", "layers", 0, "kernel"], [3, 5]],
    ["data.split.stratified=false", ["data", "split", "stratified"], false],
    ["data.split.test=given", ["data", "split", "test"], "given"],
    ['data.split.test="given"', ["data", "split", "test"], "given"],
    ["name=a=b", ["name"], "a=b"],
    ["name=2024", ["name"], "2024"],
    ['name="2024"', ["name"], "2024"],
    ["name=", ["name"], ""],
    ["description=two words", ["description"], "two words"],
    ['model.layers[9]={"type":"relu"}', ["model", "layers", 9], { type: "relu" }],
    ["model.layers[9].type=relu", ["model", "layers", 9], { type: "relu" }],
    ["metrics[1]=meanAbsoluteError", ["metrics"], ["accuracy", "meanAbsoluteError"]],
    ["optimizer.lr=fast", ["optimizer", "lr"], "fast"],
    ["optimizer.lr=NaN", ["optimizer", "lr"], "NaN"],
  ] as const)("%s", (assignment, path, value) => {
    expect(get(setField(digits, assignment), path)).toEqual(value);
  });

  test("fields with defaults can be set where nothing was written", () => {
    expect(setField({}, "batch.size=8")).toEqual({ batch: { size: 8 } });
    expect(setField({}, "metrics[0]=accuracy")).toEqual({ metrics: ["accuracy"] });
    expect(setField(setField({}, "optimizer.type=adam"), "optimizer.beta2=0.99")).toEqual({ optimizer: { type: "adam", beta2: 0.99 } });
  });
});

describe("a new type", () => {
  test("keeps only the fields it knows, so that the recipe stays valid", () => {
    const adam = setField(digits, "optimizer.beta1=0.8");
    const switched = setField(adam, "optimizer.type=momentum");
    expect(get(switched, ["optimizer"])).toEqual({ type: "momentum", lr: get(digits, ["optimizer", "lr"]) });
    expect(parseRecipe(switched).problems).toEqual([]);
  });

  test("works for layers and for the source", () => {
    expect(get(setField(digits, "model.layers[0].type=dense"), ["model", "layers", 0])).toEqual({ type: "dense", name: "conv1" });
    expect(get(setField(digits, "data.source.type=csv"), ["data", "source"])).toEqual({ type: "csv" });
  });

  test("that does not exist is left for validation to explain", () => {
    const { problems } = parseRecipe(setField(digits, "optimizer.type=adamw"));
    expect(problems.map(({ place, remedy }) => [place, english(remedy)])).toEqual([["optimizer.type", 'Did you mean "adamW"?']]);
  });
});

describe("wrong paths", () => {
  const RECIPE_FIELDS =
    "format, name, description, seed, data, augmentation, model, loss, metrics, optimizer, schedule, warmup, gradient, parameterGroups, batch, regularization, averaging, earlyStopping, evaluation, budget, device";
  test.each([
    ["optimzer.lr=1", `optimzer: is not a field; the fields here are ${RECIPE_FIELDS}; received "optimzer". Did you mean "optimizer"?`],
    ["toString=1", `toString: is not a field; the fields here are ${RECIPE_FIELDS}; received "toString". Choose one of these.`],
    ["optimizer.rl=1", 'optimizer.rl: is not a field; the fields here are type, lr, beta1, beta2, epsilon; received "rl". Did you mean "lr"?'],
    [
      "optimizer.momentum=0.9",
      'optimizer.momentum: is not a field; the fields here are type, lr, beta1, beta2, epsilon; received "momentum". It belongs to the type "momentum": use --set optimizer.type=momentum first.',
    ],
    ["model.layers[99].units=2", "model.layers[99]: must be one of the list's 9 items, counted from 0; received [99]. Use [9] to add one."],
    ["model[0]=1", "model[0]: is not a field: model is not a list; received [0]. Use --set model=VALUE."],
    ["seed.x=1", 'seed.x: is not a field: seed has no fields of its own; received "x". Use --set seed=VALUE.'],
    [
      "model.layers[0].kernel[1]=5",
      "model.layers[0].kernel[1]: is not a field: model.layers[0].kernel is not a list here; received 3. Use --set model.layers[0].kernel=[…] with 2 items.",
    ],
    ["foo", '--set: must be a field\'s path, "=" and a value; received "foo". Write it like --set optimizer.lr=0.01 or --set model.layers[0].filters=16.'],
    ["=3", '--set: must be a field\'s path, "=" and a value; received "=3". Write it like --set optimizer.lr=0.01 or --set model.layers[0].filters=16.'],
    [
      "a..b=1",
      '--set: must be a field\'s path, "=" and a value; received "a..b=1". Write it like --set optimizer.lr=0.01 or --set model.layers[0].filters=16.',
    ],
  ])("%s", (assignment, expected) => {
    expect(message(() => setField(digits, assignment))).toBe(expected);
  });

  test("a field of something without a type", () => {
    expect(message(() => setField({}, "optimizer.lr=1"))).toBe(
      `optimizer.lr: is known only once optimizer.type is set; received "lr". Use --set optimizer.type=NAME first, where NAME is ${Object.keys(optimizers).join(", ")}.`,
    );
  });
});

describe("properties", () => {
  const places = starterNames.flatMap((name) => leaves(starterFile(name).recipe).map(([path, value]) => ({ name, path, value })));

  test("setting any field to what it holds changes nothing", () => {
    expect(places.length).toBeGreaterThan(50);
    for (const { name, path, value } of places) {
      const { recipe } = starterFile(name);
      expect(setField(recipe, `${bracketed(path)}=${JSON.stringify(value)}`)).toEqual(recipe);
      expect(setField(recipe, `${path.join(".")}=${JSON.stringify(value)}`)).toEqual(recipe);
    }
  });

  test("any JSON value lands at its place, everything else stays, and the original is untouched", () => {
    const settable = places.filter(({ path, value }) => path.at(-1) !== "type" && typeof value !== "string");
    fc.assert(
      fc.property(fc.constantFrom(...settable), fc.jsonValue(), ({ name, path }, value) => {
        const original = deepFreeze(starterFile(name).recipe);
        const text = JSON.stringify(value);
        const changed = setField(original, `${bracketed(path)}=${text}`);
        expect(get(changed, path)).toEqual(JSON.parse(text));
        const others = (recipe: unknown) => leaves(recipe).filter(([other]) => !path.every((key, i) => other[i] === key));
        expect(others(changed)).toEqual(others(original));
      }),
    );
  });

  test("text that is no JSON arrives letter for letter", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = (() => {
          try {
            const value: unknown = JSON.parse(text);
            return typeof value === "string" ? value : text;
          } catch {
            return text;
          }
        })();
        expect(get(setField(digits, `name=${text}`), ["name"])).toBe(read);
      }),
    );
  });

  test("no text makes it throw anything but a fault", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("model", ".", "layers", "[", "]", "0", "9", "=", "type", "kernel", "__proto__", "constructor", "x", "optimizer") }),
        (text) => {
          try {
            setField(digits, text);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
          }
        },
      ),
    );
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});
