/** Classes or a number: judged by what the values are, what they are called and how often each comes; said where it could be otherwise. */
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { npz } from "../../src/main/data/npz.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { taskOf } from "../../src/main/data/taskOf.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { withAlternative } from "../../src/shared/recipe/guess.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const draw = new RandomStream(5, "task");
const many = (count: number, value: (row: number) => number) => Float64Array.from({ length: count }, (_, row) => value(row));
const below =
  (count: number, first = 0) =>
  (row: number) =>
    first + draw.below(count, 31 * row + count);
const pick = (values: readonly number[]) => (row: number) => values[draw.below(values.length, row)] ?? 0;
/** Far more in the middle than at the ends. */
const bell = (low: number, high: number) => (row: number) =>
  Math.round(low + ((high - low) * (draw.uniform(3 * row) + draw.uniform(3 * row + 1) + draw.uniform(3 * row + 2))) / 3);

const [CLASSES, NUMBER] = ["classification", "regression"] as const;

describe("classes or a number", () => {
  it.each([
    // Name, values, what it is, whether that is said.
    ["price", many(200, (row) => 10 + 7.31 * row), NUMBER, false],
    ["y", many(15, (row) => 1.5 + row * 0.37), NUMBER, false],
    ["y", many(3, (row) => 0.5 + row), NUMBER, false],
    ["label", many(60, (row) => row * 1.1), NUMBER, false],
    ["stars", many(300, pick([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])), NUMBER, true],
    ["y", many(100, pick([0.25, 0.5, 0.75])), NUMBER, true],
    ["quality", many(1599, bell(3, 9)), NUMBER, true],
    ["Rating", many(400, below(5, 1)), NUMBER, true],
    ["age", many(10_000, bell(18, 90)), NUMBER, true],
    ["Age", many(30, bell(18, 90)), NUMBER, false],
    ["target", many(442, bell(25, 346)), NUMBER, false],
    ["count", many(900, bell(0, 40)), NUMBER, true],
    ["year", many(500, below(30, 1990)), NUMBER, true],
    ["y", many(500, below(30, 1990)), NUMBER, true],
    ["y", many(15, (row) => row * row + 3), NUMBER, false],
    ["y", many(400, below(11, -5)), NUMBER, true],
    ["number_of_rooms", many(400, below(6, 1)), NUMBER, true],
    ["나이", many(400, bell(18, 60)), NUMBER, true],
    ["Bewertung", many(400, below(5, 1)), NUMBER, true],
    ["survived", many(300, below(2)), CLASSES, false],
    ["y", many(10, (row) => row % 2), CLASSES, false],
    ["price", many(100, pick([0, 1])), CLASSES, false],
    ["class", many(178, below(3, 1)), CLASSES, false],
    ["y", many(150, below(3)), CLASSES, false],
    ["y", many(150, below(3, -1)), CLASSES, false],
    ["digit", many(1797, below(10)), CLASSES, false],
    ["y", many(1797, below(10)), CLASSES, true],
    ["score", many(400, below(10, 1)), NUMBER, true],
    ["label", many(2000, below(100)), CLASSES, true],
    ["target", many(400, (row) => row % 40), CLASSES, true],
    ["category_id", many(300, pick([1, 5, 17, 90])), CLASSES, false],
    ["y", many(300, pick([1, 2, 5, 7, 13, 14])), CLASSES, true],
    ["age_group", many(300, below(6)), CLASSES, false],
    ["quality label", many(300, below(4)), CLASSES, false],
    ["라벨", many(300, below(7)), CLASSES, false],
    ["y", many(6, (row) => row % 3), CLASSES, false],
  ] as const)("%s %#", (name, values, task, isSaid) => {
    const judged = taskOf(name, values);
    expect([judged.task, judged.why !== null]).toEqual([task, isSaid]);
  });

  it("does not change with the count of rows", () => {
    for (const count of [40, 400, 40_000])
      expect(
        taskOf(
          "y",
          many(count, (row) => (row % 37) * 0.5),
        ).task,
      ).toBe(NUMBER);
    for (const count of [200, 20_000]) expect(taskOf("hours worked", many(count, bell(1, 60))).task).toBe(NUMBER);
    // Missing ones say nothing.
    expect(taskOf("y", Float64Array.from([1, 2, Number.NaN, 1, 2, Number.NaN])).task).toBe(CLASSES);
  });
});

describe("of a table", () => {
  const table = (name: string, target: string, values: readonly unknown[]) =>
    scratch.write(name, `x,${target},z\n${values.map((value, row) => `${Math.sin(row).toFixed(4)},${value},${(row * 7) % 5}`).join("\n")}\n`);

  it("fifteen rows with fifteen decimals train as a regression", async () => {
    const file = table(
      "small.csv",
      "y",
      Array.from({ length: 15 }, (_, row) => (1.5 + 2.25 * row).toFixed(2)),
    );
    const source = await detectSource(file, { set: { target: "y" } });
    expect(source).toMatchObject({ target: "y", task: "regression" });
    expect(await describeSource(source)).toMatchObject({ length: 15, target: { kind: "regression", names: ["y"] } });
    expect((await describeSource(source)).guesses).toBeUndefined();
  });

  it("ratings are a number, said with the other way, which can be taken", async () => {
    const file = table(
      "ratings.csv",
      "rating",
      Array.from({ length: 60 }, (_, row) => 1 + (row % 5)),
    );
    const source = await detectSource(file, { set: { target: "rating" } });
    const [guess] = (await describeSource(source)).guesses ?? [];
    expect([guess?.field, guess?.said.en]).toEqual(["task", expect.stringContaining('"rating" is treated as a number to predict')]);
    const other = withAlternative(source, guess?.instead[0] ?? { label: { en: "", ko: "" }, set: {} });
    const facts = await describeSource(other);
    expect(facts.target).toEqual({ kind: "classification", classes: ["1", "2", "3", "4", "5"] });
    // What the person chose is not guessed.
    expect(facts.guesses).toBeUndefined();
  });

  it("the person's task and target come before the guess, and the task is judged of the target that is named", async () => {
    const file = scratch.write("two.csv", `label,price\n${Array.from({ length: 30 }, (_, row) => `${["a", "b"][row % 2]},${10 + 3.7 * row}`).join("\n")}\n`);
    expect(await detectSource(file)).toMatchObject({ target: "label", task: "classification" });
    expect(await detectSource(file, { set: { target: "price" } })).toMatchObject({ target: "price", task: "regression" });
    const ratings = table(
      "again.csv",
      "rating",
      Array.from({ length: 60 }, (_, row) => 1 + (row % 5)),
    );
    expect(await detectSource(ratings, { set: { target: "rating", task: "classification" } })).toMatchObject({ task: "classification" });
  });

  it("plain classes say nothing", async () => {
    const names = await describeSource(
      await detectSource(
        table(
          "plain.csv",
          "kind",
          Array.from({ length: 30 }, (_, row) => ["a", "b", "c"][row % 3]),
        ),
      ),
    );
    expect([names.target.kind, names.guesses]).toEqual(["classification", undefined]);
  });
});

describe("of arrays", () => {
  function arrays(name: string, labels: Float64Array): string {
    const x = { shape: [labels.length, 3], data: Float32Array.from({ length: 3 * labels.length }, (_, i) => Math.sin(i)) };
    return scratch.write(
      `${name}.npz`,
      npz(
        new Map([
          ["x", x],
          ["y", { shape: [labels.length], data: Float32Array.from(labels) }],
        ]),
      ),
    );
  }

  it.each([
    ["decimals", many(15, (row) => 0.5 + 1.25 * row), NUMBER, 0],
    ["halves", many(60, (row) => (row % 6) / 2), NUMBER, 1],
    ["three", many(60, (row) => row % 3), CLASSES, 0],
    ["ten", many(100, (row) => row % 10), CLASSES, 1],
    ["ages", many(300, bell(18, 90)), NUMBER, 1],
  ] as const)("%s", async (name, labels, task, said) => {
    const source = await detectSource(arrays(name, labels));
    expect(source).toMatchObject({ type: "npy", task });
    const dataset = await openDataset(source);
    expect([dataset.target.kind, dataset.facts.guesses?.length ?? 0]).toEqual([task, said]);
    await dataset.close();
  });

  it("classes that hardly repeat are refused where the person wants them", async () => {
    const file = arrays(
      "wanted",
      many(60, (row) => row * 3),
    );
    expect(english((await faultOf(detectSource(file, { set: { task: "classification" } }))).problems[0]?.expected)).toBe("must be class numbers that repeat");
  });
});
